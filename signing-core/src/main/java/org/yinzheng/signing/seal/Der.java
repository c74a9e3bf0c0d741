package org.yinzheng.signing.seal;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.BERTags;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.cms.Ber;

/// One element of a DER encoding, in place. A signature is over the bytes that arrived, not over what
/// encoding them again would give, so nothing here encodes: real seals write `FALSE` out, which DER forbids.
/// Lengths are definite, minimal and inside the parent; nothing may be left over.
final class Der {
    static final int CONTEXT_0 = BERTags.CONTEXT_SPECIFIC | BERTags.CONSTRUCTED;
    static final int SEQUENCE = BERTags.SEQUENCE | BERTags.CONSTRUCTED;

    private static final int MOST_CHILDREN = 20_000;
    private static final int LARGEST_CERTIFICATE = 64 << 10;
    // without seconds, or with fractions, or without a zone: all are met
    private static final DateTimeFormatter TIME = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendValue(ChronoField.MONTH_OF_YEAR, 2)
            .appendValue(ChronoField.DAY_OF_MONTH, 2)
            .appendValue(ChronoField.HOUR_OF_DAY, 2)
            .appendValue(ChronoField.MINUTE_OF_HOUR, 2)
            .optionalStart()
            .appendValue(ChronoField.SECOND_OF_MINUTE, 2)
            .optionalEnd()
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHMM", "Z")
            .optionalEnd()
            .toFormatter();

    private final byte[] bytes;
    private final int tag;
    private final int start;
    private final int content;
    private final int end;
    private final String name;

    private Der(byte[] bytes, int start, int limit, String name) {
        this.bytes = bytes;
        this.start = start;
        this.name = name;
        if (limit - start < 2) {
            throw broken("ends too early");
        }
        this.tag = bytes[start] & 0xff;
        if ((tag & 0x1f) == 0x1f) {
            throw broken("has a tag of several bytes");
        }
        int first = bytes[start + 1] & 0xff;
        int lengthBytes = first < 0x80 ? 0 : first & 0x7f;
        if (first == 0x80 || lengthBytes > 4 || limit - start - 2 < lengthBytes) {
            throw broken("has a length that DER does not allow");
        }
        long length = first;
        if (lengthBytes > 0) {
            length = 0;
            for (int i = 0; i < lengthBytes; i++) {
                length = (length << 8) | (bytes[start + 2 + i] & 0xff);
            }
            if (length < 0x80 || length >>> (8 * (lengthBytes - 1)) == 0) {
                throw broken("has a length that is not minimal");
            }
        }
        this.content = start + 2 + lengthBytes;
        if (length > limit - content) {
            throw broken("is longer than what holds it");
        }
        this.end = content + (int) length;
    }

    /// Reads one element that fills `bytes` to the last one.
    static Der whole(byte[] bytes, String name) {
        var element = new Der(bytes, 0, bytes.length, name);
        if (element.end != bytes.length) {
            throw element.broken("is followed by other bytes");
        }
        return element;
    }

    boolean is(int expected) {
        return tag == expected;
    }

    /// The elements of a SEQUENCE, or what an explicit tag holds.
    List<Der> children(int expectedTag) {
        expect(expectedTag);
        var children = new ArrayList<Der>();
        for (int at = content; at < end; at = children.getLast().end) {
            if (children.size() == MOST_CHILDREN) {
                throw broken("has more than " + MOST_CHILDREN + " elements");
            }
            children.add(new Der(bytes, at, end, name + "[" + children.size() + "]"));
        }
        return children;
    }

    List<Der> sequence(int atLeast, int atMost) {
        var children = children(SEQUENCE);
        if (children.size() < atLeast || children.size() > atMost) {
            throw broken("has " + children.size() + " elements");
        }
        return children;
    }

    DocumentBytes raw() {
        return DocumentBytes.owning(Arrays.copyOfRange(bytes, start, end));
    }

    byte[] octets() {
        expect(BERTags.OCTET_STRING);
        return value();
    }

