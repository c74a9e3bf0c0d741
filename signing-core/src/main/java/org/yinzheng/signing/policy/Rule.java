package org.yinzheng.signing.policy;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yinzheng.signing.InvalidInput;

/// One line of the policy.
///
/// @param bits the shortest key that it is about; 0 for what has no length
/// @param last the last safe day, UTC; empty while none is announced
record Rule(Kind kind, String name, int bits, Optional<LocalDate> last, String source) {
    /// What a line is about.
    enum Kind {
        DIGEST,
        SIGNATURE,
        KEY
    }

    private static final Pattern LENGTH = Pattern.compile("(RSA|DSA) ([1-9][0-9]{1,4})");

    /// @throws InvalidInput `policy-form`
    static Rule parse(String line, int number) {
        var columns = Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
        if (columns.size() != 5 || columns.stream().anyMatch(String::isEmpty)) {
            throw fault(number, "kind | name | last safe day or open | why | source");
        }
        var kind = kind(columns.get(0), number);
        var length = LENGTH.matcher(columns.get(1));
        var isLength = length.matches();
        if (isLength ? kind != Kind.KEY : kind == Kind.KEY && columns.get(1).matches("RSA|DSA")) {
            throw fault(number, "RSA and DSA keys, and they alone, are named with their length: RSA 2048");
        }
        return new Rule(
                kind,
                isLength ? length.group(1) : columns.get(1),
                isLength ? Integer.parseInt(length.group(2)) : 0,
                day(columns.get(2), number),
                columns.get(4));
    }

    boolean isAboutTheSame(Rule other) {
        return kind == other.kind && name.equals(other.name) && bits == other.bits;
    }

    boolean isSafe(Instant at) {
        return last.isEmpty()
                || at.isBefore(
                        last.get().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant());
    }

    String end() {
        return last.map(LocalDate::toString).orElse("open");
    }

    private static Kind kind(String word, int number) {
        return Arrays.stream(Kind.values())
                .filter(kind -> kind.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> fault(number, "begins with digest, signature or key"));
    }

    private static Optional<LocalDate> day(String word, int number) {
        try {
            return word.equals("open") ? Optional.empty() : Optional.of(LocalDate.parse(word));
        } catch (DateTimeParseException e) {
            throw fault(number, "the last safe day as 2013-12-31, or open");
        }
    }

    private static InvalidInput fault(int number, String rule) {
        return new InvalidInput("policy-form", "line " + number, rule);
    }
}
