package org.yinzheng.registry.life;

import java.util.List;
import org.yinzheng.registry.identity.LicenceId;

/// The transitions of registered licences. Both methods throw [org.yinzheng.signing.Failure.NotDone] while the
/// database is away, and the first [org.yinzheng.signing.Failure.Unknown] when the answer to its commit is lost: asking
/// again with the same idempotency key tells.
public interface LicenceLife {
    /// Changes the state, with a line of history and one of the audit log, all or nothing. Changes of one licence
    /// follow one another: the second sees what the first did.
    ChangeResult change(LicenceId id, Change change);

    /// Every transition, oldest first; empty when there is no such licence.
    List<Passage> history(LicenceId id);
}
