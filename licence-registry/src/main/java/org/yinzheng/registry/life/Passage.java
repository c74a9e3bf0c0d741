package org.yinzheng.registry.life;

import java.time.Instant;
import org.yinzheng.registry.licence.Actor;

/// One line of a licence's history.
///
/// @param from the state left, such as `DRAFT`
/// @param to the state entered
public record Passage(String from, String to, Actor actor, Grounds grounds, Instant at) {}
