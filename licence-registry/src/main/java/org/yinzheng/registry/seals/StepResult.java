package org.yinzheng.registry.seals;

import java.util.Optional;

/// What became of a step.
public sealed interface StepResult {
    /// It is done, now.
    record Done(SealRecord seal) implements StepResult {}

    /// Not a step of this state, or its turn has not come, or somebody was faster; nothing changed.
    ///
    /// @param making how far the making or renewal is that is under way
    record WrongState(SealState state, Optional<Round.Stage> making) implements StepResult {}

    /// The same person did another step of the round; nothing changed.
    record SamePerson() implements StepResult {}

    /// The seal is not as the caller saw it; nothing changed.
    ///
    /// @param version that it has now
    record Changed(long version) implements StepResult {}

    /// Another seal has the identifier that was asked for; nothing was recorded.
    record IdTaken() implements StepResult {}

    record NotFound() implements StepResult {}
}
