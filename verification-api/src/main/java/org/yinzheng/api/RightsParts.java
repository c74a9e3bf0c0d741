package org.yinzheng.api;

import java.util.Set;
import org.yinzheng.api.signin.Rights;
import org.yinzheng.registry.grant.Grants;

/// What somebody may do.
///
/// @param firstAdministrators security administrators by the settings, where tokens are not believed in that
public record RightsParts(Grants grants, Rights.Source source, Set<String> firstAdministrators) {
    public RightsParts {
        firstAdministrators = Set.copyOf(firstAdministrators);
    }
}
