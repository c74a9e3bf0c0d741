package org.yinzheng.registry.seals;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.signing.Digest;

/// The log of uses. An intent is committed before anything is signed; so a stamp that nobody recorded cannot exist.
/// Failures as in [Seals].
public interface SealUses {
    /// Commits the intents of a request, all or none. Nothing may be signed before this returns.
    void begin(List<SealUse> intents);

    /// Commits what became of intents, all or none.
    ///
    /// @throws IllegalStateException when one of them is not open any more
    void complete(Map<UUID, SealUse.Stamped> stamped);

    /// Commits that these were never stamped. What is not open any more stays as it is.
    ///
    /// @return how many were open
    int cancel(Set<UUID> intents, SealUse.Cancelled why);

    Optional<SealUse> find(UUID id);

    /// Newest first.
    Page search(Query query, int limit, Optional<String> after);

    /// Intents begun before `time`: of ceremonies that are slow, or that a crash left. Oldest first.
    List<SealUse> openBefore(Instant time, int limit);

    /// What was stamped with a seal.
    BlastRadius blastRadius(String sealId);

    /// All that is present must hold. At least one of seal, actor, digest and licence is present.
    ///
    /// @param keepers only seals that these keep; absent: all
    /// @param digest SHA-256 of the document before or after it was stamped
    record Query(
            Optional<Set<CreditCode>> keepers,
            Optional<String> sealId,
            Optional<String> actor,
            Optional<Digest> digest,
            Optional<LicenceId> licence,
            Optional<Instant> from,
            Optional<Instant> until) {
        public static Query ofSeal(String sealId) {
            return new Query(
                    Optional.empty(),
                    Optional.of(sealId),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());
        }
    }

    /// @param next what to pass as `after`; absent at the end
    record Page(List<SealUse> uses, Optional<String> next) {
        public Page {
            uses = List.copyOf(uses);
        }
    }

    /// How much depends on a seal: documents that were stamped with it.
    ///
    /// @param lines by type (a licence type's code, else the document kind), authority and month
    /// @param open uses under way now
    record BlastRadius(long total, long open, List<Line> lines) {
        /// @param month `2026-11`, China's time
        public record Line(String type, String authority, String month, long count) {}

        public BlastRadius {
            lines = List.copyOf(lines);
        }
    }
}
