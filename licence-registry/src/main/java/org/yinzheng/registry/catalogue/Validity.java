package org.yinzheng.registry.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;

/// How long licences of a type are in force.
public sealed interface Validity {
    /// Without end, unless the asker names one.
    record None() implements Validity {}

    /// Whole years from the first day.
    record Years(int years) implements Validity {}

    /// Whole years from the first day, and then to the end of the month.
    record YearsToEndOfMonth(int years) implements Validity {}

    /// Until the day that a field of the licence's own data names; without end when it is absent.
    record UntilField(String field) implements Validity {}

    /// Whether the rule gives every licence a last day.
    default boolean ends() {
        return this instanceof Years || this instanceof YearsToEndOfMonth;
    }

    /// In Chinese, for people.
    default String chinese() {
        return switch (this) {
            case None none -> "长期";
            case Years rule -> rule.years + " 年";
            case YearsToEndOfMonth rule -> rule.years + " 年至月末";
            case UntilField rule -> "至 " + rule.field;
        };
    }

    /// @param data valid under the type's schema
    /// @return the last day in force
    default Optional<LocalDate> until(LocalDate from, JsonNode data) {
        return switch (this) {
            case None none -> Optional.empty();
            case Years rule -> Optional.of(from.plusYears(rule.years).minusDays(1));
            case YearsToEndOfMonth rule ->
                Optional.of(from.plusYears(rule.years).with(TemporalAdjusters.lastDayOfMonth()));
            case UntilField rule -> {
                var day = data.path(rule.field).asText();
                yield day.isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(day));
            }
        };
    }

    /// The asker's end when there is one, the rule's otherwise.
    ///
    /// @throws InvalidInput `date-order` when it ends before it begins; `date-conflict` when the data
    /// name another end
    default Optional<LocalDate> until(LocalDate from, Optional<LocalDate> asked, JsonNode data) {
        var ruled = until(from, data);
        if (this instanceof UntilField && asked.isPresent() && !asked.equals(ruled)) {
            throw new InvalidInput("date-conflict", "validUntil", "the licence's own data name another last day");
        }
        var until = asked.or(() -> ruled);
        until.filter(end -> end.isBefore(from)).ifPresent(end -> {
            throw new InvalidInput("date-order", "validUntil", "a licence ends no earlier than it begins");
        });
        return until;
    }
}
