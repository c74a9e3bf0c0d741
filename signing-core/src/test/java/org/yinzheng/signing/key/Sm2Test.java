package org.yinzheng.signing.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.junit.jupiter.api.Test;

/// The example of GB/T 32918.5 on the recommended curve, and everything that resembles a signature and is none.
class Sm2Test {
    private static final HexFormat HEX = HexFormat.of();
    private static final BigInteger SCALAR =
            new BigInteger("3945208F7B2144B13F36E38AC6D39F95889393692860B51A42FB81EF4DF7C5B8", 16);
    private static final String X = "09f9df311e5421a150dd7d161e4bc5c672179fad1833fc076bb08ff356f35020";
    private static final String Y = "ccea490ce26775a52dc6ea718cc1aa600aed05fbf35e084a6632f6072da9ad13";
    private static final BigInteger N =
            new BigInteger("FFFFFFFEFFFFFFFFFFFFFFFFFFFFFFFF7203DF6B21C6052B53BBF40939D54123", 16);
    private static final BigInteger R =
            new BigInteger("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3", 16);
    private static final BigInteger S =
            new BigInteger("B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA", 16);
    private static final byte[] MESSAGE = "message digest".getBytes(StandardCharsets.US_ASCII);

    @Test
    void standardsExample_verifies() throws Exception {
        assertThat(Sm2.verify(Sm2.publicKey(SCALAR), MESSAGE, der(R, S))).isTrue();
    }

    @Test
    void standardsScalar_givesTheStandardsPublicKey() {
        assertThat(HEX.formatHex(Sm2.publicKey(SCALAR).getEncoded()))
                .isEqualTo("3059301306072a8648ce3d020106082a811ccf5501822d03420004" + X + Y);
    }

    @Test
    void ownSignature_verifies_andNotOverAnotherMessage() {
        var value = Sm2.sign(SCALAR, MESSAGE);
        assertThat(Sm2.verify(Sm2.publicKey(SCALAR), MESSAGE, value)).isTrue();
        assertThat(Sm2.verify(Sm2.publicKey(SCALAR), new byte[0], value)).isFalse();
    }

    @Test
    void valuesOutOfRange_areRefused() throws Exception {
        var key = Sm2.publicKey(SCALAR);
        for (var bad : new BigInteger[][] {
            {BigInteger.ZERO, S},
            {R, BigInteger.ZERO},
            {R.add(N), S},
            {R, S.add(N)},
            {R.negate(), S},
            {R, N.subtract(R)}
        }) {
            assertThat(Sm2.verify(key, MESSAGE, der(bad[0], bad[1]))).isFalse();
        }
    }

    @Test
    void encodingsOtherThanMinimalDer_areRefused() throws Exception {
        var key = Sm2.publicKey(SCALAR);
        var der = der(R, S);
        assertThat(Sm2.verify(key, MESSAGE, Arrays.copyOf(der, der.length + 1))).isFalse();
        assertThat(Sm2.verify(key, MESSAGE, Arrays.copyOf(der, der.length - 1))).isFalse();
        assertThat(Sm2.verify(
                        key, MESSAGE, HEX.parseHex("3081" + HEX.formatHex(der).substring(2))))
                .isFalse(); // the length in its long form
        assertThat(Sm2.verify(
                        key,
                        MESSAGE,
                        HEX.parseHex("3047022200" + HEX.formatHex(der).substring(6))))
                .isFalse(); // r padded with another zero
        assertThat(Sm2.verify(
                        key, MESSAGE, HEX.parseHex("3080" + HEX.formatHex(der).substring(4) + "0000")))
                .isFalse(); // indefinite length
        assertThat(Sm2.verify(key, MESSAGE, new byte[0])).isFalse();
    }

    @Test
    void rawValue_isAcceptedOnlyWhereAskedFor() throws Exception {
        var key = Sm2.publicKey(SCALAR);
        var raw = HEX.parseHex(R.toString(16) + S.toString(16));
        assertThat(Sm2.verifyRaw(key, MESSAGE, raw)).isTrue();
        assertThat(Sm2.verify(key, MESSAGE, raw)).isFalse();
        assertThat(Sm2.verifyRaw(key, MESSAGE, der(R, S))).isFalse();
    }

    @Test
    void keyOnP256_isNoSm2Key() {
        var custodian = new MemoryCustodian();
        var p256 = custodian.make("p256", KeyKind.P_256);
        assertThat(Sm2.isSm2(p256.publicKey())).isFalse();
        assertThat(Sm2.verify(p256.publicKey(), MESSAGE, p256.sign(MESSAGE))).isFalse();
        assertThat(SignatureScheme.ECDSA_SHA256.verify(p256.publicKey(), MESSAGE, p256.sign(MESSAGE)))
                .isTrue();
    }

    @Test
    void everyKindOfKey_verifiesWithItsOwnSchemeOnly() {
        var custodian = new MemoryCustodian();
        for (var kind : KeyKind.values()) {
            var key = custodian.make("key-" + kind, kind);
            var value = key.sign(MESSAGE);
            for (var scheme : List.of(
                    SignatureScheme.RSA_SHA256,
                    SignatureScheme.PSS_SHA256,
                    SignatureScheme.ECDSA_SHA256,
                    SignatureScheme.SM2_SM3)) {
                assertThat(scheme.verify(key.publicKey(), MESSAGE, value))
                        .as("%s with %s", kind, scheme)
                        .isEqualTo(scheme.jcaName().equals(kind.suite().jcaName()));
            }
        }
    }

    @Test
    void sm3_givesTheStandardsDigests() {
        assertThat(HEX.formatHex(Cryptography.sm3("abc".getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0");
        assertThat(HEX.formatHex(Cryptography.sm3("abcd".repeat(16).getBytes(StandardCharsets.US_ASCII))))
                .isEqualTo("debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732");
        assertThat(HEX.formatHex(Cryptography.sm3(new byte[0])))
                .isEqualTo("1ab21d8355cfa17f8e61194831e81a8f22bec8c728fefb747ed035eb5082aa2b");
    }

    private static byte[] der(BigInteger r, BigInteger s) throws Exception {
        var values = new ASN1EncodableVector();
        values.add(new ASN1Integer(r));
        values.add(new ASN1Integer(s));
        return new DERSequence(values).getEncoded();
    }
}
