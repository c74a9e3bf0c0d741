package org.yinzheng.registry.erasure;

/// What became of a step towards an erasure, or away from it. Everything but the first changed nothing.
public sealed interface ErasureResult {
    /// Now, or before by the same person: a repeated step is answered as the first was.
    record Done(ErasureOrder order) implements ErasureResult {}

    /// There is an open order for this person: this one.
    record ThereAlready(ErasureOrder order) implements ErasureResult {}

    record Forbidden(ErasurePlan plan) implements ErasureResult {}

    /// The registry has no data of this person.
    record NothingThere() implements ErasureResult {}

    /// Nobody confirms what they proposed.
    record SamePerson() implements ErasureResult {}

    /// Another number than the one that was proposed.
    record OtherHolder() implements ErasureResult {}

    /// Its state has no such way out.
    record NotAllowed(ErasureOrder.State state) implements ErasureResult {}

    /// Somebody else than this program wrote the order.
    record NotOurs() implements ErasureResult {}

    record NotFound() implements ErasureResult {}
}
