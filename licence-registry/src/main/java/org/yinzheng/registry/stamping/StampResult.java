package org.yinzheng.registry.stamping;

import org.yinzheng.registry.seals.Refusal;

/// How a request to stamp ended.
public sealed interface StampResult {
    record Done(Batch batch) implements StampResult {}

    /// The same request was carried out before: this is what it made.
    record AlreadyDone(Batch batch) implements StampResult {}

    /// A second person has to release it; then the same request, repeated, is carried out.
    record AwaitingRelease(Batch batch) implements StampResult {}

    /// A second person refused it.
    record ReleaseRefused(Batch batch) implements StampResult {}

    /// The seal may not be used like this.
    record Refused(Refusal refusal) implements StampResult {}

    record KeyReused() implements StampResult {}

    /// The same key, or one of the documents, is in somebody's hands now.
    record InProgress() implements StampResult {}
}
