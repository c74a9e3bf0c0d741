package org.yinzheng.signing.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.SignatureScheme.Family;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

class AlgorithmPolicyTest {
    private static final AlgorithmPolicy STANDARD = AlgorithmPolicy.standard();
    private static final Instant NOW = Instant.parse("2026-11-21T08:00:00Z");

    @ParameterizedTest
    @CsvSource({"MD5, 2004-08-17T23:59:59Z, 2004-08-18T00:00:00Z", "SHA-1, 2013-12-31T23:59:59Z, 2014-01-01T00:00:00Z"})
    void digest_isSafeUntilTheEndOfItsLastDay(String name, Instant last, Instant after) {
        assertThat(reason(new Use.OfDigest("content", name), last)).isEmpty();
        assertThat(reason(new Use.OfDigest("content", name), after)).contains(Gap.ALGORITHM_WEAK);
    }

    @ParameterizedTest
    @ValueSource(strings = {"SHA-256", "SHA-384", "SHA-512", "SHA3-256", "SM3"})
    void currentDigest_isSafe(String name) {
        assertThat(reason(new Use.OfDigest("content", name), NOW)).isEmpty();
    }

    @Test
    void scheme_isAsSafeAsItsDigest() {
        assertThat(reason(new Use.OfScheme("it", new SignatureScheme(Family.RSA, "SHA-1")), NOW))
                .contains(Gap.ALGORITHM_WEAK);
        assertThat(reason(new Use.OfScheme("it", SignatureScheme.SM2_SM3), NOW)).isEmpty();
        assertThat(reason(new Use.OfScheme("it", new SignatureScheme(Family.DSA, "SHA-256")), NOW))
                .contains(Gap.ALGORITHM_WEAK);
    }

    @Test
    void key_isJudgedByTheLongestLineThatItReaches() throws Exception {
        assertThat(reason(rsa(512), NOW)).contains(Gap.KEY_TOO_WEAK);
        assertThat(reason(rsa(1024), NOW)).contains(Gap.KEY_TOO_WEAK);
        assertThat(reason(rsa(1536), NOW)).contains(Gap.KEY_TOO_WEAK);
        assertThat(reason(rsa(1536), Instant.parse("2010-01-01T00:00:00Z"))).isEmpty();
        assertThat(reason(rsa(2048), NOW)).isEmpty();
    }

    @Test
    void curve_isJudgedByItsName() throws Exception {
        assertThat(reason(curve("secp256r1"), NOW)).isEmpty();
        assertThat(reason(curve("brainpoolP384r1"), NOW)).isEmpty();
        assertThat(reason(curve("secp192r1"), NOW)).contains(Gap.ALGORITHM_NOT_LISTED);
    }

    @Test
    void nothingUnsafe_passes_andSaysWhatWasExamined() {
        var check = STANDARD.check(
                List.of(new Use.OfDigest("content", "SM3"), new Use.OfScheme("it", SignatureScheme.SM2_SM3)), NOW);
        assertThat(check.passed()).isTrue();
        assertThat(check.found()).contains("SM3withSM2");
    }

    @Test
    void ownPolicy_isRead(@TempDir Path dir) throws Exception {
        var file = dir.resolve("policy.txt");
        Files.writeString(file, "# ours\n\ndigest | SHA-256 | 2020-01-01 | we said so | us\n");
        var check = AlgorithmPolicy.load(file).check(List.of(new Use.OfDigest("content", "SHA-256")), NOW);
        assertThat(check.reason()).contains(Gap.ALGORITHM_WEAK);
        assertThat(check.found()).contains("2020-01-01").contains("us");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "digest | SHA-256 | 2020-01-01 | why",
                "digest | SHA-256 | 2020-13-01 | why | source",
                "digest | SHA-256 | never | why | source",
                "hash | SHA-256 | open | why | source",
                "key | RSA | open | why | source",
                "digest | RSA 2048 | open | why | source",
                "digest | | open | why | source",
                "digest | SM3 | open | why | source\ndigest | SM3 | open | why | source"
            })
    void brokenPolicy_isRefused(String text) {
        assertThatThrownBy(() -> AlgorithmPolicy.parse(text))
                .isInstanceOf(InvalidInput.class)
                .extracting(e -> ((InvalidInput) e).code())
                .isEqualTo("policy-form");
    }

    @Test
    void missingPolicy_isRefused(@TempDir Path dir) {
        assertThatThrownBy(() -> AlgorithmPolicy.load(dir.resolve("none.txt")))
                .isInstanceOf(InvalidInput.class)
                .extracting(e -> ((InvalidInput) e).code())
                .isEqualTo("policy-file");
    }

    private static Optional<Reason> reason(Use use, Instant at) {
        return STANDARD.check(List.of(use), at).reason();
    }

    private static Use.OfKey rsa(int bits) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(bits);
        return of(generator.generateKeyPair().getPublic());
    }

    private static Use.OfKey curve(String name) throws GeneralSecurityException {
        var generator = KeyPairGenerator.getInstance("EC", Cryptography.provider());
        generator.initialize(new ECGenParameterSpec(name));
        return of(generator.generateKeyPair().getPublic());
    }

    private static Use.OfKey of(PublicKey key) {
        return new Use.OfKey("the signer", key);
    }
}
