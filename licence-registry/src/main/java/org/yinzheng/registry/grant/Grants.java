package org.yinzheng.registry.grant;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yinzheng.registry.licence.Actor;

/// The rights. Every step is a line of the audit log in the same commit. Every method throws
/// [org.yinzheng.signing.Failure.NotDone] while the database is away; those that change something throw
/// [org.yinzheng.signing.Failure.Unknown] when the answer to their commit is lost.
public interface Grants {
    /// Roles of administrators: nobody holds two of them.
    Set<String> ADMINISTRATORS = Set.of("system-admin", "security-admin", "audit-admin");

    /// @param subject 1 to 200 characters without control characters
    GrantResult propose(String subject, String role, Actor by);

    /// By somebody else than who proposed it, and than who gets it.
    GrantResult confirm(UUID id, Actor by);

    GrantResult refuse(UUID id, Actor by);

    /// Takes a right away: that needs one person only, because it is urgent when it is needed.
    GrantResult end(UUID id, Actor by);

    /// By their names; what is in force now.
    Set<String> rolesOf(String subject);

    /// Newest first.
    ///
    /// @param after the last of the part before
    List<Grant> all(int limit, Optional<UUID> after);
}
