package org.yinzheng.registry.bulk;

import java.util.Optional;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Transition;

/// Which licences are to be changed, how and why.
///
/// @param typeCode of the catalogue, or of a type that it no longer has
/// @param authority only those that it issued; absent: whoever issued them
public record BulkOrder(
        Transition transition, String typeCode, Optional<CreditCode> authority, Grounds grounds, Actor actor) {}
