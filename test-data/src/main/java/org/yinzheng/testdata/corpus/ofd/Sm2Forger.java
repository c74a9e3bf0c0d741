package org.yinzheng.testdata.corpus.ofd;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.crypto.CryptoException;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithID;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.SM2Signer;
import org.bouncycastle.util.BigIntegers;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Sm2;

/// SM2 signature values that a verifier must not take, and those in other encodings.
final class Sm2Forger {
    private static final ECDomainParameters CURVE = new ECDomainParameters(CustomNamedCurves.getByName("sm2p256v1"));

    private Sm2Forger() {}

    static byte[] under(String userId, BigInteger scalar, byte[] message) {
        var signer = new SM2Signer();
        signer.init(
                true,
                new ParametersWithID(
                        new ParametersWithRandom(new ECPrivateKeyParameters(scalar, CURVE)),
                        userId.getBytes(StandardCharsets.US_ASCII)));
        signer.update(message, 0, message.length);
        try {
            return signer.generateSignature();
        } catch (CryptoException e) {
            throw new AssertionError("signing in memory does not fail", e);
        }
    }

    /// Over SM3 of the message alone, without Z.
    static byte[] withoutZ(BigInteger scalar, byte[] message) {
        var n = CURVE.getN();
        var e = new BigInteger(1, Cryptography.sm3(message));
        var k = Sm2.newScalar();
        var r = CURVE.getG()
                .multiply(k)
                .normalize()
                .getAffineXCoord()
                .toBigInteger()
                .add(e)
                .mod(n);
        var s = scalar.add(BigInteger.ONE)
                .modInverse(n)
                .multiply(k.subtract(r.multiply(scalar)))
                .mod(n);
        return der(r, s);
    }

    static BigInteger n() {
        return CURVE.getN();
    }

    static BigInteger r(byte[] der) {
        return number(der, 0);
    }

    static BigInteger s(byte[] der) {
        return number(der, 1);
    }

    private static BigInteger number(byte[] der, int index) {
        return ASN1Integer.getInstance(ASN1Sequence.getInstance(der).getObjectAt(index))
                .getValue();
    }

    static byte[] der(BigInteger... numbers) {
        return Ses.bytes(
                Ses.sequence(Arrays.stream(numbers).map(ASN1Integer::new).toArray(ASN1Integer[]::new)));
    }

    static byte[] raw(byte[] der) {
        var raw = Arrays.copyOf(BigIntegers.asUnsignedByteArray(32, r(der)), 64);
        System.arraycopy(BigIntegers.asUnsignedByteArray(32, s(der)), 0, raw, 32, 32);
        return raw;
    }

    /// SEQUENCE of the two numbers, each given as the content of its INTEGER.
    static byte[] of(byte[] first, byte[] second) {
        var value = new byte[6 + first.length + second.length];
        value[0] = 0x30;
        value[1] = (byte) (4 + first.length + second.length);
        value[2] = 2;
        value[3] = (byte) first.length;
        System.arraycopy(first, 0, value, 4, first.length);
        value[4 + first.length] = 2;
        value[5 + first.length] = (byte) second.length;
        System.arraycopy(second, 0, value, 6 + first.length, second.length);
        return value;
    }

    /// With a zero in front that is not needed.
    static byte[] padded(byte[] der) {
        var first = r(der).toByteArray();
        var longer = new byte[first.length + 1];
        System.arraycopy(first, 0, longer, 1, first.length);
        return of(longer, s(der).toByteArray());
    }

    /// Without the zero that keeps a number from being negative.
    static byte[] negative(byte[] der) {
        var first = BigIntegers.asUnsignedByteArray(32, r(der));
        first[0] |= (byte) 0x80;
        return of(first, BigIntegers.asUnsignedByteArray(32, s(der)));
    }
}
