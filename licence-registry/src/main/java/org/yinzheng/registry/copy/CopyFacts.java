package org.yinzheng.registry.copy;

import java.time.Instant;
import java.time.LocalDate;

/// What whoever has a copy may be told of it.
///
/// @param byHolder whether a holder made it, or somebody of the authority
/// @param body who sealed it
public record CopyFacts(CopyId id, CopyUse use, boolean byHolder, Instant madeAt, String body) {
    public boolean expired(LocalDate today) {
        return use.expired(today);
    }
}
