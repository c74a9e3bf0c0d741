package org.yinzheng.registry.dispute;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;

/// A dispute about a licence.
///
/// @param filedBy the holder, or somebody of the authority
/// @param dueOn the last day for a decision
public record Dispute(
        UUID id,
        LicenceId licence,
        FiledAs filedAs,
        String filedBy,
        Claim claim,
        Instant filedAt,
        LocalDate dueOn,
        Optional<Decision> decision) {
    public enum FiledAs {
        HOLDER,
        AUTHORITY
    }

    public enum State {
        OPEN("异议处理中", "being dealt with"),
        REJECTED("异议不成立", "rejected"),
        CORRECTED("已更正", "corrected"),
        WITHDRAWN("已撤回", "withdrawn");

        private final String chinese;
        private final String english;

        State(String chinese, String english) {
            this.chinese = chinese;
            this.english = english;
        }

        public String chinese() {
            return chinese;
        }

        public String english() {
            return english;
        }
    }

    /// What it came to.
    public sealed interface Decision {
        Actor by();

        Instant at();

        /// @param reason for whoever filed it; may hold personal data
        record Rejected(Actor by, Instant at, String reason) implements Decision {
            @Override
            public String toString() {
                return "Rejected[" + at + "]";
            }
        }

        /// @param successor the licence that says it right
        record Corrected(Actor by, Instant at, LicenceId successor) implements Decision {}

        /// Whoever filed it took it back.
        record Withdrawn(Actor by, Instant at) implements Decision {}
    }

    public State state() {
        return decision.map(made -> switch (made) {
                    case Decision.Rejected rejected -> State.REJECTED;
                    case Decision.Corrected corrected -> State.CORRECTED;
                    case Decision.Withdrawn withdrawn -> State.WITHDRAWN;
                })
                .orElse(State.OPEN);
    }

    public boolean overdue(LocalDate today) {
        return decision.isEmpty() && today.isAfter(dueOn);
    }

    @Override
    public String toString() {
        return "Dispute[" + id + ", " + licence + ", " + state() + "]";
    }
}
