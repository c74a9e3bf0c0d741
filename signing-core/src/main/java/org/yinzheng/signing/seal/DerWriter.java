package org.yinzheng.signing.seal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERGeneralizedTime;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERUTF8String;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;

/// The few things of Bouncy Castle's ASN.1 that making seals and stamps needs.
final class DerWriter {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuuMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private DerWriter() {}

    static DERSequence sequence(ASN1Encodable... elements) {
        return new DERSequence(elements);
    }

    /// @throws InvalidInput `not-ascii`
    static DERIA5String ia5(String field, String text) {
        if (!text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)) {
            throw new InvalidInput("not-ascii", field, "only printable ASCII is allowed here");
        }
        return new DERIA5String(text);
    }

    static DERUTF8String utf8(String text) {
        return new DERUTF8String(text);
    }

    static DERBitString bits(byte[] bytes) {
        return new DERBitString(bytes);
    }

    /// UTC to the second, as seals in the field have it.
    static ASN1GeneralizedTime time(Instant time) {
        return new DERGeneralizedTime(TIME.format(time));
    }

    /// An element that is already encoded, taken over byte for byte.
    static ASN1Primitive encoded(DocumentBytes der) {
        try {
            return ASN1Primitive.fromByteArray(der.toByteArray());
        } catch (IOException e) {
            throw new AssertionError("read by our own reader before", e);
        }
    }

    /// A SEQUENCE of elements that stand somewhere else, byte for byte as they are there.
    static DocumentBytes sequenceOf(DocumentBytes... elements) {
        var content = new ByteArrayOutputStream();
        for (var element : elements) {
            content.writeBytes(element.toByteArray());
        }
        var sequence = new ByteArrayOutputStream();
        sequence.write(Der.SEQUENCE);
        if (content.size() < 0x80) {
            sequence.write(content.size());
        } else {
            var length = BigInteger.valueOf(content.size()).toByteArray();
            int leadingZero = length[0] == 0 ? 1 : 0;
            sequence.write(0x80 | (length.length - leadingZero));
            sequence.write(length, leadingZero, length.length - leadingZero);
        }
        sequence.writeBytes(content.toByteArray());
        return DocumentBytes.owning(sequence.toByteArray());
    }

    static byte[] bytes(ASN1Encodable element) {
        try {
            return element.toASN1Primitive().getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new AssertionError("an encoding in memory does not fail", e);
        }
    }
}
