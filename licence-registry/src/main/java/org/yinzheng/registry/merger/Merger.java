package org.yinzheng.registry.merger;

import java.time.Instant;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.life.Grounds;

/// One body became part of another.
///
/// @param into the body it was merged into
/// @param current who answers for it now: `into`, or whatever that was merged into later
public record Merger(Authority from, Authority into, Authority current, Grounds grounds, Actor actor, Instant at) {}
