package org.yinzheng.signing.verification;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Report;

class DocumentVerifierTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");

    @Test
    void pdf_isJudgedAsPdf() throws IOException {
        var output = new ByteArrayOutputStream();
        try (var document = new PDDocument()) {
            document.addPage(new PDPage());
            document.save(output);
        }
        var report = verify(output.toByteArray());
        assertThat(report).isEqualTo(new Report.Unsigned("PDF"));
    }

    @Test
    void zipThatIsNoOfd_isMalformed() throws IOException {
        assertThat(verify(zip("other.xml", "<x/>")).indication()).isEqualTo(Indication.MALFORMED);
    }

    @Test
    void fileThatIsZipAndPdfAtOnce_isMalformed() throws IOException {
        var report = verify(zip("%PDF-1.7", "<x/>"));
        assertThat(report.indication()).isEqualTo(Indication.MALFORMED);
        assertThat(report.format()).isEqualTo("UNKNOWN");
    }

    @Test
    void xmlWithoutSignature_isUnsignedXml() {
        for (var text : new String[] {"<?xml version='1.0'?><x/>", "\uFEFF<x/>", "\n<!-- a --><x/>", "<证照/>"}) {
            assertThat(verify(text.getBytes(StandardCharsets.UTF_8))).as(text).isEqualTo(new Report.Unsigned("XML"));
        }
        assertThat(verify("<x/>".getBytes(StandardCharsets.UTF_16))).isEqualTo(new Report.Unsigned("XML"));
    }

    @Test
    void xmlThatIsAPdf_isMalformed() {
        var report = verify("<x><!-- %PDF-1.7 --></x>".getBytes(StandardCharsets.UTF_8));
        assertThat(report.indication()).isEqualTo(Indication.MALFORMED);
    }

    @Test
    void textAndNothing_areMalformed() {
        for (var text : new String[] {"", "text", "PK", "< x/>", "\u0000"}) {
            var report = verify(text.getBytes(StandardCharsets.UTF_8));
            assertThat(report.indication()).as(text).isEqualTo(Indication.MALFORMED);
            assertThat(report.format()).isEqualTo("UNKNOWN");
        }
    }

    private static Report verify(byte[] bytes) {
        return new DocumentVerifier(Trust.NONE).verify(DocumentBytes.of(bytes), AT);
    }

    private static byte[] zip(String name, String text) throws IOException {
        var output = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(output)) {
            zip.putNextEntry(new ZipEntry(name));
            zip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return output.toByteArray();
    }
}
