package org.yinzheng.signing.key;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.util.BigIntegers;

/// The two encodings of an ECDSA or SM2 signature: DER in X.509 and CMS, r‖s in XMLDSig and JWS.
public final class DsaValue {
    /// Of two numbers on P-521.
    private static final int LONGEST = 2 * 66;

    private DsaValue() {}

    /// @param der as our keys give it for a curve of 256 bits
    public static byte[] raw(byte[] der) {
        var pair = ASN1Sequence.getInstance(der);
        var raw = new byte[64];
        for (int i = 0; i < 2; i++) {
            var number = ASN1Integer.getInstance(pair.getObjectAt(i)).getPositiveValue();
            System.arraycopy(BigIntegers.asUnsignedByteArray(32, number), 0, raw, 32 * i, 32);
        }
        return raw;
    }

    /// @param raw two numbers of the same length, whatever that is: somebody else's
    public static Optional<byte[]> fromRaw(byte[] raw) {
        return raw.length == 0 || raw.length % 2 != 0 || raw.length > LONGEST
                ? Optional.empty()
                : Optional.of(der(raw));
    }

    /// @param raw two numbers of the same length
    public static byte[] der(byte[] raw) {
        int half = raw.length / 2;
        var r = new BigInteger(1, Arrays.copyOfRange(raw, 0, half));
        var s = new BigInteger(1, Arrays.copyOfRange(raw, half, raw.length));
        try {
            return new DERSequence(new ASN1Integer[] {new ASN1Integer(r), new ASN1Integer(s)})
                    .getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new AssertionError("two numbers can be encoded", e);
        }
    }
}
