package org.yinzheng.registry.erasure;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.licence.Actor;

/// Erasures of persons. Every step, and every refusal, is a line of the audit log in the same commit, without the
/// number. Every method throws [org.yinzheng.signing.Failure.NotDone] while the database is away, or the audit log has
/// not given
/// every entry of the person's licences its place yet; those that change something throw
/// [org.yinzheng.signing.Failure.Unknown] when the answer to their commit is lost: repeated, they do nothing twice.
public interface Erasures {
    /// What would go, and what forbids it. Changes nothing.
    ErasurePlan plan(HolderId who);

    ErasureResult propose(HolderId who, Actor by);

    /// By somebody else than who proposed it; executes it.
    ///
    /// @param who the number again, as the person who confirms has it from the request
    ErasureResult confirm(UUID id, HolderId who, Actor by);

    ErasureResult withdraw(UUID id, Actor by);

    /// With its plan while it is open.
    Optional<ErasureOrder> find(UUID id);

    /// Newest first.
    ///
    /// @param after the last of the part before
    List<ErasureOrder> all(int limit, Optional<UUID> after);

    /// Again and again, and at the start: ends orders whose time is over, and deletes the documents that erasures left
    /// in the store.
    ///
    /// @return how many documents
    int round();
}
