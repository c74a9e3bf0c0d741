package org.yinzheng.registry.catalogue;

import java.time.LocalDate;
import java.util.Optional;

/// When a version of a type is the one to issue under. Licences issued in it stay what they are afterwards.
///
/// @param until the last day; absent while there is no successor
public record Period(LocalDate from, Optional<LocalDate> until) {
    /// Of a pack that does not say.
    static final Period ALWAYS = new Period(LocalDate.MIN, Optional.empty());

    public boolean contains(LocalDate day) {
        return !day.isBefore(from) && until.map(last -> !day.isAfter(last)).orElse(true);
    }

    boolean overlaps(Period other) {
        return contains(other.from) || other.contains(from);
    }
}
