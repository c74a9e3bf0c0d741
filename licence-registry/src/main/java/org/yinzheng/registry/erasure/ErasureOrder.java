package org.yinzheng.registry.erasure;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.licence.Actor;

/// An order to erase a person, whom it does not name.
///
/// @param lapsesAt when it is over, unless somebody decided before
/// @param decided who confirmed or withdrew it; the registry itself when it lapsed
/// @param plan as things are now, of an open order that was asked for by itself
public record ErasureOrder(
        UUID id,
        State state,
        Deed proposed,
        Instant lapsesAt,
        Optional<Deed> decided,
        Optional<Outcome> outcome,
        Optional<ErasurePlan> plan) {
    /// @param by who did it
    public record Deed(Actor by, Instant at) {}

    /// How much went.
    ///
    /// @param entries of the audit log that lost their clear part
    public record Outcome(int licences, int documents, int entries) {}

    public enum State {
        PROPOSED("待确认", "awaits its confirmation"),
        EXECUTED("已执行", "executed"),
        WITHDRAWN("已撤回", "withdrawn"),
        LAPSED("已过期", "lapsed");

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

    public ErasureOrder with(ErasurePlan now) {
        return new ErasureOrder(id, state, proposed, lapsesAt, decided, outcome, Optional.of(now));
    }
}
