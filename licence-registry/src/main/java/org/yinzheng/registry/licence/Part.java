package org.yinzheng.registry.licence;

import java.util.Optional;
import org.yinzheng.registry.identity.LicenceId;

/// A licence that a combined one (一业一证) binds, as anybody may be told of it.
///
/// @param maskedNumber its printed number, without what it may repeat of the holder's
/// @param supersededBy the licence that replaced it
public record Part(
        LicenceId id,
        String typeName,
        String maskedNumber,
        Standing standing,
        boolean disputed,
        Optional<LicenceId> supersededBy) {
    /// Type and number: which of the parts it is, for people.
    public String name() {
        return typeName + " " + maskedNumber;
    }
}
