package org.yinzheng.registry.conversion.index;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;

/// Dates as operators write them: 2026-11-21, 2026/11/21, 20261121, 2026年11月21日.
public final class Dates {
    private static final Pattern FORM = Pattern.compile("([0-9]{4})(?:-([0-9]{1,2})-([0-9]{1,2})"
            + "|/([0-9]{1,2})/([0-9]{1,2})"
            + "|([0-9]{2})([0-9]{2})"
            + "|年([0-9]{1,2})月([0-9]{1,2})日)");
    private static final int FIRST_YEAR = 1850;

    private Dates() {}

    /// @return nothing when the text is no date, or one that does not exist
    public static Optional<LocalDate> parse(String text) {
        var matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int group = 2;
        while (matcher.group(group) == null) {
            group += 2;
        }
        try {
            return Optional.of(LocalDate.of(
                            Integer.parseInt(matcher.group(1)),
                            Integer.parseInt(matcher.group(group)),
                            Integer.parseInt(matcher.group(group + 1))))
                    .filter(date -> date.getYear() >= FIRST_YEAR);
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }
}
