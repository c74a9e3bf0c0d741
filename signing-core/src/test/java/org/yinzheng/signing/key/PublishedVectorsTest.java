package org.yinzheng.signing.key;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yinzheng.signing.key.SignatureScheme.Family;

/// Keys, messages and values as the standards print them. SM2's are in [Sm2Test].
class PublishedVectorsTest {
    private static final HexFormat HEX = HexFormat.of();
    /// SubjectPublicKeyInfo of RFC 8410 up to the key.
    private static final String ED25519_INFO = "302a300506032b6570032100";

    private static final String ED448_INFO = "3043300506032b6571033a00";

    @ParameterizedTest(name = "RFC 8032 §7.1 test {0}")
    @CsvSource({
        "1, d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a, '',"
                + " e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b",
        "2, 3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c, 72,"
                + " 92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00",
        "3, fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025, af82,"
                + " 6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    })
    void ed25519_verifies_andNotWhenChanged(int number, String key, String message, String value)
            throws GeneralSecurityException {
        check(
                new SignatureScheme(Family.ED25519, "SHA-512"),
                edwards(ED25519_INFO + key),
                HEX.parseHex(message),
                HEX.parseHex(value));
    }

    @Test
    void ed448_ofRfc8032_blank_verifies() throws GeneralSecurityException {
        check(
                new SignatureScheme(Family.ED448, "SHAKE256-512"),
                edwards(ED448_INFO
                        + "5fd7449b59b461fd2ce787ec616ad46a1da1342485a70e1f8a0ea75d80e96778edf124769b46c7061bd6783df1e50f6c"
                        + "d1fa1abeafe8256180"),
                new byte[0],
                HEX.parseHex(
                        "533a37f6bbe457251f023c0d88f976ae2dfb504a843e34d2074fd823d41a591f2b233f034f628281f2fd7a22ddd47d78"
                                + "28c59bd0a21bfd3980ff0d2028d4b18a9df63e006c5d1c2d345b925d8dc00b4104852db99ac5c7cdda8530a113a0f4db"
                                + "b61149f05a7363268c71d95808ff2e652600"));
    }

    @ParameterizedTest(name = "RFC 6979 §A.2.5, {0} over {1}")
    @CsvSource({
        "SHA-1, sample, 61340C88C3AAEBEB4F6D667F672CA9759A6CCAA9FA8811313039EE4A35471D32,"
                + " 6D7F147DAC089441BB2E2FE8F7A3FA264B9C475098FDCF6E00D7C996E1B8B7EB",
        "SHA-256, sample, EFD48B2AACB6A8FD1140DD9CD45E81D69D2C877B56AAF991C34D0EA84EAF3716,"
                + " F7CB1C942D657C41D436C7A1B6E29F65F3E900DBB9AFF4064DC4AB2F843ACDA8",
        "SHA-512, sample, 8496A60B5E9B47C825488827E0495B0E3FA109EC4568FD3F8D1097678EB97F00,"
                + " 2362AB1ADBE2B8ADF9CB9EDAB740EA6049C028114F2460F96554F61FAE3302FE",
        "SHA-256, test, F1ABB023518351CD71D881567B1EA663ED3EFCF6C5132B354F28D3B0B7D38367,"
                + " 019F4113742A2B14BD25926B49C649155F267E60D3814B4C0CC84250E46F0083"
    })
    void ecdsaOnP256_verifies_andNotWhenChanged(String digest, String message, String r, String s)
            throws GeneralSecurityException {
        check(
                new SignatureScheme(Family.ECDSA, digest),
                p256(
                        "60FED4BA255A9D31C961EB74C6356D68C049B8923B61FA6CE669622E60F29FB6",
                        "7903FE1008B8BC99A41AE9E95628BC64F2F1B20C2D7E9F5177A3C294D4462299"),
                message.getBytes(US_ASCII),
                DsaValue.der(HEX.parseHex(r + s)));
    }

    @ParameterizedTest(name = "GB/T 32905 A.{0}")
    @CsvSource({
        "1, abc, 66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0",
        "2, abcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcdabcd,"
                + " debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    })
    void sm3_isAsTheStandardPrintsIt(int number, String message, String digest) {
        assertThat(HEX.formatHex(Cryptography.sm3(message.getBytes(US_ASCII)))).isEqualTo(digest);
    }

    private static void check(SignatureScheme scheme, PublicKey key, byte[] message, byte[] value) {
        assertThat(scheme.verify(key, message, value)).isTrue();
        var other = new byte[message.length + 1];
        System.arraycopy(message, 0, other, 0, message.length);
        assertThat(scheme.verify(key, other, value)).isFalse();
        var changed = value.clone();
        changed[changed.length - 2] ^= 1;
        assertThat(scheme.verify(key, message, changed)).isFalse();
    }

    private static PublicKey edwards(String info) throws GeneralSecurityException {
        return KeyFactory.getInstance("EdDSA").generatePublic(new X509EncodedKeySpec(HEX.parseHex(info)));
    }

    private static PublicKey p256(String x, String y) throws GeneralSecurityException {
        var parameters = AlgorithmParameters.getInstance("EC");
        parameters.init(new ECGenParameterSpec("secp256r1"));
        var point = new ECPoint(new BigInteger(x, 16), new BigInteger(y, 16));
        return KeyFactory.getInstance("EC")
                .generatePublic(new ECPublicKeySpec(point, parameters.getParameterSpec(ECParameterSpec.class)));
    }
}
