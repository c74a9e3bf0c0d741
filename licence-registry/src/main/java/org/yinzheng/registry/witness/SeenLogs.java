package org.yinzheng.registry.witness;

import java.util.Optional;
import org.yinzheng.registry.audit.Checkpoint;

/// What this witness has seen of each log.
public interface SeenLogs {
    /// The latest checkpoint that was co-signed, or was about to be.
    ///
    /// @throws org.yinzheng.signing.Failure.NotDone while the database is away
    Optional<Checkpoint> latest(String origin);

    /// Puts `newer` on record, if `older` (0: none) is still the size on record: of two at once, one does.
    ///
    /// @return whether it is on record now
    /// @throws org.yinzheng.signing.Failure.NotDone nothing was written
    /// @throws org.yinzheng.signing.Failure.Unknown the commit's answer was lost
    boolean advance(long older, Checkpoint newer);
}
