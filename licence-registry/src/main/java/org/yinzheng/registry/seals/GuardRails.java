package org.yinzheng.registry.seals;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.signing.InvalidInput;

/// What a seal may be used for. An empty set, or an absent value, sets no limit; `authorities` is never empty.
///
/// @param licenceTypes codes of the types that it may stamp
/// @param dailyQuota documents a day, China's time; see [Quota]
/// @param releaseAbove more documents in one request need a second person's release
/// @param authorities whose people may use it
public record GuardRails(
        Set<DocumentKind> kinds,
        Set<String> licenceTypes,
        OptionalInt dailyQuota,
        Optional<Hours> hours,
        OptionalInt releaseAbove,
        Set<CreditCode> authorities) {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final int MOST_ENTRIES = 200;

    /// On these weekdays, from the first minute to before the last; never over midnight.
    public record Hours(Set<DayOfWeek> days, LocalTime from, LocalTime until) {
        public Hours {
            days = Set.copyOf(days);
            if (days.isEmpty() || !from.isBefore(until)) {
                throw new InvalidInput(
                        "seal-hours", "guardRails.hours", "at least one weekday, and a beginning before the end");
            }
        }

        boolean contain(Instant at) {
            var here = at.atZone(ZONE);
            var time = here.toLocalTime();
            return days.contains(here.getDayOfWeek()) && !time.isBefore(from) && time.isBefore(until);
        }
    }

    public GuardRails {
        kinds = Set.copyOf(kinds);
        licenceTypes = Set.copyOf(licenceTypes);
        authorities = Set.copyOf(authorities);
        if (dailyQuota.orElse(1) < 1) {
            throw new InvalidInput("seal-quota", "guardRails.dailyQuota", "at least 1, or absent");
        }
        if (releaseAbove.orElse(1) < 1) {
            throw new InvalidInput("seal-release", "guardRails.releaseAbove", "at least 1, or absent");
        }
        if (authorities.isEmpty()) {
            throw new InvalidInput("seal-rails", "guardRails.authorities", "somebody's people may use a seal");
        }
        if (licenceTypes.size() > MOST_ENTRIES || authorities.size() > MOST_ENTRIES) {
            throw new InvalidInput("seal-rails", "guardRails", "at most " + MOST_ENTRIES + " types and authorities");
        }
    }

    /// No limit but this: the people of one authority.
    public static GuardRails of(CreditCode authority) {
        return new GuardRails(
                Set.of(), Set.of(), OptionalInt.empty(), Optional.empty(), OptionalInt.empty(), Set.of(authority));
    }

    /// Why the rails do not let this pass; the quota is counted by [Quota].
    public Optional<Refusal> refuse(Occasion occasion) {
        if (!authorities.contains(occasion.authority())) {
            return Optional.of(new Refusal.NotYourAuthority());
        }
        if (!kinds.isEmpty() && !kinds.contains(occasion.kind())) {
            return Optional.of(new Refusal.KindNotAllowed(occasion.kind()));
        }
        if (!licenceTypes.isEmpty()
                && occasion.licenceType()
                        .filter(type -> !licenceTypes.contains(type))
                        .isPresent()) {
            return Optional.of(new Refusal.TypeNotAllowed());
        }
        if (hours.filter(open -> !open.contain(occasion.at())).isPresent()) {
            return Optional.of(new Refusal.OutsideHours(hours.get()));
        }
        var released = occasion.releasedBy()
                .filter(second -> !second.subject().equals(occasion.actor().subject()))
                .isPresent();
        if (releaseAbove.isPresent() && occasion.documents() > releaseAbove.getAsInt() && !released) {
            return Optional.of(new Refusal.ReleaseNeeded(releaseAbove.getAsInt()));
        }
        return Optional.empty();
    }
}
