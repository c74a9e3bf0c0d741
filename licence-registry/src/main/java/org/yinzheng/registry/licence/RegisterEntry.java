package org.yinzheng.registry.licence;

import java.util.Optional;
import org.yinzheng.registry.identity.LicenceId;

/// What the register notes of a licence beside what it says.
///
/// @param version one more with every change: what an ETag says
/// @param disputed 异议中: somebody disputes what it says, and that is not decided yet
/// @param supersedes the licence that this one replaced
/// @param supersededBy the licence that replaced this one
/// @param parts what a combined licence binds
public record RegisterEntry(
        long version, boolean disputed, Optional<LicenceId> supersedes, Optional<LicenceId> supersededBy, Parts parts) {
    /// Of a licence that is being registered.
    public static RegisterEntry first(Optional<LicenceId> supersedes, Parts parts) {
        return new RegisterEntry(1, false, supersedes, Optional.empty(), parts);
    }
}
