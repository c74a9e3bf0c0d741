package org.yinzheng.api.signin;

import java.util.Optional;
import java.util.Set;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.HolderId;

/// Somebody whom the demonstration's provider signs in without asking for a password.
///
/// @param id in the token as `sub`, such as `issuing-officer`
/// @param authority for which they act; absent for staff who act for every authority of the demonstration
public record DemoUser(
        String id,
        String name,
        String nameEn,
        Set<Role> roles,
        Optional<HolderId> holder,
        Optional<CreditCode> authority) {
    public DemoUser(String id, String name, String nameEn, Set<Role> roles, Optional<HolderId> holder) {
        this(id, name, nameEn, roles, holder, Optional.empty());
    }

    public DemoUser {
        roles = Set.copyOf(roles);
    }

    @Override
    public String toString() {
        return "DemoUser[" + id + "]";
    }
}
