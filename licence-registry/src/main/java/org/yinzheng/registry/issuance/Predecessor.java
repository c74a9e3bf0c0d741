package org.yinzheng.registry.issuance;

import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.Standing;

/// The licence that a new one is to replace, as it was read.
///
/// @param recorded its state as stored, whatever the dates say
/// @param attempts replacements of it that were cancelled: their identifiers are used up
public record Predecessor(Licence licence, Standing recorded, int attempts) {
    /// The same licence, one version on.
    ///
    /// @param by who answers for it now
    LicenceId successor(Authority by) {
        var id = licence.id();
        return LicenceId.of(id.typeCode(), by.code(), id.serial(), id.version() + 1 + attempts);
    }
}
