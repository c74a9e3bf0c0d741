package org.yinzheng.registry.licence;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.yinzheng.registry.identity.LicenceId;

/// What anyone who holds a licence's identifier may be told: no personal data.
///
/// @param succeededBy who answers for it now, where the authority was merged into another
/// @param own what it is by itself: a combined licence is what its parts let it be, see [#standing]
/// @param disputed 异议中: somebody disputes what the licence says; it stays what it is until that is decided
/// @param supersededBy the licence to ask for instead
/// @param parts what a combined licence binds
/// @param asOf when the registry said so
public record StandingFact(
        LicenceId id,
        String typeName,
        String authorityName,
        Optional<String> succeededBy,
        Standing own,
        boolean disputed,
        Optional<LicenceId> supersededBy,
        LocalDate validFrom,
        Optional<LocalDate> validUntil,
        Parts parts,
        Instant asOf) {
    /// What it is: a combined licence is in force as long as all of its parts are.
    public Standing standing() {
        return parts.standing(own);
    }

    /// The part because of which a combined licence is not in force.
    public Optional<Part> because() {
        return own == Standing.IN_FORCE ? parts.ended() : Optional.empty();
    }
}
