package org.yinzheng.registry.life;

import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.Standing;

/// What became of a [Change].
public sealed interface ChangeResult {
    /// Done now.
    record Done(Licence licence) implements ChangeResult {}

    /// Done before under the same key, or revoked before; nothing changed now.
    record AlreadyDone(Licence licence) implements ChangeResult {}

    /// Its state has no such way out; nothing changed.
    record NotAllowed(Standing standing) implements ChangeResult {}

    /// It is not as the asker saw it: somebody else was faster. Nothing changed.
    record Overtaken(long version) implements ChangeResult {}

    /// The idempotency key belongs to another change; nothing changed.
    record KeyReused() implements ChangeResult {}

    record NotFound() implements ChangeResult {}
}
