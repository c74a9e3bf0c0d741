package org.yinzheng.signing.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPrivateKey;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.Date;
import java.util.HexFormat;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSString;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;

/// Bare PKCS #1 values (adbe.x509.rsa_sha1) and their paddings, RFC 8017 §9.2.
class RsaValueTest {
    private static final Ages AGES = new Ages();
    private static final KeyPair USUAL = pair(RSAKeyGenParameterSpec.F4);
    private static final KeyPair CUBED = pair(BigInteger.valueOf(3));
    private static final String SHA_1 = "3021300906052b0e03021a05000414";
    private static final String SHA_1_WITHOUT_NULL = "301f300706052b0e03021a0414";
    private static final String SHA_256 = "3031300d060960864801650304020105000420";
    private static final int LENGTH = 256;

    @Test
    void valueOfAProgramOfThatTime_isIntactAndWeak() {
        for (var info : new String[] {SHA_1, SHA_1_WITHOUT_NULL}) {
            var report = judged(USUAL, digest -> raw(USUAL, padded(info, digest)), "SHA-1");
            assertThat(report.integrity()).as("%s", Ages.checks(report)).isEqualTo(Integrity.INTACT);
            assertThat(report.reasons()).contains(Gap.ALGORITHM_WEAK).noneMatch(Flaw.class::isInstance);
        }
    }

    @Test
    void valueWithALaterDigest_isIntact() {
        var report = judged(CUBED, digest -> raw(CUBED, padded(SHA_256, digest)), "SHA-256");
        assertThat(report.integrity()).as("%s", Ages.checks(report)).isEqualTo(Integrity.INTACT);
        assertThat(report.reasons()).noneMatch(Flaw.class::isInstance);
    }

    @Test
    void garbageBehindTheDigest_doesNotVerify() {
        assertRefused(judged(USUAL, digest -> raw(USUAL, withGarbage(SHA_1, digest)), "SHA-1"));
    }

    /// Bleichenbacher, 2006: made without the private key.
    @Test
    void cubeRootOfAPaddingWithGarbage_doesNotVerify() {
        var report = judged(CUBED, digest -> forged(withGarbage(SHA_1, digest)), "SHA-1");
        assertRefused(report);
        assertRefused(judged(CUBED, digest -> forged(withGarbage(SHA_256, digest)), "SHA-256"));
    }

    @Test
    void shortOrMissingPadding_doesNotVerify() {
        assertRefused(judged(USUAL, digest -> raw(USUAL, digest), "SHA-1"));
        assertRefused(judged(
                USUAL,
                digest -> {
                    var block = padded(SHA_1, digest);
                    block[10] = 0;
                    return raw(USUAL, block);
                },
                "SHA-1"));
        assertRefused(judged(
                USUAL,
                digest -> {
                    var block = padded(SHA_1, digest);
                    block[1] = 2;
                    return raw(USUAL, block);
                },
                "SHA-1"));
    }

    @Test
    void digestInfoWithParametersOfAnotherKind_doesNotVerify() {
        assertRefused(
                judged(USUAL, digest -> raw(USUAL, padded("3023300b06052b0e03021a040200000414", digest)), "SHA-1"));
    }

    private interface Value {
        byte[] of(byte[] digest);
    }

    private static Report.Judged judged(KeyPair pair, Value value, String digest) {
        var pdf = new PdfBoxPades(AGES)
                .document(document -> document.getSignatureDictionaries()
                        .getLast()
                        .getCOSObject()
                        .setItem(COSName.getPDFName("Cert"), new COSString(certificate(pair))))
                .value(
                        "adbe.x509.rsa_sha1",
                        bytes -> octets(value.of(Cryptography.digest(digest).digest(bytes))))
                .signed(Samples.page(false));
        return (Report.Judged) AGES.verify(pdf);
    }

    private static void assertRefused(Report.Judged report) {
        assertThat(report.reasons()).as("%s", Ages.checks(report)).contains(Flaw.SIG_CRYPTO_FAILURE);
        assertThat(report.integrity()).isEqualTo(Integrity.MODIFIED);
    }

    private static byte[] padded(String info, byte[] digest) {
        var block = new byte[LENGTH];
        Arrays.fill(block, (byte) 0xff);
        block[0] = 0;
        block[1] = 1;
        var prefix = HexFormat.of().parseHex(info);
        int at = LENGTH - digest.length - prefix.length;
        block[at - 1] = 0;
        System.arraycopy(prefix, 0, block, at, prefix.length);
        System.arraycopy(digest, 0, block, at + prefix.length, digest.length);
        return block;
    }

    /// Eight bytes of padding, the digest, and zeros.
    private static byte[] withGarbage(String info, byte[] digest) {
        var block = new ByteArrayOutputStream();
        block.writeBytes(HexFormat.of().parseHex("0001ffffffffffffffff00" + info));
        block.writeBytes(digest);
        return Arrays.copyOf(block.toByteArray(), LENGTH);
    }

    private static byte[] raw(KeyPair pair, byte[] block) {
        var key = (RSAPrivateKey) pair.getPrivate();
        return fixed(new BigInteger(1, block).modPow(key.getPrivateExponent(), key.getModulus()));
    }

    /// A number whose cube begins like the block, which needs no key.
    private static byte[] forged(byte[] block) {
        var wanted = new BigInteger(1, block);
        var root = BigInteger.ZERO;
        for (int bit = LENGTH * 8 / 3; bit >= 0; bit--) {
            var next = root.setBit(bit);
            root = next.pow(3).compareTo(wanted) <= 0 ? next : root;
        }
        var forged = root.add(BigInteger.ONE);
        assertThat(Arrays.copyOf(fixed(forged.pow(3)), 64)).isEqualTo(Arrays.copyOf(block, 64));
        return fixed(forged);
    }

    private static byte[] fixed(BigInteger number) {
        var bytes = number.toByteArray();
        var block = new byte[LENGTH];
        int length = Math.min(bytes.length, LENGTH);
        System.arraycopy(bytes, bytes.length - length, block, LENGTH - length, length);
        return block;
    }

    private static byte[] octets(byte[] value) {
        try {
            return new DEROctetString(value).getEncoded();
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private static KeyPair pair(BigInteger exponent) {
        try {
            var generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(new RSAKeyGenParameterSpec(LENGTH * 8, exponent));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    @SuppressWarnings("JavaUtilDate") // what Bouncy Castle takes
    private static byte[] certificate(KeyPair pair) {
        var name = new X500Name("CN=an old program");
        try {
            return new JcaX509v3CertificateBuilder(
                            name,
                            BigInteger.ONE,
                            Date.from(AGES.now().minusSeconds(9)),
                            Date.from(AGES.now().plusSeconds(9)),
                            name,
                            pair.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withRSA").build(pair.getPrivate()))
                    .getEncoded();
        } catch (OperatorCreationException | java.io.IOException e) {
            throw new AssertionError(e);
        }
    }
}
