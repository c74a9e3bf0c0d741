package org.yinzheng.registry.copy;

import org.yinzheng.registry.licence.Standing;

/// What became of a [CopyOrder].
public sealed interface CopyResult {
    record Made(AnnotatedCopy copy) implements CopyResult {}

    /// Made before under the same key; nothing was made now.
    record AlreadyMade(AnnotatedCopy copy) implements CopyResult {}

    /// The idempotency key belongs to another order; nothing was made.
    record KeyReused() implements CopyResult {}

    /// Of a licence that is not in force nothing is copied.
    record NotInForce(Standing standing) implements CopyResult {}

    record NotFound() implements CopyResult {}
}
