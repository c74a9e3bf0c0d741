package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;

/// Documents as they are meant to be, and the ordinary ways in which they are not.
class PdfVerifierTest {
    @TempDir
    Path folder;

    @Test
    void everySuiteAndBothOrders_pass() {
        for (var compact : new boolean[] {false, true}) {
            for (var suite : Suite.values()) {
                assertPasses(Samples.stamped(Samples.page(compact), suite), 1);
            }
            assertPasses(Samples.inOrder(Samples.page(compact), Suite.SM2_SM3, Suite.RSA_SHA256), 2);
            assertPasses(Samples.inOrder(Samples.page(compact), Suite.RSA_SHA256, Suite.SM2_SM3), 2);
        }
    }

    @Test
    void passedLicence_saysWhoSignedWhatWhen() {
        var report = (Report.Judged) Samples.verify(Samples.licence());
        assertThat(report.licenceId()).contains(Samples.LICENCE_ID);
        assertThat(report.signatures()).extracting(SignatureReport::kind).containsExactly("PDF-CMS", "PAdES");
        assertThat(report.signatures())
                .extracting(SignatureReport::algorithm)
                .containsExactly("SM3withSM2", "SHA256withRSA");
        assertThat(report.signatures()).allSatisfy(signature -> {
            assertThat(signature.claimedTime()).contains(Samples.AT);
            assertThat(signature.signer()).contains("东原市市场监督管理局").contains("仅供演示");
        });
        assertThat(report.signatures().getFirst().coverage().en()).contains("came later");
        assertThat(report.signatures().getLast().coverage().en()).isEqualTo("whole file");
    }

    @Test
    void unknownAuthority_isIndeterminateAndIntact() {
        var report = new PdfVerifier(Trust.NONE).verify(Samples.licence(), Samples.AT);
        assertThat(report.indication()).isEqualTo(Indication.INDETERMINATE);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(reasons(report)).contains(Gap.NO_CERTIFICATE_CHAIN_FOUND).noneMatch(Flaw.class::isInstance);
    }

    @Test
    void expiredCertificate_isIndeterminateAndIntact() {
        var report =
                new PdfVerifier(Samples.TRUST).verify(Samples.licence(), Samples.AT.plus(Duration.ofDays(6 * 365)));
        assertThat(report.indication()).isEqualTo(Indication.INDETERMINATE);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(reasons(report)).contains(Gap.OUT_OF_BOUNDS_NO_POE);
    }

    @Test
    void certificateRevokedBeforeSigning_failsAndIsIntact() {
        var now = Samples.AT.minusSeconds(3600);
        var authority = DemonstrationAuthority.open(new MemoryCustodian(), folder, Clock.fixed(now, ZoneOffset.UTC));
        var signer = authority.signer("东原市公安局", Suite.SM2_SM3);
        var pdf = Samples.signed(Samples.page(false), Samples.stamp(Suite.SM2_SM3, signer, true));
        authority.revoke(signer.certificate(), now);
        var report = new PdfVerifier(authority.trust()).verify(pdf, Samples.AT);
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_FAILED);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(reasons(report)).containsExactly(Flaw.REVOKED);
    }

    @Test
    void pdfWithoutSignature_hasNone() {
        for (var compact : new boolean[] {false, true}) {
            var report = Samples.verify(Samples.page(compact));
            assertThat(report.indication()).isEqualTo(Indication.NO_SIGNATURE);
            assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
        }
    }

    @Test
    void textAndHalfAFile_areMalformed() {
        for (var text : List.of("", "%PDF", "not a PDF", "%PDF-1.7\nnothing else\n%%EOF\n")) {
            var report = Samples.verify(DocumentBytes.of(text.getBytes(StandardCharsets.UTF_8)));
            assertThat(report.indication()).as(text).isEqualTo(Indication.MALFORMED);
        }
        var licence = Samples.licence().toByteArray();
        var page = Samples.page(false).toByteArray();
        for (int length : new int[] {licence.length - 10, licence.length - 3000, page.length + 500, page.length - 7}) {
            var report = Samples.verify(DocumentBytes.of(Arrays.copyOf(licence, length)));
            assertThat(report.indication())
                    .as("the first %d of %d", length, licence.length)
                    .isIn(Indication.MALFORMED, Indication.TOTAL_FAILED);
        }
    }

    @Test
    void whiteSpaceAtTheEnd_passes() {
        var licence = Samples.licence().toByteArray();
        assertPasses(append(licence, "\r\n\n"), 2);
    }

    static DocumentBytes append(byte[] pdf, String text) {
        var tail = text.getBytes(StandardCharsets.ISO_8859_1);
        var longer = Arrays.copyOf(pdf, pdf.length + tail.length);
        System.arraycopy(tail, 0, longer, pdf.length, tail.length);
        return DocumentBytes.owning(longer);
    }

    static List<Reason> reasons(Report report) {
        return report instanceof Report.Judged judged ? judged.reasons() : List.of();
    }

    static void assertPasses(DocumentBytes pdf, int signatures) {
        var report = Samples.verify(pdf);
        assertThat(reasons(report)).as("%s", report).isEmpty();
        assertThat(report.indication()).as("%s", report).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(((Report.Judged) report).signatures()).hasSize(signatures);
    }
}
