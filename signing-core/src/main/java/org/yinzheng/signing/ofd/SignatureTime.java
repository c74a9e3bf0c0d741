package org.yinzheng.signing.ofd;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.util.Optional;

/// SignatureDateTime in the forms that are met: `20201010065841.923Z`, `20200620091849Z`, `20221031141634`,
/// `2020-10-10 06:58:41`, `2020-10-10T06:58:41+08:00`. Without a zone it is Beijing's.
final class SignatureTime {
    private static final ZoneOffset BEIJING = ZoneOffset.ofHours(8);
    private static final DateTimeFormatter FORM = new DateTimeFormatterBuilder()
            .appendValue(ChronoField.YEAR, 4)
            .appendPattern("MMddHHmmss")
            .optionalStart()
            .appendFraction(ChronoField.NANO_OF_SECOND, 1, 9, true)
            .optionalEnd()
            .optionalStart()
            .appendOffset("+HHmm", "Z")
            .optionalEnd()
            .toFormatter();

    private SignatureTime() {}

    static Optional<Instant> read(String text) {
        var plain = text.strip();
        if (plain.length() > 40 || plain.length() < 14) {
            return Optional.empty();
        }
        // the separators of ISO 8601, but not the sign of a zone
        var digits = plain.substring(0, 10).replace("-", "").replace("/", "")
                + plain.substring(10).replace(":", "").replace("T", "").replace(" ", "");
        try {
            var parsed = FORM.parseBest(digits, OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    parsed instanceof OffsetDateTime known
                            ? known.toInstant()
                            : LocalDateTime.from(parsed).toInstant(BEIJING));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }
}
