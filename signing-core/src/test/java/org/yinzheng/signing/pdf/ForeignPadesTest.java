package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import eu.europa.esig.dss.enumerations.SignatureLevel;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.verdict.Indication;

/// Long-term signatures of another producer (iText) are judged as EU DSS judges them.
class ForeignPadesTest {
    private static final Duration YEAR = Duration.ofDays(365);

    @Test
    void everyLevel_passes_andInEuDssToo() {
        var ages = new Ages();
        var pades = new ITextPades(ages);
        for (var level : Level.values()) {
            var pdf = pades.signed(Samples.page(false), "a", level);
            LongTermTest.assertPasses(ages.verify(pdf), level.name());
            EuDss.assertPasses(
                    pdf, ages.authority().trust(), ages.now(), SignatureLevel.valueOf("PAdES_BASELINE_" + level));
        }
    }

    @Test
    void signerAndTimestamperExpired_prolongedInTime_passes_andInEuDssToo() {
        var ages = new Ages();
        var first = new ITextPades(ages).signed(Samples.page(false), "a", Level.LTA);
        ages.pass(YEAR.multipliedBy(4).plusDays(350));
        var prolonged = new ITextPades(ages).prolonged(first);
        ages.pass(YEAR.multipliedBy(2));
        assertThat(ages.verify(first).indication()).isEqualTo(Indication.INDETERMINATE);
        LongTermTest.assertPasses(ages.verify(prolonged), "prolonged");
        EuDss.assertPasses(prolonged, ages.authority().trust(), ages.now(), SignatureLevel.PAdES_BASELINE_LTA);
    }

    @Test
    void ourSignaturesAroundAForeignOne_allPass() {
        var ages = new Ages();
        var sm2 = ages.stamped(Suite.SM2_SM3, Level.T);
        var both = new ITextPades(ages).signed(sm2, "rsa", Level.LTA);
        var three = ages.stamped(both, ages.stamp("again", Suite.SM2_SM3, Level.T));
        LongTermTest.assertPasses(ages.verify(both), "SM2, then RSA");
        LongTermTest.assertPasses(ages.verify(three), "and SM2 again");
    }
}
