package org.yinzheng.registry.notice;

import java.time.Instant;
import java.util.Optional;
import org.yinzheng.registry.identity.LicenceId;

/// Something that happened to a licence; no personal data.
///
/// @param id the same in every delivery of it: at least once is not twice
/// @param successor of a licence that was superseded
public record Notice(long id, LicenceId licence, Kind kind, Optional<LicenceId> successor, Instant at) {
    public enum Kind {
        SUSPENDED,
        RESUMED,
        REVOKED,
        SUPERSEDED,
        DISPUTED,
        DISPUTE_REJECTED,
        DISPUTE_WITHDRAWN,
        /// Its last day is near.
        EXPIRING
    }
}
