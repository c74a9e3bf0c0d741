package org.yinzheng.signing.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Reason;

class StampTest {
    private static final SealParties PARTIES = new SealParties();
    private static final Seal SEAL = PARTIES.seal();
    private static final byte[] ORIGINAL = "original".getBytes(StandardCharsets.UTF_8);
    private static final String PATH = "/Doc_0/Signs/Sign_0/Signature.xml";

    @Test
    void stamp_readAgain_isBoundAndTrusted() {
        var stamp = stamp(SEAL, PARTIES.authority);

        assertThat(stamp.seal()).isEqualTo(SEAL);
        assertThat(stamp.time()).isEqualTo(SealParties.NOW);
        assertThat(binding(stamp, ORIGINAL)).isEmpty();
        assertThat(StampCheck.checkTrust(stamp, PARTIES.trust(), SealParties.NOW))
                .allMatch(Check::passed)
                .isNotEmpty();
    }

    @Test
    void stampAndSeal_verifyWithOpenSsl(@TempDir Path directory) throws Exception {
        var stamp = stamp(SEAL, PARTIES.authority);

        assertThat(OpenSsl.verifies(stamp.proof(), directory)).isTrue();
        assertThat(OpenSsl.verifies(stamp.seal().proof(), directory)).isTrue();
        assertThat(OpenSsl.verifies(
                        new Seal.Proof(
                                stamp.signer(),
                                stamp.proof().algorithm(),
                                DocumentBytes.of(ORIGINAL),
                                stamp.proof().signature()),
                        directory))
                .isFalse();
    }

    @Test
    void byteChanged_isNotReadOrIsFlawed() {
        var der = StampMaker.stamp(SEAL, PARTIES.authority, SealParties.NOW, ORIGINAL, PATH)
                .toByteArray();
        for (int i = 0; i < der.length; i += 3) {
            var changed = der.clone();
            changed[i] ^= 0x40;
            try {
                assertThat(binding(Stamp.parse(DocumentBytes.of(changed)), ORIGINAL))
                        .as("byte " + i)
                        .isNotEmpty();
            } catch (InvalidInput refused) {
                assertThat(refused.code()).isIn("asn1", "seal-version", "seal-extension", "certificate-form");
            }
        }
    }

    @Test
    void otherOriginal_failsTheHash() {
        assertThat(binding(stamp(SEAL, PARTIES.authority), new byte[3])).containsExactly(Flaw.HASH_FAILURE);
    }

    @Test
    void originalAtAnotherPath_isAFlaw() {
        var stamp = stamp(SEAL, PARTIES.authority);
        assertThat(reasons(StampCheck.checkBinding(stamp, ORIGINAL, "/Doc_0/Signs/Sign_1/Signature.xml")))
                .containsExactly(Flaw.STAMP_TRANSPLANTED);
    }

    @Test
    void stampFollowedByAByte_isNoStamp() {
        var der = StampMaker.stamp(SEAL, PARTIES.authority, SealParties.NOW, ORIGINAL, PATH)
                .toByteArray();
        assertThatThrownBy(() -> Stamp.parse(DocumentBytes.of(Arrays.copyOf(der, der.length + 1))))
                .isInstanceOf(InvalidInput.class);
    }

    @Test
    void stampTimeOutsideTheSignersCertificate_isAFlaw() {
        var late = PARTIES.signer(
                "LATE", SealParties.NOW.plusSeconds(60), SealParties.NOW.plus(Duration.ofDays(1)), KeyKind.SM2);
        var early = PARTIES.signer(
                "EARLY",
                SealParties.NOW.minus(Duration.ofDays(2)),
                SealParties.NOW.minus(Duration.ofDays(1)),
                KeyKind.SM2);

        assertThat(trust(late)).contains(Flaw.NOT_YET_VALID);
        assertThat(trust(early)).contains(Flaw.EXPIRED);
    }

    @Test
    void makingAStampThatNobodyWouldAccept_isRefused() {
        var stranger = PARTIES.signer("STRANGER");
        var rsa = PARTIES.signer("RSA", SealParties.NOW, SealParties.NOW.plusSeconds(9), KeyKind.RSA_2048);
        var past = PARTIES.seal(
                PARTIES.maker,
                SealParties.NOW.minusSeconds(20),
                SealParties.NOW.minusSeconds(10),
                PARTIES.authority.certificate());
        var forged = SEAL.der().toByteArray();
        forged[forged.length - 1] ^= 1;

        refused(SEAL, stranger, "signer-not-listed");
        refused(PARTIES.seal(rsa.certificate()), rsa, "signer-key");
        refused(past, PARTIES.authority, "seal-period");
        refused(Seal.parse(DocumentBytes.of(forged)), PARTIES.authority, "seal-invalid");
    }

    private static void refused(Seal seal, Signer signer, String code) {
        assertThatThrownBy(() -> stamp(seal, signer))
                .isInstanceOfSatisfying(
                        InvalidInput.class, e -> assertThat(e.code()).isEqualTo(code));
    }

    private static Stamp stamp(Seal seal, Signer signer) {
        return Stamp.parse(StampMaker.stamp(seal, signer, SealParties.NOW, ORIGINAL, PATH));
    }

    private static List<Reason> trust(Signer signer) {
        var stamp = stamp(PARTIES.seal(signer.certificate()), signer);
        return reasons(StampCheck.checkTrust(stamp, PARTIES.trust(), SealParties.NOW));
    }

    private static List<Reason> binding(Stamp stamp, byte[] original) {
        return reasons(StampCheck.checkBinding(stamp, original, PATH));
    }

    private static List<Reason> reasons(List<Check> checks) {
        return checks.stream()
                .flatMap(check -> check.reason().stream())
                .distinct()
                .toList();
    }
}
