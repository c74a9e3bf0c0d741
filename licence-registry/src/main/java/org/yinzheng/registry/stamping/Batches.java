package org.yinzheng.registry.stamping;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.seals.SealUse;

/// The record of requests to stamp. Throws [org.yinzheng.signing.Failure.NotDone] while the database is away; methods
/// that commit throw [org.yinzheng.signing.Failure.Unknown] when the answer is lost.
public interface Batches {
    /// Takes an idempotency key and the documents for the caller alone, over all processes.
    ///
    /// @return empty when the key or one of the documents is in somebody's hands
    Optional<Work> take(StampRequest request);

    Optional<Batch> find(UUID id);

    /// Those that wait for a second person, oldest first, at most 100.
    List<Batch> awaitingRelease(String sealId);

    Decided decide(UUID id, Actor actor, boolean release, String reason);

    /// How a second person's decision ended.
    enum Decided {
        DONE,
        /// Nobody releases their own request.
        OWN_REQUEST,
        /// Decided before, or never waited.
        NOT_WAITING,
        NOT_FOUND
    }

    /// Cancels what a crash left open: its signatures, if there were any, were never handed out or kept.
    ///
    /// @return how many
    int cancelAbandoned();

    /// One request, held.
    interface Work extends AutoCloseable {
        /// The batch of this key that is not cancelled.
        Optional<Found> find();

        /// Commits a batch that waits for a second person.
        void await(Batch batch);

        /// Commits the batch as under way together with one open use of the seal for each document.
        void open(Batch batch, List<SealUse> intents);

        /// Commits the outcomes; the uses of what was refused are cancelled.
        void complete(Batch batch, Map<UUID, SealUse.Stamped> stamped);

        /// Commits that nothing came of it: the key is free again, and what a second person released stays released.
        void cancel(Batch batch, String reason);

        @Override
        void close();
    }

    /// @param sameRequest whether it asks for what the held request asks for
    record Found(Batch batch, boolean sameRequest) {}
}
