package org.yinzheng.registry.merger;

/// What became of a merger. Everything but the first changed nothing.
public sealed interface MergerResult {
    record Done(Merger merger) implements MergerResult {}

    /// The body was merged before.
    record MergedBefore(Merger merger) implements MergerResult {}

    /// The body that was to take it over is gone itself.
    record IntoMerged(Merger merger) implements MergerResult {}
}
