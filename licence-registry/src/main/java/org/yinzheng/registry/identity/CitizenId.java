package org.yinzheng.registry.identity;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A citizen's 18-character identity number (GB 11643-1999). Holding one means that its form, its date of
/// birth and its check character have been verified; not that it has been given to anybody.
public record CitizenId(String value) implements HolderId {
    private static final Pattern FORM = Pattern.compile("[1-9][0-9]{16}[0-9X]");
    private static final int FIRST_YEAR = 1850;

    public CitizenId {
        var problem = problem(value);
        if (problem != null) {
            throw problem.at("");
        }
    }

    public static CitizenId of(String field, String value) {
        var problem = problem(value);
        if (problem != null) {
            throw problem.at(field);
        }
        return new CitizenId(value);
    }

    public LocalDate birthDate() {
        return birthDate(value);
    }

    @Override
    public HolderKind kind() {
        return HolderKind.CITIZEN_ID;
    }

    /// Three digits of the division and the check character: `110**************X`.
    @Override
    public String toString() {
        return Mask.number(value);
    }

    static @Nullable Rule problem(String value) {
        if (!FORM.matcher(value).matches()) {
            return new Rule("form", "a citizen identity number is 17 digits and a digit or X (GB 11643)");
        }
        try {
            if (birthDate(value).getYear() < FIRST_YEAR) {
                return new Rule("birth-date", "the citizen identity number holds an impossible date of birth");
            }
        } catch (DateTimeException impossible) {
            return new Rule("birth-date", "the citizen identity number holds a date of birth that is no date");
        }
        if (CheckCharacters.citizen(value) != value.charAt(17)) {
            return new Rule("check-digit", "the citizen identity number fails its check character (GB 11643)");
        }
        return null;
    }

    private static LocalDate birthDate(String value) {
        return LocalDate.of(
                Integer.parseInt(value.substring(6, 10)),
                Integer.parseInt(value.substring(10, 12)),
                Integer.parseInt(value.substring(12, 14)));
    }
}
