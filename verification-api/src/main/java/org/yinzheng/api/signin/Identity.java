package org.yinzheng.api.signin;

import java.util.Optional;
import java.util.Set;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.licence.Actor;

/// A signed-in person, as their token has them.
///
/// @param subject the issuer's name for them, never a citizen ID
/// @param name to show on pages
/// @param holder under which number they hold licences; present for citizens and enterprises
/// @param authority for which they act
/// @param everyAuthority whether they act for every authority of this installation: their token says so
public record Identity(
        String subject,
        String name,
        Set<Role> roles,
        Optional<HolderId> holder,
        Optional<CreditCode> authority,
        boolean everyAuthority) {
    public Identity {
        roles = Set.copyOf(roles);
    }

    public Identity with(Set<Role> others) {
        return new Identity(subject, name, others, holder, authority, everyAuthority);
    }

    /// Whether they are administrators of two kinds, which nobody may be.
    public boolean conflicted() {
        return roles.stream().filter(Role::administers).count() > 1;
    }

    /// For the log: what they are, administrators first.
    public Actor actor() {
        return new Actor(
                subject,
                roles.stream()
                        .sorted((one, other) -> Boolean.compare(other.administers(), one.administers()))
                        .findFirst()
                        .map(Role::wireName)
                        .orElse(""));
    }

    public Actor as(Role role) {
        return new Actor(subject, role.wireName());
    }

    @Override
    public String toString() {
        return "Identity[" + subject + ", " + roles + "]";
    }
}
