package org.yinzheng.registry.licence;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import org.yinzheng.registry.identity.LicenceId;

/// What anyone who holds a licence's identifier may be told: no personal data.
///
/// @param disputed 异议中: somebody disputes what the licence says; it stays what it is until that is decided
/// @param supersededBy the licence to ask for instead
/// @param asOf when the registry said so
public record StandingFact(
        LicenceId id,
        String typeName,
        String authorityName,
        Standing standing,
        boolean disputed,
        Optional<LicenceId> supersededBy,
        LocalDate validFrom,
        Optional<LocalDate> validUntil,
        Instant asOf) {}
