package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.pdf.PdfDictionary;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfStream;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Evidence;

/// Puts evidence into the document security store (DSS, ISO 32000-2 §12.8.4.3), beside what is there. Without VRI:
/// the evidence belongs to all signatures.
final class DssWriter {
    private static final PdfName DSS = new PdfName("DSS");
    private static final PdfName CERTS = new PdfName("Certs");
    private static final PdfName CRLS = new PdfName("CRLs");
    private static final PdfName OCSPS = new PdfName("OCSPs");

    private final PdfDocument document;

    DssWriter(PdfDocument document) {
        this.document = document;
    }

    void add(Collection<Evidence.Proof> proofs) {
        var catalog = document.getCatalog().getPdfObject();
        var isNew = catalog.getAsDictionary(DSS) == null;
        var store = PdfUpdate.dictionary(catalog, DSS);
        if (isNew) {
            store.makeIndirect(document);
        }
        add(
                store,
                CERTS,
                proofs.stream()
                        .flatMap(proof -> proof.chain().stream())
                        .map(Certificates::der)
                        .toList());
        add(
                store,
                CRLS,
                proofs.stream()
                        .flatMap(proof -> proof.revocation().crls().stream())
                        .map(Certificates::der)
                        .toList());
        add(
                store,
                OCSPS,
                proofs.stream()
                        .flatMap(proof -> proof.revocation().ocsps().stream())
                        .map(response -> response.der().toByteArray())
                        .toList());
    }

    private void add(PdfDictionary store, PdfName key, List<byte[]> evidence) {
        if (evidence.isEmpty()) {
            return;
        }
        var array = PdfUpdate.array(store, key);
        Set<Digest> present = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            if (array.get(i) instanceof PdfStream stream) {
                present.add(Digest.sha256(stream.getBytes()));
            }
        }
        for (var one : evidence) {
            if (present.add(Digest.sha256(one))) {
                array.add(new PdfStream(one).makeIndirect(document));
            }
        }
    }
}
