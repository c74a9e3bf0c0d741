package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.itextpdf.kernel.pdf.EncryptionConstants;
import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.WriterProperties;
import com.itextpdf.kernel.pdf.canvas.PdfCanvas;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Next;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;

/// Signed documents that are encrypted, as iText encrypts and PDFBox signs them.
class EncryptedPdfTest {
    private static final Ages AGES = new Ages();
    private static final int KEPT_FREE = 0x2500;
    /// An initial vector and a block of padding.
    private static final int MORE_BY_AES = 32;
    private static final Map<String, Integer> WAYS = Map.of(
            "RC4-128", EncryptionConstants.STANDARD_ENCRYPTION_128,
            "AES-128", EncryptionConstants.ENCRYPTION_AES_128,
            "AES-256", EncryptionConstants.ENCRYPTION_AES_256);

    @Test
    void documentThatOpensWithoutAPassword_passes() {
        WAYS.forEach((name, way) -> LongTermTest.assertPasses(AGES.verify(signed(encrypted("", way), way)), name));
    }

    @Test
    void documentThatOpensWithoutAPassword_changedInPlace_isAModification() {
        WAYS.forEach((name, way) -> {
            var pdf = signed(encrypted("", way), way).toByteArray();
            pdf[Bytes.indexOf(pdf, "/MediaBox".getBytes(StandardCharsets.US_ASCII), 0) + 11] ^= 1;
            assertSays(name, DocumentBytes.owning(pdf), Integrity.MODIFIED, Flaw.HASH_FAILURE);
        });
    }

    @Test
    void documentThatOpensWithoutAPassword_withAnotherContentLater_isAModification() {
        WAYS.forEach((name, way) -> {
            var later = Forms.updatedByPdfBox(signed(encrypted("", way), way), document -> {
                document.setAllSecurityToBeRemoved(false);
                var page = document.getPage(0);
                var other = new PDStream(document);
                try (var content = other.createOutputStream(COSName.FLATE_DECODE)) {
                    content.write("0 0 9 9 re f".getBytes(StandardCharsets.US_ASCII));
                }
                page.setContents(other);
                page.getCOSObject().setNeedToBeUpdated(true);
            });
            assertSays(name, later, Integrity.MODIFIED, Flaw.CONTENT_REPLACED_AFTER_SIGNING);
        });
    }

    @Test
    void documentThatNeedsAPassword_isNotJudged_andSaysWhatToAskFor() {
        WAYS.forEach((name, way) -> {
            var report = AGES.verify(encrypted("secret", way));
            assertThat(report.reasons()).as(name).containsExactly(Gap.ENCRYPTED);
            assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
            assertThat(report.reasons().getFirst().next()).isEqualTo(Next.ASK_ORIGINAL);
        });
    }

    @Test
    void zerosThatWereEncryptedBehindTheValue_areNoPartOfIt() {
        WAYS.forEach((name, way) -> {
            var signing = new PdfBoxPades(AGES).value("ETSI.CAdES.detached", new PdfBoxPades(AGES)::cms);
            LongTermTest.assertPasses(AGES.verify(signing.signed(encrypted("", way))), name);
        });
    }

    @Test
    void bytesBehindTheValue_ofAFileThatIsNotEncrypted_areMalformed() {
        var signing = new PdfBoxPades(AGES);
        var followed = signing.value("ETSI.CAdES.detached", bytes -> {
            var cms = signing.cms(bytes);
            var more = Arrays.copyOf(cms, cms.length + 4);
            more[cms.length + 2] = 7;
            return more;
        });

        assertSays("plain", followed.signed(Samples.page(false)), Integrity.UNKNOWN, Flaw.CMS_MALFORMED);
    }

    private static void assertSays(String name, DocumentBytes pdf, Integrity integrity, Reason reason) {
        var report = (Report.Judged) AGES.verify(pdf);
        assertThat(report.reasons()).as("%s %s", name, Ages.checks(report)).contains(reason);
        assertThat(report.integrity()).isEqualTo(integrity);
    }

    /// PDFBox encrypts even the zeros of the place that it keeps free for the value: all of it is written over.
    private static DocumentBytes signed(DocumentBytes pdf, int way) {
        var signing = new PdfBoxPades(AGES);
        int place = way == EncryptionConstants.STANDARD_ENCRYPTION_128 ? KEPT_FREE : KEPT_FREE + MORE_BY_AES;
        return signing.value("ETSI.CAdES.detached", bytes -> Arrays.copyOf(signing.cms(bytes), place))
                .signed(pdf);
    }

    private static DocumentBytes encrypted(String password, int way) {
        var output = new ByteArrayOutputStream();
        var properties = new WriterProperties()
                .setStandardEncryption(
                        password.getBytes(StandardCharsets.US_ASCII),
                        "owner".getBytes(StandardCharsets.US_ASCII),
                        EncryptionConstants.ALLOW_PRINTING
                                | EncryptionConstants.ALLOW_FILL_IN
                                | EncryptionConstants.ALLOW_MODIFY_CONTENTS
                                | EncryptionConstants.ALLOW_MODIFY_ANNOTATIONS,
                        way);
        try (var document = new PdfDocument(new PdfWriter(output, properties))) {
            new PdfCanvas(document.addNewPage()).rectangle(50, 50, 300, 500).stroke();
        }
        return DocumentBytes.owning(output.toByteArray());
    }
}
