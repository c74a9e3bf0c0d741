package org.yinzheng.hsm.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenCustodianTest {
    private static final byte[] MESSAGE = "to be signed".getBytes(java.nio.charset.StandardCharsets.UTF_8);

    private Token token;
    private TokenCustodian custodian;

    @BeforeAll
    void makeToken(@TempDir Path data) {
        token = Token.init(TokenProfile.softHsm(), data);
        custodian = new TokenCustodian(token, data.resolve("keys"));
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
        assertThat(key.custody()).isEqualTo(kind == KeyKind.SM2 ? Custody.TOKEN_SEALED : Custody.TOKEN);
    }

    @Test
    void labelTaken_isRefused() {
        custodian.make("taken", KeyKind.P_256);

        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> custodian.make("taken", KeyKind.SM2));
    }
}
