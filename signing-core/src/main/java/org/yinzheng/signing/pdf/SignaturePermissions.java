package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfNumber;
import java.util.Optional;

/// What a signature says of later changes: the certification that was asked for, and the lock that the form's author
/// put on the field (ISO 32000-2 §12.8.2).
///
/// @param field the form's own one that is signed
record SignaturePermissions(PdfStamp.Certification certification, Optional<FormField> field) {
    private static final PdfName VERSION = new PdfName("1.2");

    void write(PdfDocument document, PdfDictionary signature) {
        var references = new PdfArray();
        if (certification != PdfStamp.Certification.NONE) {
            var parameters = new PdfDictionary();
            parameters.put(PdfName.P, new PdfNumber(certification.permission()));
            references.add(reference(PdfName.DocMDP, parameters));
            PdfUpdate.dictionary(document.getCatalog().getPdfObject(), PdfName.Perms)
                    .put(PdfName.DocMDP, signature);
        }
        var lock = field.map(FormField::dictionary).map(one -> one.getAsDictionary(PdfName.Lock));
        if (lock.isPresent()) {
            var parameters = new PdfDictionary();
            for (var key : new PdfName[] {PdfName.Action, PdfName.Fields, PdfName.P}) {
                var given = lock.get().get(key);
                if (given != null) {
                    parameters.put(key, given);
                }
            }
            var reference = reference(PdfName.FieldMDP, parameters);
            reference.put(PdfName.Data, document.getCatalog().getPdfObject());
            references.add(reference);
        }
        if (!references.isEmpty()) {
            signature.put(PdfName.Reference, references);
        }
    }

    private static PdfDictionary reference(PdfName method, PdfDictionary parameters) {
        parameters.put(PdfName.Type, PdfName.TransformParams);
        parameters.put(PdfName.V, VERSION);
        var reference = new PdfDictionary();
        reference.put(PdfName.Type, PdfName.SigRef);
        reference.put(PdfName.TransformMethod, method);
        reference.put(PdfName.TransformParams, parameters);
        return reference;
    }
}
