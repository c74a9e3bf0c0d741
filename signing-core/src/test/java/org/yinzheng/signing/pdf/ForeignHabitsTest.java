package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Report;

/// What other programs write when they sign, as it was seen in files of theirs.
class ForeignHabitsTest {
    private static final Ages AGES = new Ages();
    private static final DocumentBytes SIGNED = AGES.stamped(Suite.RSA_SHA256, Level.B);

    @Test
    void fieldWithItsValueAsDefaultAndEmptyResources_passes() {
        var both = new PdfBoxPades(AGES)
                .field(field -> {
                    field.setItem(COSName.DV, field.getItem(COSName.V));
                    field.setItem(COSName.DR, new COSDictionary());
                })
                .signed(SIGNED);
        LongTermTest.assertPasses(AGES.verify(both), "LibreOffice, iText 2");
    }

    @Test
    void metadataWrittenWithTheSecondSignature_passes() {
        var both = new PdfBoxPades(AGES)
                .document(document -> {
                    assertThat(document.getDocumentCatalog().getMetadata()).isNull();
                    document.getDocumentCatalog().getCOSObject().setItem(COSName.METADATA, packet(document));
                    PdfBoxPades.touch(document);
                })
                .signed(SIGNED);
        LongTermTest.assertPasses(AGES.verify(both), "Acrobat");
    }

    @Test
    void usageRights_areNoSignature() {
        var extended = new PdfBoxPades(AGES).document(ForeignHabitsTest::asUsageRights);
        assertThat(AGES.verify(extended.signed(Samples.page(false)))).isEqualTo(new Report.Unsigned("PDF"));
        var signed =
                AGES.stamped(extended.signed(Samples.page(false)), AGES.stamp("authority", Suite.RSA_SHA256, Level.B));
        LongTermTest.assertPasses(AGES.verify(signed), "a form of extended rights, signed");
    }

    @Test
    void signatureTurnedIntoUsageRights_isNotPassedOver() {
        var turned = new PdfBoxPades(AGES)
                .document(document -> {
                    var form = document.getDocumentCatalog().getCOSObject().getCOSDictionary(COSName.ACRO_FORM);
                    var first = (COSDictionary) form.getCOSArray(COSName.FIELDS).getObject(0);
                    rights(document, (COSDictionary) first.getDictionaryObject(COSName.V));
                })
                .signed(SIGNED);
        var report = (Report.Judged) AGES.verify(turned);
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_FAILED);
        assertThat(report.signatures()).hasSize(2);
        assertThat(report.signatures().getFirst().reasons()).contains(Flaw.PERMISSIONS_CHANGED);
    }

    private static void asUsageRights(PDDocument document) {
        var form = document.getDocumentCatalog().getCOSObject().getCOSDictionary(COSName.ACRO_FORM);
        var field = (COSDictionary) form.getCOSArray(COSName.FIELDS).getObject(0);
        rights(document, (COSDictionary) field.getDictionaryObject(COSName.V));
        document.getDocumentCatalog().getCOSObject().removeItem(COSName.ACRO_FORM);
        document.getPage(0).getCOSObject().removeItem(COSName.ANNOTS);
        document.getPage(0).getCOSObject().setNeedToBeUpdated(true);
    }

    private static void rights(PDDocument document, COSDictionary value) {
        var permissions = new COSDictionary();
        permissions.setItem("UR3", value);
        document.getDocumentCatalog().getCOSObject().setItem(COSName.PERMS, permissions);
        PdfBoxPades.touch(document);
    }

    private static COSStream packet(PDDocument document) throws java.io.IOException {
        var stream = document.getDocument().createCOSStream();
        stream.setItem(COSName.TYPE, COSName.METADATA);
        try (var output = stream.createOutputStream()) {
            output.write("<x:xmpmeta xmlns:x='adobe:ns:meta/'/>".getBytes(StandardCharsets.UTF_8));
        }
        return stream;
    }
}
