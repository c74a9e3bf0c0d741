package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSStream;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

/// What other programs write when they sign, as it was seen in files of theirs.
class ForeignHabitsTest {
    private static final Ages AGES = new Ages();
    private static final Signer SIGNER = AGES.signer(Suite.RSA_SHA256);
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

    @Test
    void padesWithoutTheSigningCertificateAttribute_isIntactAndNoFlaw() {
        var signed = new PdfBoxPades(AGES)
                .value("ETSI.CAdES.detached", ForeignHabitsTest::cms)
                .signed(Samples.page(false));
        assertIntact(AGES.verify(signed), Gap.SIGNING_CERTIFICATE_UNNAMED);
    }

    @Test
    void integerWithAByteTooMany_andACertificateThatNobodyReads_spoilNoSignature() {
        for (var change : List.<UnaryOperator<byte[]>>of(
                ForeignHabitsTest::withLongInteger, BouncyCms::withUnreadableCertificate)) {
            var signed = new PdfBoxPades(AGES)
                    .value("adbe.pkcs7.detached", bytes -> change.apply(cms(bytes)))
                    .signed(Samples.page(false));
            LongTermTest.assertPasses(AGES.verify(signed), "enclosed things of other makers");
        }
    }

    @Test
    void digestInsideTheCms_isJudgedAndWeak() {
        var signed = new PdfBoxPades(AGES)
                .value(
                        "adbe.pkcs7.sha1",
                        bytes -> BouncyCms.of(
                                SIGNER, Cryptography.digest("SHA-1").digest(bytes), true))
                .signed(Samples.page(false));
        assertIntact(AGES.verify(signed), Gap.ALGORITHM_WEAK);
        var pdf = signed.toByteArray();
        pdf[Bytes.indexOf(pdf, "/MediaBox".getBytes(StandardCharsets.US_ASCII), 0) + 1] = 'm';
        assertThat(((Report.Judged) AGES.verify(DocumentBytes.of(pdf))).reasons())
                .contains(Flaw.HASH_FAILURE);
        var ofOther = new PdfBoxPades(AGES)
                .value("adbe.pkcs7.sha1", bytes -> BouncyCms.of(SIGNER, new byte[20], true))
                .signed(Samples.page(false));
        assertThat(((Report.Judged) AGES.verify(ofOther)).reasons()).contains(Flaw.HASH_FAILURE);
    }

    @Test
    void valueThatIsNoCms_underAKindOfItsOwn_isUndecided() {
        for (var kind : new String[] {"adbe.x509.rsa_sha1", "Maker.OfItsOwn"}) {
            var signed = new PdfBoxPades(AGES)
                    .value(kind, bytes -> new byte[] {4, 1, 1})
                    .signed(Samples.page(false));
            var report = (Report.Judged) AGES.verify(signed);
            assertThat(report.reasons())
                    .containsExactly(
                            kind.startsWith("adbe") ? Gap.NO_SIGNING_CERTIFICATE_FOUND : Gap.SIGNATURE_KIND_UNKNOWN);
            assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
        }
    }

    private static byte[] cms(byte[] signed) {
        return BouncyCms.of(SIGNER, signed, false);
    }

    private static byte[] withLongInteger(byte[] cms) {
        cms[Bytes.indexOf(cms, BouncyCms.INTEGER, 0) + 2] = 0;
        return cms;
    }

    private static void assertIntact(Report report, Gap gap) {
        assertThat(((Report.Judged) report).reasons())
                .as("%s", Ages.checks(report))
                .containsExactly(gap);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
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
