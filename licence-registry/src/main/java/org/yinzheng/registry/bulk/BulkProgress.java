package org.yinzheng.registry.bulk;

import java.util.UUID;

/// How far a bulk change is.
///
/// @param total licences that it is about
/// @param changed by it
/// @param refused whose state had changed meanwhile, so that the transition was not allowed any more
public record BulkProgress(UUID id, long total, long changed, long refused) {
    public long left() {
        return total - changed - refused;
    }
}
