package org.yinzheng.registry.grant;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.licence.Actor;

/// A right that somebody is to have, has, or had.
///
/// @param subject as the sign-in provider names them
/// @param role by its name, such as `issuer`
/// @param decided who confirmed or refused it
/// @param ended who took it away
public record Grant(
        UUID id,
        String subject,
        String role,
        State state,
        Deed proposed,
        Optional<Deed> decided,
        Optional<Deed> ended) {
    /// @param by who did it
    public record Deed(Actor by, Instant at) {}

    public enum State {
        PROPOSED,
        IN_FORCE,
        REFUSED,
        ENDED
    }
}
