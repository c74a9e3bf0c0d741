package org.yinzheng.registry.dispute;

import org.yinzheng.registry.licence.Standing;

/// What became of a dispute that was to be filed.
public sealed interface FilingResult {
    record Filed(Dispute dispute) implements FilingResult {}

    /// Filed before under the same key.
    record AlreadyFiled(Dispute dispute) implements FilingResult {}

    /// Another dispute about the licence is open: one is dealt with at a time. Nothing was filed.
    record OpenAlready() implements FilingResult {}

    /// The licence is revoked or superseded: there is nothing left to correct. Nothing was filed.
    record NotDisputable(Standing standing) implements FilingResult {}

    /// The idempotency key belongs to another dispute; nothing was filed.
    record KeyReused() implements FilingResult {}

    record NotFound() implements FilingResult {}
}
