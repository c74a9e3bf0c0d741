package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;

/// What timestamps and enclosed evidence prove when time has passed.
class LongTermTest {
    private static final Duration YEAR = Duration.ofDays(365);
    private static final List<Suite> SUITES = List.of(Suite.RSA_SHA256, Suite.SM2_SM3);

    @Test
    void everyLevel_passesAtOnce() {
        var ages = new Ages();
        for (var suite : SUITES) {
            for (var level : Level.values()) {
                var pdf = ages.stamped(suite, level);
                assertPasses(ages.pass(Duration.ofMinutes(1)).verify(pdf), suite + " " + level);
            }
        }
    }

    @Test
    void archiveTimestamp_isASignatureOfItsOwnKind() {
        var ages = new Ages();
        var report = (Report.Judged) ages.verify(ages.stamped(Suite.RSA_SHA256, Level.LTA));
        assertThat(report.signatures()).extracting(SignatureReport::kind).containsExactly("PAdES", "PDF-TIMESTAMP");
        assertThat(report.signatures().getLast().signer()).contains("时间戳");
    }

    @Test
    void signerExpired_levelBIsIndeterminate_andTheOthersPassWhileTheTimestampDoes() {
        for (var suite : SUITES) {
            var ages = new Ages();
            var first = ages.stamped(suite, Level.B);
            ages.pass(YEAR.multipliedBy(4)); // signers are certified for five years; this timestamper one year later
            assertThat(ages.verify(first).indication()).isEqualTo(Indication.TOTAL_PASSED);
            ages.pass(YEAR.multipliedBy(2));
            var report = ages.verify(first);
            assertThat(report.indication()).isEqualTo(Indication.INDETERMINATE);
            assertThat(PdfVerifierTest.reasons(report)).contains(Gap.OUT_OF_BOUNDS_NO_POE);
        }
    }

    @Test
    void signerAndTimestampersExpired_archiveTimestampsCarryTheProofOn() {
        for (var suite : SUITES) {
            var ages = new Ages();
            var pdf = ages.stamped(suite, Level.LTA);
            ages.pass(YEAR.multipliedBy(4).plusDays(350)); // every certificate is renewed before its end
            var renewed = ages.stamped(pdf, ages.stamp("second", suite, Level.LTA));
            ages.pass(YEAR.multipliedBy(2));
            var report = ages.verify(pdf);
            assertThat(report.indication()).as("%s", Ages.checks(report)).isEqualTo(Indication.INDETERMINATE);
            assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
            assertPasses(ages.verify(renewed), suite.name());
        }
    }

    @Test
    void listsNoLongerPublished_areFoundInTheDocument() {
        for (var suite : SUITES) {
            var ages = new Ages();
            var bare = ages.stamped(suite, Level.T);
            var pdf = ages.stamped(suite, Level.LT);
            ages.pass(Duration.ofDays(1));
            var offline = new PdfVerifier(ages.anchors());
            assertPasses(offline.verify(pdf, ages.now()), suite.name());
            // without a list in hand nobody says that there is one: the demonstration names no source
            assertPasses(offline.verify(bare, ages.now()), suite.name());
        }
    }

    @Test
    void revokedAfterTheProvenTime_passes_andBeforeItFails() {
        for (var suite : SUITES) {
            var ages = new Ages();
            var early = ages.stamped(suite, Level.LT);
            var claimedOnly = ages.stamped(suite, Level.B);
            ages.pass(Duration.ofHours(1));
            ages.authority().revoke(ages.signer(suite).certificate(), ages.now());
            ages.pass(Duration.ofHours(1));
            var late = ages.stamped(suite, Level.T);
            ages.pass(Duration.ofHours(1));
            assertPasses(ages.verify(early), suite.name());
            assertThat(PdfVerifierTest.reasons(ages.verify(claimedOnly))).containsExactly(Gap.REVOKED_NO_POE);
            assertThat(PdfVerifierTest.reasons(ages.verify(late))).containsExactly(Flaw.REVOKED);
        }
    }

    @Test
    void timestampOfARevokedAuthority_provesNothing() {
        var ages = new Ages();
        ages.authority().revoke(ages.authority().timestamper(Suite.RSA_SHA256).certificate(), ages.now());
        ages.pass(Duration.ofHours(1));
        var report = ages.verify(ages.stamped(Suite.RSA_SHA256, Level.B));
        assertPasses(report, "the signature alone");
        var stamped = ages.stamped(Suite.RSA_SHA256, Level.T);
        var now = ages.verify(stamped);
        assertPasses(now, "the signature needs no timestamp yet");
        assertThat(Ages.checks(now).toString()).contains("counts as absent");
        ages.authority()
                .revoke(ages.signer(Suite.RSA_SHA256).certificate(), ages.now().plus(Duration.ofHours(1)));
        ages.pass(Duration.ofHours(2));
        assertThat(PdfVerifierTest.reasons(ages.verify(stamped)))
                .contains(Gap.TIMESTAMP_AUTHORITY_REVOKED, Gap.REVOKED_NO_POE)
                .noneMatch(Flaw.class::isInstance);
    }

    @Test
    void unknownTimestampAuthority_isARemarkUntilSomethingDependsOnIt() {
        var ages = new Ages();
        for (var level : List.of(Level.T, Level.LTA)) {
            var pdf = new PdfStamper(
                            java.util.Optional.of(Ages.amongStrangers().timestamps()),
                            org.yinzheng.signing.certificate.Evidence.from(ages.authority()::trust))
                    .stamp(Samples.page(false), ages.stamp("a", Suite.RSA_SHA256, Level.T))
                    .document();
            var report = ages.verify(pdf);
            assertPasses(report, level.name());
            assertThat(Ages.checks(report).toString()).contains("counts as absent");
            var later = new PdfVerifier(ages.authority().trust())
                    .verify(pdf, ages.now().plus(Duration.ofDays(20 * 365)));
            assertThat(later.indication()).isEqualTo(Indication.INDETERMINATE);
            assertThat(PdfVerifierTest.reasons(later))
                    .contains(Gap.TIMESTAMP_UNTRUSTED, Gap.OUT_OF_BOUNDS_NO_POE)
                    .noneMatch(Flaw.class::isInstance);
        }
    }

    @Test
    void certificatesInTheDocument_areNeverTrusted() {
        var ages = new Ages();
        var pdf = ages.stamped(Suite.RSA_SHA256, Level.LTA);
        var report = new PdfVerifier(Trust.NONE).verify(pdf, ages.now());
        assertThat(report.indication()).isEqualTo(Indication.INDETERMINATE);
        assertThat(PdfVerifierTest.reasons(report)).contains(Gap.NO_CERTIFICATE_CHAIN_FOUND);
    }

    static void assertPasses(Report report, String what) {
        assertThat(report.indication()).as("%s %s", what, Ages.checks(report)).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
    }
}
