package org.yinzheng.registry.audit;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.Digest;

/// The log as its users see it. What belongs to a change of the registry is appended in that change's transaction (see
/// `postgres.AuditTrail`); [#append] is for what happens outside one, such as a start.
///
/// An entry is written, then given its place in the tree, then covered by a signed checkpoint: three commits, each of
/// which finds what the ones before it left. Witnesses sign a checkpoint later, without being waited for.
public interface AuditLog {
    /// Between two times that the log advances: what is done is under a signed checkpoint that soon.
    Duration EVERY = Duration.ofSeconds(1);

    /// @throws org.yinzheng.signing.Failure.NotDone nothing was written
    /// @throws org.yinzheng.signing.Failure.Unknown the commit's answer was lost
    void append(AuditEntry entry);

    AuditPage entries(AuditQuery query);

    /// The entry at a leaf.
    Optional<LoggedEntry> entry(long index);

    /// The latest one, as a signed note, with the signatures of the witnesses that have seen it.
    Optional<String> checkpoint();

    /// What a verifier of checkpoints must know.
    LogKey key();

    /// The latest entry of that subject and action with its proof, under a checkpoint that witnesses have seen when
    /// there is one that covers it. None before the entry has its place.
    Optional<LogProof> proof(String subject, String action);

    /// The largest tree that the witness is known to have seen, 0 at first.
    long seenBy(String witness);

    /// Keeps a witness's signature on the checkpoint of that size.
    ///
    /// @param line as a note has it, verified by the caller
    void witnessed(long size, String witness, String line);

    /// That the leaf is in the tree of `size` leaves (RFC 6962 §2.1.1).
    ///
    /// @throws org.yinzheng.signing.InvalidInput `audit-proof` when there are no such leaf and tree
    List<Digest> inclusion(long index, long size);

    /// That the tree of `older` leaves is the beginning of that of `size` (RFC 6962 §2.1.2).
    ///
    /// @throws org.yinzheng.signing.InvalidInput `audit-proof` when there are no such trees
    List<Digest> consistency(long older, long size);

    /// The first hashes of a tile, for mirrors (C2SP tlog-tiles).
    ///
    /// @param width how many, 1 to 256
    /// @return 32 bytes each; empty when the tile does not reach so far
    Optional<byte[]> tile(Tile tile, int width);

    /// The entry bundle beside a tile of level 0: what the leaves are the hashes of, each commitment after its length
    /// in two bytes.
    Optional<byte[]> commitments(Tile tile, int width);

    /// Gives waiting entries their places, and signs a checkpoint when there is something new. On one node at a time;
    /// when another one is at it, does nothing.
    ///
    /// @throws Forked when the tree is not the continuation of what was signed: nothing is signed any more
    void advance();

    /// Computes everything again from the entries.
    AuditVerdict verify();

    /// The tables were changed: a checkpoint now would contradict one that is out in the world.
    final class Forked extends IllegalStateException {
        private static final long serialVersionUID = 1;

        public Forked(String message) {
            super(message);
        }
    }
}
