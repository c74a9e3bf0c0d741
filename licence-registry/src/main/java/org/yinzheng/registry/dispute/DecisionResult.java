package org.yinzheng.registry.dispute;

/// What became of a decision.
public sealed interface DecisionResult {
    record Decided(Dispute dispute) implements DecisionResult {}

    /// It was decided before, whichever way; nothing changed.
    record DecidedBefore(Dispute dispute) implements DecisionResult {}

    /// Somebody else filed it; nothing changed.
    record NotTheirs() implements DecisionResult {}

    record NotFound() implements DecisionResult {}
}
