package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import eu.europa.esig.dss.enumerations.Indication;
import eu.europa.esig.dss.enumerations.SignatureLevel;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.pdf.PdfStamp.Certification;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;

/// What our stamper writes, as EU DSS judges it.
class EuDssTest {
    private final Ages ages = new Ages();

    @Test
    void everyLevel_passes() {
        for (var level : Level.values()) {
            assertPasses(ages.stamped(Suite.RSA_SHA256, level), level);
        }
    }

    @Test
    void signerAndTimestamperExpired_aSecondArchiveTimestampCarriesOn() {
        var first = ages.stamped(Suite.RSA_SHA256, Level.LTA);
        ages.pass(Duration.ofDays(5 * 365 - 20));
        var prolonged = new ITextPades(ages).prolonged(first);
        ages.pass(Duration.ofDays(2 * 365));
        LongTermTest.assertPasses(ages.verify(prolonged), "prolonged");
        assertPasses(prolonged, Level.LTA);
    }

    @Test
    void everyCertification_passes() {
        for (var certification : Certification.values()) {
            var stamp = ages.stamp("a", Suite.RSA_SHA256, Level.T).certifying(certification);
            assertPasses(ages.stamped(Samples.page(false), stamp), Level.T);
        }
    }

    @Test
    void severalPlaces_areOneSignatureThatPasses() {
        var stamp = ages.stamp("a", Suite.RSA_SHA256, Level.B)
                .showing(Samples.seal(), new Place.OnPage(1, 60, 60), new Place.OnPage(1, 141, 221));
        var pdf = ages.stamped(Samples.page(true), stamp);
        assertPasses(pdf, Level.B);
        LongTermTest.assertPasses(ages.verify(pdf), "several places");
    }

    @Test
    void bothSuitesInEitherOrder_theRsaSignaturePasses() {
        var rsa = ages.stamp("rsa", Suite.RSA_SHA256, Level.T).showing(Samples.seal(), new Place.OnPage(1, 141, 221));
        var sm2 = ages.stamp("sm2", Suite.SM2_SM3, Level.B).showing(Samples.seal(), new Place.OnPage(1, 60, 60));
        for (var pdf : new DocumentBytes[] {
            ages.stamped(ages.stamped(Samples.page(false), rsa), sm2),
            ages.stamped(ages.stamped(Samples.page(false), sm2), rsa)
        }) {
            LongTermTest.assertPasses(ages.verify(pdf), "both");
            assertThat(EuDss.validate(pdf, ages.authority().trust(), ages.now()))
                    .as("of two, EU DSS understands one")
                    .filteredOn(one -> one.indication() == Indication.TOTAL_PASSED)
                    .extracting(EuDss.Opinion::level)
                    .containsExactly(SignatureLevel.PAdES_BASELINE_T);
        }
    }

    /// Why the SM2 signature above has no timestamp: see docs/decisions/0025.
    @Test
    void timestampWithSm3_euDssGivesUpOnTheWholeDocument() {
        var pdf = ages.stamped(ages.stamped(Suite.RSA_SHA256, Level.T), ages.stamp("sm2", Suite.SM2_SM3, Level.T));
        LongTermTest.assertPasses(ages.verify(pdf), "both with timestamps");
        assertThatThrownBy(() -> EuDss.validate(pdf, ages.authority().trust(), ages.now()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void signedContentChanged_failsInBoth() {
        var pdf = ages.stamped(Suite.RSA_SHA256, Level.T).toByteArray();
        pdf[20] ^= 1;
        var changed = DocumentBytes.owning(pdf);
        assertThat(ages.verify(changed).indication())
                .isNotEqualTo(org.yinzheng.signing.verdict.Indication.TOTAL_PASSED);
        assertThat(EuDss.validate(changed, ages.authority().trust(), ages.now()))
                .extracting(EuDss.Opinion::indication)
                .containsExactly(Indication.TOTAL_FAILED);
    }

    private void assertPasses(DocumentBytes pdf, Level... levels) {
        EuDss.assertPasses(
                pdf,
                ages.authority().trust(),
                ages.now(),
                Stream.of(levels)
                        .map(level -> SignatureLevel.valueOf("PAdES_BASELINE_" + level))
                        .toArray(SignatureLevel[]::new));
    }
}
