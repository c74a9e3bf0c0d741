package org.yinzheng.registry.licence;

import java.util.List;
import java.util.Optional;

/// A part of a list.
///
/// @param next what to pass as `after` for the part that follows; absent at the end
public record LicencePage(List<Licence> licences, Optional<String> next) {
    public LicencePage {
        licences = List.copyOf(licences);
    }
}
