package org.yinzheng.registry.life;

import java.util.Optional;
import org.yinzheng.registry.licence.Actor;

/// A transition that somebody wants.
///
/// @param seen the version of the licence that they decided upon; absent: whatever it is
/// @param idempotencyKey their name for this change: the same key never does it twice
public record Change(
        Transition transition, Grounds grounds, Actor actor, Optional<Long> seen, Optional<String> idempotencyKey) {
    public Change(Transition transition, Grounds grounds, Actor actor) {
        this(transition, grounds, actor, Optional.empty(), Optional.empty());
    }
}
