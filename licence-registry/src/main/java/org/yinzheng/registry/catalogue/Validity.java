package org.yinzheng.registry.catalogue;

import java.time.LocalDate;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;

/// How long licences of a type are in force.
///
/// @param years whole years from the first day; absent for no end
public record Validity(Optional<Integer> years) {
    /// @return the last day in force
    public Optional<LocalDate> until(LocalDate from) {
        return years.map(count -> from.plusYears(count).minusDays(1));
    }

    /// The asker's end when there is one, the rule's otherwise.
    ///
    /// @throws InvalidInput `date-order` when it ends before it begins
    public Optional<LocalDate> until(LocalDate from, Optional<LocalDate> asked) {
        asked.filter(end -> end.isBefore(from)).ifPresent(end -> {
            throw new InvalidInput("date-order", "validUntil", "a licence ends no earlier than it begins");
        });
        return asked.or(() -> until(from));
    }
}
