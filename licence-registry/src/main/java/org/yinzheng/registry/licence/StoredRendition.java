package org.yinzheng.registry.licence;

import org.yinzheng.registry.identity.LicenceId;

/// A document that the registry keeps.
public record StoredRendition(LicenceId id, Format format) {
    /// By which it is recognised.
    public enum Algorithm {
        SHA_256,
        SM3
    }
}
