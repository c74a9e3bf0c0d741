package org.yinzheng.signing.ofd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.seal.SealParties;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.time.TimestampSource;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;

/// Stamps with a timestamp, without one, and with what only looks like one.
class TimestampedStampTest {
    private static final Instant LATER = SealParties.NOW.plusSeconds(5);
    private static final TimestampSource SOURCE = OfdSamples.PARTIES.timestamps(Clock.fixed(LATER, ZoneOffset.UTC));
    private static final TimestampSource AWAY = (digest, suite) -> {
        throw new Failure.NotDone("the timestamp authority is away", null);
    };
    private static final DocumentBytes STAMPED =
            stamp(Optional.of(SOURCE), Level.T, Level.Shortfall.REQUIRE).document();
    private static final Instant AFTER_THE_CERTIFICATE = SealParties.NOW.plus(Duration.ofDays(400));

    @Test
    void timestampedStamp_passes_alsoAfterTheSignersCertificateExpired() {
        assertThat(indication(STAMPED, LATER.plusSeconds(9))).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(indication(STAMPED, AFTER_THE_CERTIFICATE)).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(reasons(OfdSamples.STAMPED, AFTER_THE_CERTIFICATE)).contains(Gap.OUT_OF_BOUNDS_NO_POE);
        assertThat(step(STAMPED, "stamp-timestamp").found()).contains(LATER.toString());
        assertThat(judged(STAMPED, LATER).signatures().getFirst().provenTime()).contains(LATER);
        assertThat(judged(OfdSamples.STAMPED, LATER).signatures().getFirst().provenTime())
                .isEmpty();
    }

    @Test
    void authorityAway_required_makesNothing_degraded_saysSo() {
        for (var source : List.of(Optional.of(AWAY), Optional.<TimestampSource>empty())) {
            assertThatThrownBy(() -> stamp(source, Level.T, Level.Shortfall.REQUIRE))
                    .isInstanceOf(Failure.NotDone.class);
            var degraded = stamp(source, Level.T, Level.Shortfall.DEGRADE);
            assertThat(degraded.reached()).isEqualTo(Level.B);
            assertThat(indication(degraded.document(), LATER)).isEqualTo(Indication.TOTAL_PASSED);
        }
        assertThat(stamp(Optional.of(SOURCE), Level.T, Level.Shortfall.DEGRADE).reached())
                .isEqualTo(Level.T);
        assertThat(stamp(Optional.of(SOURCE), Level.B, Level.Shortfall.REQUIRE).reached())
                .isEqualTo(Level.B);
    }

    @Test
    void levelThatAStampCannotReach_isRefused() {
        for (var level : List.of(Level.LT, Level.LTA)) {
            assertThatThrownBy(() -> stamp(Optional.of(SOURCE), level, Level.Shortfall.DEGRADE))
                    .isInstanceOfSatisfying(
                            InvalidInput.class, e -> assertThat(e.code()).isEqualTo("stamp-level"));
        }
    }

    @Test
    void tokenOfAnotherSignature_isAFlaw() {
        var other = SOURCE.token(DocumentBytes.of(new byte[64]), org.yinzheng.signing.key.Suite.SM2_SM3);
        assertThat(reasons(withToken(other.toByteArray()), LATER)).contains(Flaw.TIMESTAMP_TRANSPLANTED);
    }

    @Test
    void dummyToken_orOneOfAStranger_countsAsAbsent() {
        var dummy = withToken(new byte[] {0x30, 0});
        assertThat(reasons(dummy, LATER)).isEmpty();
        assertThat(reasons(dummy, AFTER_THE_CERTIFICATE)).contains(Gap.OUT_OF_BOUNDS_NO_POE);
        assertThat(step(dummy, "stamp-timestamp").found()).contains("absent");

        var stranger = new SealParties().timestamps(Clock.fixed(LATER, ZoneOffset.UTC));
        var strange =
                stamp(Optional.of(stranger), Level.T, Level.Shortfall.REQUIRE).document();
        assertThat(reasons(strange, LATER)).isEmpty();
        assertThat(reasons(strange, AFTER_THE_CERTIFICATE)).contains(Gap.OUT_OF_BOUNDS_NO_POE);
    }

    @Test
    void timestampedStamp_isAcceptedByOfdrw() throws Exception {
        OfdCrossCheckTest.validate(STAMPED);
    }

    private static DocumentBytes withToken(byte[] token) {
        var taken = Tampering.of(STAMPED);
        var parts = ASN1Sequence.getInstance(taken.file(Tampering.VALUE)).toArray();
        parts[4] = new DERTaggedObject(true, 0, new DERBitString(token));
        try {
            return taken.put(Tampering.VALUE, new DERSequence(parts).getEncoded("DER"))
                    .done();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static OfdStamped stamp(Optional<TimestampSource> source, Level level, Level.Shortfall shortfall) {
        return new OfdStamper(source)
                .stamp(
                        OfdSamples.UNSIGNED,
                        new OfdStamp(
                                OfdSamples.SEAL,
                                OfdSamples.PARTIES.authority,
                                SealParties.NOW,
                                List.of(),
                                true,
                                level,
                                shortfall,
                                Set.of()));
    }

    private static Indication indication(DocumentBytes document, Instant at) {
        return judged(document, at).indication();
    }

    private static List<Reason> reasons(DocumentBytes document, Instant at) {
        return judged(document, at).reasons();
    }

    private static Check step(DocumentBytes document, String step) {
        return judged(document, LATER).signatures().getFirst().checks().stream()
                .filter(check -> check.step().equals(step))
                .findFirst()
                .orElseThrow();
    }

    private static Report.Judged judged(DocumentBytes document, Instant at) {
        return (Report.Judged) new OfdVerifier(OfdSamples.PARTIES.trust()).verify(document, at);
    }
}