    /// A BIT STRING of whole bytes.
    byte[] bits() {
        expect(BERTags.BIT_STRING);
        if (content == end || bytes[content] != 0) {
            throw broken("is not a BIT STRING of whole bytes");
        }
        return Arrays.copyOfRange(bytes, content + 1, end);
    }

    int smallNumber() {
        expect(BERTags.INTEGER);
        boolean padded = end - content > 1 && (bytes[content] == 0 && bytes[content + 1] >= 0);
        if (content == end || padded || end - content > 4 || bytes[content] < 0) {
            throw broken("is not a small number of minimal length");
        }
        return new BigInteger(value()).intValueExact();
    }

    /// A number of minimal length that is not negative.
    BigInteger natural() {
        expect(BERTags.INTEGER);
        if (content == end
                || bytes[content] < 0
                || (end - content > 1 && bytes[content] == 0 && bytes[content + 1] >= 0)) {
            throw broken("is not a natural number of minimal length");
        }
        return new BigInteger(value());
    }

    /// An OCTET STRING that holds a certificate.
    ///
    /// @throws InvalidInput `asn1`, `certificate-form`
    X509Certificate certificate() {
        var held = octets();
        if (held.length > LARGEST_CERTIFICATE) {
            throw broken("is larger than any certificate");
        }
        try {
            Ber.parse(held); // not too deep for a parser that descends
        } catch (Ber.Malformed e) {
            throw broken("holds no certificate", e);
        }
        return Certificates.parse(held);
    }

    String ia5() {
        expect(BERTags.IA5_STRING);
        return ascii();
    }

    String printable() {
        expect(BERTags.PRINTABLE_STRING);
        return ascii();
    }

    String utf8() {
        expect(BERTags.UTF8_STRING);
        var text = new String(value(), StandardCharsets.UTF_8);
        if (!Arrays.equals(text.getBytes(StandardCharsets.UTF_8), value())) {
            throw broken("is not UTF-8");
        }
        return text;
    }

    String objectIdentifier() {
        expect(BERTags.OBJECT_IDENTIFIER);
        try {
            return ASN1ObjectIdentifier.fromContents(value()).getId();
        } catch (IllegalArgumentException e) {
            throw broken("is not an object identifier", e);
        }
    }

    boolean truth() {
        expect(BERTags.BOOLEAN);
        if (end - content != 1) {
            throw broken("is not a BOOLEAN");
        }
        return bytes[content] != 0;
    }

    /// @param instant Beijing's when the element names no zone
    record Time(Instant instant, boolean zoned) {}

    Time generalizedTime() {
        expect(BERTags.GENERALIZED_TIME);
        return time(ascii());
    }

    /// Of the years 1950 to 2049, as in X.509.
    Time utcTime() {
        expect(BERTags.UTC_TIME);
        var text = ascii();
        return time((text.compareTo("50") < 0 ? "20" : "19") + text);
    }

    private Time time(String text) {
        try {
            var parsed = TIME.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
            return parsed instanceof OffsetDateTime known
                    ? new Time(known.toInstant(), true)
                    : new Time(LocalDateTime.from(parsed).toInstant(ZoneOffset.ofHours(8)), false);
        } catch (DateTimeException e) {
            throw broken("is not a time", e);
        }
    }

    InvalidInput broken(String what) {
        return new InvalidInput("asn1", name, "the element " + what);
    }

    private InvalidInput broken(String what, Exception cause) {
        var broken = broken(what);
        broken.initCause(cause);
        return broken;
    }

    private String ascii() {
        for (int i = content; i < end; i++) {
            if (bytes[i] < 0x20) {
                throw broken("has a character that does not print");
            }
        }
        return new String(value(), StandardCharsets.US_ASCII);
    }

    private byte[] value() {
        return Arrays.copyOfRange(bytes, content, end);
    }

    private void expect(int expectedTag) {
        if (tag != expectedTag) {
            throw broken("has tag " + tag + " where " + expectedTag + " is expected");
        }
    }
}
