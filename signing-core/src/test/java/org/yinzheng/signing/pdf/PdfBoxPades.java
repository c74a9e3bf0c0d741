package org.yinzheng.signing.pdf;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Suite;

/// A PDF signed through PDFBox: a third producer, and one that lets the test write into field and document what other
/// programs write there.
final class PdfBoxPades {
    private final Ages ages;
    private String subFilter = "ETSI.CAdES.detached";
    private Value value = this::cms;
    private Consumer<COSDictionary> field = field -> {};
    private Forms.Change document = document -> {};

    PdfBoxPades(Ages ages) {
        this.ages = ages;
    }

    /// What goes into /Contents for the signed bytes.
    interface Value {
        byte[] of(byte[] signed);
    }

    PdfBoxPades field(Consumer<COSDictionary> change) {
        field = change;
        return this;
    }

    PdfBoxPades document(Forms.Change change) {
        document = change;
        return this;
    }

    PdfBoxPades value(String kind, Value of) {
        subFilter = kind;
        value = of;
        return this;
    }

    DocumentBytes signed(DocumentBytes pdf) {
        var output = new ByteArrayOutputStream();
        try (var read = Loader.loadPDF(pdf.toByteArray())) {
            var signature = new PDSignature();
            signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
            signature.setSubFilter(COSName.getPDFName(subFilter));
            signature.setSignDate(GregorianCalendar.from(ages.now().atZone(ZoneOffset.UTC)));
            read.addSignature(signature);
            field.accept(read.getSignatureFields().getLast().getCOSObject());
            document.apply(read);
            var external = read.saveIncrementalForExternalSigning(output);
            external.setSignature(value.of(external.getContent().readAllBytes()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    byte[] cms(byte[] signed) {
        return new CmsWriter(ages.signer(Suite.RSA_SHA256), ages.now())
                .sign(Cryptography.digest("SHA-256").digest(signed), signature -> Optional.empty());
    }

    /// For an update that PDFBox would leave out.
    static void touch(PDDocument document) {
        document.getDocumentCatalog().getCOSObject().setNeedToBeUpdated(true);
    }
}
