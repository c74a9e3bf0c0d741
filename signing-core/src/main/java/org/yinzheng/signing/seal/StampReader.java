package org.yinzheng.signing.seal;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.BERTags;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.time.TimestampToken;

/// The grammars of SES_Signature, one for each version: the seal inside says which.
final class StampReader {
    private static final DateTimeFormatter LOCAL_TEXT =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.ofHours(8));

    private final Lenience lenience = new Lenience();

    private StampReader() {}

    static Stamp read(Der stamp) {
        var parts = stamp.sequence(2, 5);
        var toSign = parts.getFirst().sequence(5, 7);
        var seal = SealReader.read(toSign.get(1));
        // Numbers 1 and 11 are one version.
        int version = toSign.getFirst().smallNumber();
        if (version != seal.version() && !(version == 11 && seal.version() == Seal.V1)) {
            throw toSign.getFirst().broken("is not the version of the seal");
        }
        return seal.version() == Seal.V1
                ? new StampReader().readV1(seal, stamp.sequence(2, 2))
                : new StampReader().readFlat(seal, stamp.sequence(4, 5));
    }

    private Stamp readV1(Seal seal, List<Der> parts) {
        var toSign = parts.getFirst().sequence(7, 7);
        var time = timeV1(toSign.get(2));
        return new Stamp(
                seal,
                time.claimed(),
                DocumentBytes.owning(lenience.bits(toSign.get(3))),
                toSign.get(4).ia5(),
                new Seal.Proof(
                        toSign.get(5).certificate(),
                        toSign.get(6).objectIdentifier(),
                        parts.get(0).raw(),
                        DocumentBytes.owning(lenience.bits(parts.get(1)))),
                time.token(),
                lenience.deviations());
    }

    private Stamp readFlat(Seal seal, List<Der> parts) {
        var toSign = parts.getFirst().sequence(5, 6);
        if (toSign.size() == 6) {
            SealReader.extensions(SealReader.only(toSign.get(5)));
        }
        return new Stamp(
                seal,
                lenience.time(toSign.get(2), seal.version()),
                DocumentBytes.owning(lenience.bits(toSign.get(3))),
                toSign.get(4).ia5(),
                new Seal.Proof(
                        parts.get(1).certificate(),
                        parts.get(2).objectIdentifier(),
                        parts.get(0).raw(),
                        DocumentBytes.owning(lenience.bits(parts.get(3)))),
                parts.size() == 5 ? Optional.of(SealReader.timestamp(parts.get(4))) : Optional.empty(),
                lenience.deviations());
    }

    private record TimeV1(Instant claimed, Optional<DocumentBytes> token) {}

    /// A BIT STRING that holds a UTCTime or a timestamp token; text in Beijing time is met too.
    private TimeV1 timeV1(Der element) {
        if (!element.is(BERTags.BIT_STRING)) {
            lenience.note("a time in place of the BIT STRING that holds one");
            return new TimeV1(lenience.time(element, Seal.V1), Optional.empty());
        }
        var held = element.bits();
        if (held.length > 0 && held[0] == Der.SEQUENCE) {
            return new TimeV1(tokenTime(held, element), Optional.of(DocumentBytes.owning(held)));
        }
        if (held.length > 0 && (held[0] == BERTags.UTC_TIME || held[0] == BERTags.GENERALIZED_TIME)) {
            return new TimeV1(lenience.time(Der.whole(held, "timeInfo"), Seal.V1), Optional.empty());
        }
        lenience.note("text in place of a UTCTime");
        try {
            var local = LocalDateTime.parse(new String(held, StandardCharsets.US_ASCII), LOCAL_TEXT);
            return new TimeV1(local.toInstant(ZoneOffset.ofHours(8)), Optional.empty());
        } catch (DateTimeException e) {
            throw element.broken("holds no time");
        }
    }

    private static Instant tokenTime(byte[] token, Der element) {
        try {
            return TimestampToken.parse(DocumentBytes.of(token)).time();
        } catch (InvalidInput e) {
            throw element.broken("holds no timestamp token");
        }
    }
}
