package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.seal.SealParties;
import org.yinzheng.signing.seal.StampMaker;
import org.yinzheng.signing.seal.StampOrder;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

/// Values that are told by what they are: stamps under the name of some maker, and what makes them worthless.
class ValueKindTest {
    private static final SealParties PARTIES = new SealParties();

    @Test
    void stampUnderAMakersOwnName_isJudgedAsAStamp() {
        var report = judged(stamped(bytes -> bytes));
        assertThat(report.signatures()).hasSize(1);
        assertThat(report.signatures().getFirst().kind()).isEqualTo("PDF-SES-V4");
        assertThat(report.signatures().getFirst().seal()).isPresent();
        assertThat(report.integrity()).as("%s", report).isEqualTo(Integrity.INTACT);
        assertThat(report.reasons()).contains(Gap.SEAL_MAKER_NOT_TRUSTED).noneMatch(Flaw.class::isInstance);
    }

    @Test
    void stampOfOtherBytes_isAModification() {
        var report = judged(stamped(bytes -> new byte[] {1, 2, 3}));
        assertThat(report.reasons()).contains(Flaw.HASH_FAILURE);
        assertThat(report.integrity()).isEqualTo(Integrity.MODIFIED);
    }

    @Test
    void stampedDocumentWithAByteChanged_isAModification() {
        var pdf = stamped(bytes -> bytes).toByteArray();
        int at = new String(pdf, StandardCharsets.ISO_8859_1).indexOf("/MediaBox") + 11;
        pdf[at] ^= 1;
        var report = judged(DocumentBytes.owning(pdf));
        assertThat(report.reasons()).contains(Flaw.HASH_FAILURE);
        assertThat(report.integrity()).isEqualTo(Integrity.MODIFIED);
    }

    private interface Original {
        byte[] of(byte[] signed);
    }

    private static DocumentBytes stamped(Original original) {
        return new PdfBoxPades(new Ages())
                .value("SomeMaker.Seal", bytes -> new StampMaker(Optional.empty())
                        .stamp(StampOrder.over(
                                original.of(bytes), PARTIES.seal(), PARTIES.authority, SealParties.NOW, "1.pdf"))
                        .der()
                        .toByteArray())
                .signed(Samples.page(false));
    }

    private static Report.Judged judged(DocumentBytes pdf) {
        return (Report.Judged) new PdfVerifier(Trust.NONE).verify(pdf, SealParties.NOW.plusSeconds(60));
    }
}
