package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfArray;
import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfString;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.InvalidInput;

/// Says no to documents that may not, or cannot lastingly, be signed as they are.
final class DocumentGuard {
    private static final PdfName SIG_FIELD_LOCK = PdfName.Lock;
    private static final PdfName PERMITTED = PdfName.P;

    private DocumentGuard() {}

    /// @param target the name of the field that is to be signed
    /// @throws InvalidInput `pdf-encrypted`, `pdf-no-pages`, `pdf-xfa`, `pdf-no-changes-allowed`,
    /// `pdf-certification`
    static void check(
            PdfDocument document, Map<String, FormField> fields, String target, PdfStamp.Certification certification) {
        if (document.getReader().isEncrypted()) {
            throw new InvalidInput("pdf-encrypted", "", "an encrypted PDF is not stamped: remove the protection first");
        }
        if (document.getNumberOfPages() == 0) {
            throw new InvalidInput("pdf-no-pages", "", "a document has a page");
        }
        var catalog = document.getCatalog().getPdfObject();
        var form = catalog.getAsDictionary(PdfName.AcroForm);
        if (form != null && form.containsKey(PdfName.XFA)) {
            throw new InvalidInput("pdf-xfa", "", "an XFA form draws itself anew: print it into a plain PDF first");
        }
        refuseWhenCertified(catalog);
        for (var field : fields.values()) {
            var value = field.isSignature() ? field.value() : Optional.<PdfDictionary>empty();
            if (value.isPresent()) {
                if (certification != PdfStamp.Certification.NONE) {
                    throw new InvalidInput("pdf-certification", "certification", "only the first signature certifies");
                }
                refuseWhenLocked(field, value.get(), target);
            }
        }
    }

    private static void refuseWhenCertified(PdfDictionary catalog) {
        var permissions = catalog.getAsDictionary(PdfName.Perms);
        var certification = permissions == null ? null : permissions.getAsDictionary(PdfName.DocMDP);
        if (certification == null) {
            return;
        }
        for (var reference : FormField.dictionaries(certification.getAsArray(PdfName.Reference))) {
            var parameters = reference.getAsDictionary(PdfName.TransformParams);
            // ISO 32000-2 table 257: 2 when it is missing
            if (parameters != null && Integer.valueOf(1).equals(parameters.getAsInt(PERMITTED))) {
                throw forbidden("it is certified, and its certification forbids every change");
            }
        }
    }

    private static void refuseWhenLocked(FormField signed, PdfDictionary value, String target) {
        refuseWhenLocks(signed, signed.dictionary().getAsDictionary(SIG_FIELD_LOCK), target);
        for (var reference : FormField.dictionaries(value.getAsArray(PdfName.Reference))) {
            if (PdfName.FieldMDP.equals(reference.getAsName(PdfName.TransformMethod))) {
                refuseWhenLocks(signed, reference.getAsDictionary(PdfName.TransformParams), target);
            }
        }
    }

    /// A /Lock dictionary or the parameters of a FieldMDP: the same keys (ISO 32000-2 tables 236 and 259).
    private static void refuseWhenLocks(FormField signed, @Nullable PdfDictionary lock, String target) {
        if (lock == null) {
            return;
        }
        if (Integer.valueOf(1).equals(lock.getAsInt(PERMITTED))) {
            throw forbidden("the signature in field " + signed.name() + " forbids every later change");
        }
        var action = lock.getAsName(PdfName.Action);
        var named = names(lock.getAsArray(PdfName.Fields), target);
        var locked = PdfName.All.equals(action)
                || (PdfName.Include.equals(action) && named)
                || (PdfName.Exclude.equals(action) && !named);
        if (locked) {
            throw forbidden("the signature in field " + signed.name() + " locks field " + target);
        }
    }

    /// Whether the list names the field or one above it.
    private static boolean names(@Nullable PdfArray names, String target) {
        for (int i = 0; names != null && i < names.size(); i++) {
            if (names.get(i) instanceof PdfString name && (target + ".").startsWith(name.toUnicodeString() + ".")) {
                return true;
            }
        }
        return false;
    }

    private static InvalidInput forbidden(String reason) {
        return new InvalidInput("pdf-no-changes-allowed", "", "the document may not be signed any more: " + reason);
    }
}
