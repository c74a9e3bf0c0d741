package org.yinzheng.registry.notice;

import java.time.Instant;
import java.util.Optional;
import org.yinzheng.registry.identity.LicenceId;

/// Something that happened to a licence; no personal data.
///
/// @param id the same in every delivery of it: at least once is not twice
/// @param successor of a licence that was superseded
/// @param part of a combined licence, with what happened to it
public record Notice(
        long id, LicenceId licence, Kind kind, Optional<LicenceId> successor, Optional<OfPart> part, Instant at) {
    /// @param kind never [Kind#PART_CHANGED]: a part binds nothing itself
    public record OfPart(LicenceId id, Kind kind) {}

    public enum Kind {
        SUSPENDED,
        RESUMED,
        REVOKED,
        SUPERSEDED,
        DISPUTED,
        DISPUTE_REJECTED,
        DISPUTE_WITHDRAWN,
        /// Its last day is near.
        EXPIRING,
        /// A combined licence that is in force itself: something happened to a licence that it binds.
        PART_CHANGED
    }
}
