package org.yinzheng.testdata.corpus.pdf.valid;

import static org.yinzheng.testdata.corpus.pdf.valid.Valid.word;

import com.itextpdf.kernel.pdf.ReaderProperties;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.List;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts;
import org.apache.pdfbox.pdmodel.interactive.digitalsignature.PDSignature;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.pdf.PdfStamp.Certification;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.testdata.corpus.CorpusAuthority;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;

/// Documents made and signed by other libraries than ours.
final class Producers {
    private final Valid valid = new Valid();
    private final Signing signing;

    private Producers(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var producers = new Producers(signing);
        producers.itext();
        producers.pdfbox();
        return producers.valid.all();
    }

    private void itext() {
        for (var level : Level.values()) {
            valid.add(
                    "itext-pades-" + word(level),
                    "PAdES level " + level + " by iText",
                    () -> ItextSigner.pades(signing, Papers.licence(), level));
        }
        valid.add(
                "itext-cms",
                "detached CMS by iText",
                () -> ItextSigner.signed(signing, Papers.licence(), new ReaderProperties()));
        valid.add(
                "itext-behind-ours",
                "our signature, and then one by iText",
                () -> ItextSigner.pades(signing, signing.licence.get(), Level.LT));
        valid.add(
                "ours-behind-itext",
                "a signature by iText, and then ours",
                () -> signing.signed(
                        ItextSigner.pades(signing, Papers.compact(), Level.T), signing.stamp("authority", Party.SM2)));
        for (var certification : Certification.values()) {
            valid.add(
                    "prolonged-by-itext-" + word(certification),
                    "our signature, with evidence and a document timestamp by iText",
                    () -> ItextSigner.prolonged(signing, signing.form(certification)));
        }
    }

    private void pdfbox() {
        valid.add(
                "pdfbox-document",
                "a document by PDFBox, signed by us",
                () -> signing.signed(paper(), signing.stamp("authority", Party.RSA)));
        for (var party : List.of(Party.RSA, Party.SM2)) {
            valid.add("pdfbox-signed-" + word(party), "made and signed by PDFBox", () -> signed(paper(), party));
        }
        valid.add(
                "pdfbox-behind-ours",
                "our signature, and then one by PDFBox",
                () -> signed(signing.alone.get(), Party.OTHER_RSA));
    }

    private static DocumentBytes paper() {
        var output = new ByteArrayOutputStream();
        try (var document = new PDDocument()) {
            var page = new PDPage();
            document.addPage(page);
            try (var content = new PDPageContentStream(document, page)) {
                content.beginText();
                content.setFont(new PDType1Font(Standard14Fonts.FontName.HELVETICA), 18);
                content.newLineAtOffset(80, 700);
                content.showText("Made by PDFBox");
                content.endText();
            }
            document.save(output);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    private DocumentBytes signed(DocumentBytes pdf, Party party) {
        var output = new ByteArrayOutputStream();
        try (var document = Loader.loadPDF(pdf.toByteArray())) {
            var signature = new PDSignature();
            signature.setFilter(PDSignature.FILTER_ADOBE_PPKLITE);
            signature.setSubFilter(PDSignature.SUBFILTER_ADBE_PKCS7_DETACHED);
            signature.setSignDate(GregorianCalendar.from(CorpusAuthority.SIGNED.atZone(ZoneOffset.UTC)));
            document.addSignature(signature);
            var external = document.saveIncrementalForExternalSigning(output);
            external.setSignature(signing.cms(party).over(external.getContent().readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return DocumentBytes.owning(output.toByteArray());
    }
}
