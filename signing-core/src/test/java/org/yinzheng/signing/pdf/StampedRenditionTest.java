package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import com.itextpdf.kernel.pdf.PdfDocument;
import com.itextpdf.kernel.pdf.PdfReader;
import com.itextpdf.kernel.pdf.PdfWriter;
import com.itextpdf.kernel.pdf.StampingProperties;
import com.itextpdf.kernel.xmp.XMPMeta;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.layout.DocumentInfo;
import org.yinzheng.signing.layout.Layout;
import org.yinzheng.signing.layout.Template;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

/// A licence as it is really made: laid out, rendered with its metadata and fonts, stamped twice.
class StampedRenditionTest {
    private static final String TEMPLATE = """
            page: {width: 210, height: 297}
            seal: [120, 200, 42, 42]
            styles:
              value: {face: serif, size: 5, minimum: 3, colour: "#102030"}
            elements:
              - text: {text: "{NAME}", at: [20, 30], width: 60, style: value}
              - qr: {area: [150, 60, 20, 20], colour: "#102030"}
            """;

    @Test
    void renditionStampedInBothOrders_passes() {
        var pdf = rendition();
        for (var order : new Suite[][] {{Suite.SM2_SM3, Suite.RSA_SHA256}, {Suite.RSA_SHA256, Suite.SM2_SM3}}) {
            var stamped = Samples.inOrder(pdf, order[0], order[1]);
            PdfVerifierTest.assertPasses(stamped, 2);
            assertThat(((Report.Judged) Samples.verify(stamped)).licenceId()).contains(Samples.LICENCE_ID);
        }
    }

    @Test
    void metadataWrittenAnewWithTheSameStatements_passes() throws Exception {
        var updated = updated(Samples.stamped(rendition(), Suite.SM2_SM3), meta -> {});
        assertThat(updated.size())
                .isGreaterThan(Samples.stamped(rendition(), Suite.SM2_SM3).size());
        PdfVerifierTest.assertPasses(updated, 1);
    }

    @Test
    void metadataWithAnotherStatement_isAModification() throws Exception {
        var updated = updated(
                Samples.stamped(rendition(), Suite.SM2_SM3),
                meta -> meta.setProperty("urn:yinzheng:licence:1", "ZZMC", "食品经营许可证"));
        var report = Samples.verify(updated);
        assertThat(report.integrity()).isEqualTo(Integrity.MODIFIED);
        assertThat(PdfVerifierTest.reasons(report)).containsExactly(Flaw.CONTENT_REPLACED_AFTER_SIGNING);
    }

    private interface Change {
        void to(XMPMeta meta) throws Exception;
    }

    /// iText's own update, which writes all metadata in an order of its own.
    private static DocumentBytes updated(DocumentBytes pdf, Change change) throws Exception {
        var output = new ByteArrayOutputStream();
        try (var document = new PdfDocument(
                new PdfReader(pdf.stream()), new PdfWriter(output), new StampingProperties().useAppendMode())) {
            var meta = document.getXmpMetadata();
            change.to(meta);
            document.setXmpMetadata(meta);
            document.getCatalog().getPdfObject().setModified();
        }
        return DocumentBytes.owning(output.toByteArray());
    }

    static DocumentBytes rendition() {
        var typefaces = Typefaces.find();
        var page = new Layout(typefaces)
                .lay(Template.parse(TEMPLATE), Map.of("NAME", "东原市市场监督管理局"), "https://example.org/v/1");
        var metadata = new TreeMap<>(Map.of("ZZMC", "营业执照"));
        return new PdfRenderer(typefaces)
                .render(page, new DocumentInfo("营业执照", Samples.LICENCE_ID, metadata, Samples.AT));
    }
}
