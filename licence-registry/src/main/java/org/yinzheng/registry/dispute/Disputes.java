package org.yinzheng.registry.dispute;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;

/// The disputes. Every method throws [org.yinzheng.signing.Failure.NotDone] while the database is away; those that
/// change something throw [org.yinzheng.signing.Failure.Unknown] when the answer to their commit is lost.
public interface Disputes {
    /// Files a dispute: from the same moment on every verification shows it.
    ///
    /// @param idempotencyKey the filer's name for it: the same key never files two
    FilingResult file(LicenceId licence, Claim claim, Dispute.FiledAs as, Actor by, String idempotencyKey);

    /// Decides that the licence is right.
    ///
    /// @param reason for whoever filed it, 1 to 1000 characters
    DecisionResult reject(UUID id, String reason, Actor by);

    /// Takes a dispute back: only whoever filed it.
    DecisionResult withdraw(UUID id, Actor by);

    Optional<Dispute> find(UUID id);

    /// Oldest first.
    List<Dispute> ofLicence(LicenceId licence);

    /// The open ones about these authorities' licences, the most urgent first.
    ///
    /// @param dueBefore only those that are due before this day: with today, the overdue ones
    /// @param after the last of the part before
    List<Dispute> open(Set<CreditCode> authorities, Optional<LocalDate> dueBefore, int limit, Optional<UUID> after);
}
