package org.yinzheng.registry.licence;

/// What became of a request to revoke.
public sealed interface RevokeResult {
    /// It is revoked now, and was not before.
    record Revoked(Licence licence) implements RevokeResult {}

    /// It was revoked before; nothing changed.
    record AlreadyRevoked(Licence licence) implements RevokeResult {}

    /// Its state (superseded) allows no revocation; nothing changed.
    record NotRevocable(Standing standing) implements RevokeResult {}

    record NotFound() implements RevokeResult {}
}
