package org.yinzheng.testdata.corpus.pdf.valid;

import com.itextpdf.kernel.geom.PageSize;
import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.EncryptionConstants;
import com.itextpdf.kernel.pdf.PdfVersion;
import com.itextpdf.kernel.pdf.ReaderProperties;
import com.itextpdf.kernel.pdf.WriterProperties;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.testdata.corpus.Party;
import org.yinzheng.testdata.corpus.Specimen;
import org.yinzheng.testdata.corpus.pdf.Handmade;
import org.yinzheng.testdata.corpus.pdf.Papers;
import org.yinzheng.testdata.corpus.pdf.Signing;
import org.yinzheng.testdata.corpus.pdf.Update.Listing;

/// The forms that a PDF file can have below its signature.
final class FileForms {
    private final Valid valid = new Valid();
    private final Signing signing;

    private FileForms(Signing signing) {
        this.signing = signing;
    }

    static List<Specimen> of(Signing signing) {
        var forms = new FileForms(signing);
        forms.pages();
        forms.tables();
        forms.bytes();
        return forms.valid.all();
    }

    private void pages() {
        for (int angle : List.of(90, 180, 270)) {
            signed(
                    "rotated-by-" + angle,
                    "a page that is shown turned",
                    () -> Papers.document(new WriterProperties(), document -> Papers.page(document, "TURNED")
                            .setRotation(angle)));
        }
        signed("of-fifty-pages", "fifty pages", () -> Papers.pages(50));
        signed(
                "of-a-large-page",
                "a page of A0",
                () -> Papers.document(new WriterProperties(), document -> {
                    document.setDefaultPageSize(PageSize.A0);
                    Papers.page(document, "LARGE").setMediaBox(PageSize.A0);
                }));
        signed(
                "cropped",
                "a page of which a part is shown",
                () -> Papers.document(new WriterProperties(), document -> Papers.page(document, "CROPPED")
                        .setCropBox(new Rectangle(20, 20, 500, 700))));
        signed(
                "of-version-2",
                "a file of PDF 2.0",
                () -> Papers.document(new WriterProperties().setPdfVersion(PdfVersion.PDF_2_0), Papers::licencePage));
        signed(
                "with-metadata",
                "a file with an XMP packet",
                () -> Papers.document(new WriterProperties().addXmpMetadata(), Papers::licencePage));
    }

    private void tables() {
        valid.add("object-streams", "object streams and a cross-reference stream", signing.compact);
        valid.add(
                "object-streams-sm2",
                "object streams, signed with SM2",
                () -> signing.signed(Papers.compact(), signing.stamp("authority", Party.SM2)));
        for (var listing : List.of(Listing.STREAM, Listing.COMPRESSED)) {
            valid.add(
                    "signed-in-an-update-listed-by-" + Valid.word(listing),
                    "a file with tables, signed in an update with a cross-reference stream",
                    () -> Handmade.of(signing.cms(Party.RSA)).on(Papers.licence(), listing));
        }
        signed("linearised", "written for the web by qpdf", () -> resource("linearised.pdf"));
        signed(
                "linearised-compact",
                "written for the web by qpdf, with object streams",
                () -> resource("linearised-compact.pdf"));
        signed("hybrid", "a table for old readers and a stream for new ones", HybridFile::make);
    }

    private void bytes() {
        plain("line-ends-of-two-characters", "\r\n", "%PDF-1.4\r\n");
        plain("line-ends-of-one-return", "\r", "%PDF-1.4\r");
        plain("line-before-the-header", "\n", "\n%PDF-1.4\n");
        plain("bytes-before-the-header", "\n", "HTTP junk\n%PDF-1.4\n%\u00e2\u00e3\u00cf\u00d3\n");
        plain("without-binary-comment", "\n", "%PDF-1.3\n");
        valid.add(
                "encrypted-with-the-empty-password",
                "readable by everybody, and encrypted all the same",
                () -> ItextSigner.signed(
                        signing,
                        encrypted(),
                        new ReaderProperties().setPassword("owner".getBytes(StandardCharsets.US_ASCII))));
    }

    private static DocumentBytes encrypted() {
        return Papers.document(
                new WriterProperties()
                        .setStandardEncryption(
                                new byte[0],
                                "owner".getBytes(StandardCharsets.US_ASCII),
                                EncryptionConstants.ALLOW_PRINTING | EncryptionConstants.ALLOW_FILL_IN,
                                EncryptionConstants.ENCRYPTION_AES_128),
                Papers::licencePage);
    }

    private void plain(String name, String lineEnd, String header) {
        valid.add(name, "a file written by hand", () -> Handmade.of(signing.cms(Party.RSA))
                .on(PlainFile.make(lineEnd, header)));
    }

    private void signed(String name, String made, Supplier<DocumentBytes> paper) {
        valid.add(name, made, () -> signing.signed(paper.get(), signing.stamp("authority", Party.RSA)));
    }

    private static DocumentBytes resource(String name) {
        try (InputStream file = FileForms.class.getResourceAsStream("/corpus/" + name)) {
            return DocumentBytes.owning(Objects.requireNonNull(file, name).readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
