package org.yinzheng.registry.seals;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.licence.Actor;

/// The registered seals. Every change is one transaction: the step with its actor, and what it brings about. Throws
/// [org.yinzheng.signing.Failure.NotDone] while the database is away, and [org.yinzheng.signing.Failure.Unknown] when
/// the answer to a commit is lost.
public interface Seals {
    Optional<SealRecord> find(String sealId);

    /// The seal's version alone: cheap enough to ask often. Empty when there is no such seal.
    Optional<Long> version(String sealId);

    /// By identifier.
    ///
    /// @param keepers absent: all
    /// @param after the last identifier of the page before
    List<SealRecord> list(Optional<Set<CreditCode>> keepers, int limit, Optional<String> after);

    List<SealRecord> ofHolder(HolderId holder);

    /// Oldest first.
    List<Round.Done> history(String sealId);

    /// [Step#APPLY].
    ///
    /// @param division six digits, for an identifier that is allotted here
    StepResult apply(SealApplication application, String division, Actor actor);

    /// Any other step.
    StepResult step(String sealId, Move move);

    /// Records the certificates of keys of the round that is being made. Replaces earlier ones of the same keys.
    ///
    /// @param certified with their chains
    StepResult certify(String sealId, int round, List<SignerKey> certified, Actor actor);

    /// Counts of seals that are in use or suspended, by the days left until they or a certificate end.
    Endings endings();

    /// @param ended already
    /// @param within30Days and not yet ended
    record Endings(long ended, long within30Days, long later) {}
}
