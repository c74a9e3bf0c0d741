package org.yinzheng.registry.copy;

import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.identity.LicenceId;

/// The record of copies. Every method throws [org.yinzheng.signing.Failure.NotDone] while the database is
/// away; [#record] throws [org.yinzheng.signing.Failure.Unknown] when the answer to its commit is lost.
public interface Copies {
    /// What was made under the order's key before: itself, or another's.
    Optional<CopyResult> madeBefore(CopyOrder order);

    /// Commits a copy, with a line of the audit log: if its licence is in force at that moment.
    CopyResult record(CopyOrder order, AnnotatedCopy copy);

    Optional<AnnotatedCopy> find(CopyId id);

    /// Newest first.
    List<AnnotatedCopy> ofLicence(LicenceId licence);
}
