package org.yinzheng.hsm.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Signature;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.hsm.token.TokenProfile;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.Custody;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SignatureScheme;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenCustodianTest {
    private static final byte[] MESSAGE = "to be signed".getBytes(StandardCharsets.UTF_8);

    private Token token;
    private Path keys;
    private TokenCustodian custodian;

    @BeforeAll
    void makeToken(@TempDir Path data) {
        token = Token.init(TokenProfile.softHsm(), data);
        keys = data.resolve("keys");
        custodian = new TokenCustodian(token, keys);
    }

    @AfterAll
    void closeToken() {
        token.close();
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void keyMade_signatureVerifiesElsewhere(KeyKind kind) throws Exception {
        var key = custodian.make("verifies-" + kind, kind);

        var verifier = Signature.getInstance(kind.suite().jcaName(), new BouncyCastleProvider());
        verifier.initVerify(key.publicKey());
        verifier.update(MESSAGE);
        assertThat(verifier.verify(key.sign(MESSAGE))).isTrue();
        assertThat(key.kind()).isEqualTo(kind);
        assertThat(key.custody()).isEqualTo(kind == KeyKind.SM2 ? Custody.TOKEN_SEALED : Custody.TOKEN);
    }

    @ParameterizedTest
    @EnumSource(
            value = KeyKind.class,
            names = {"RSA_2048", "RSA_3072"})
    void rsaKey_signsWithPssInTheToken(KeyKind kind) throws Exception {
        var key = custodian.make("pss-" + kind, kind);
        var value = key.sign(SignatureScheme.PSS_SHA256, MESSAGE);
        assertThat(SignatureScheme.PSS_SHA256.verify(key.publicKey(), MESSAGE, value))
                .isTrue();
        var verifier = Signature.getInstance("SHA256withRSAandMGF1", new BouncyCastleProvider());
        verifier.initVerify(key.publicKey());
        verifier.update(MESSAGE);
        assertThat(verifier.verify(value)).isTrue();
        assertThat(SignatureScheme.RSA_SHA256.verify(key.publicKey(), MESSAGE, value))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void schemeThatTheKeyCannotDo_isRefused(KeyKind kind) {
        var key = custodian.make("scheme-" + kind, kind);
        var other = kind == KeyKind.P_256 ? SignatureScheme.PSS_SHA256 : SignatureScheme.ECDSA_SHA256;
        assertThatIllegalArgumentException().isThrownBy(() -> key.sign(other, MESSAGE));
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void keyMade_isFoundByAnotherCustodian(KeyKind kind) {
        var made = custodian.make("found-" + kind, kind);

        var found = new TokenCustodian(token, keys).find("found-" + kind).orElseThrow();

        assertThat(found.publicKey().getEncoded()).isEqualTo(made.publicKey().getEncoded());
        assertThat(KeyRecord.of(found)).isEqualTo(KeyRecord.of(made));
        assertThat(custodian.records()).contains(KeyRecord.of(made));
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void labelTaken_isRefusedWhateverTheKind(KeyKind kind) {
        custodian.findOrMake("taken", KeyKind.P_256);
        custodian.findOrMake("taken-sm2", KeyKind.SM2);

        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> custodian.make("taken", kind));
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> custodian.make("taken-sm2", kind));
    }

    @Test
    void labelThatIsNoFileName_isRefused() {
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> custodian.find("../pin"));
    }

    @Test
    void privateKeyHandle_givesNoBytes() {
        var key = custodian.findOrMake("handle", KeyKind.RSA_2048);

        var encoded = token.<Integer>use(open -> {
            var bytes = open.privateKey("handle", key.publicKey()).getEncoded();
            return bytes == null ? 0 : bytes.length;
        });
        assertThat(encoded).isZero();
    }
}
