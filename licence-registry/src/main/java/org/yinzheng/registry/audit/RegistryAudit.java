package org.yinzheng.registry.audit;

import java.util.function.Consumer;

/// Whether the registry's tables are as the service left them. The log itself is judged by [AuditLog#verify].
public interface RegistryAudit {
    /// Compares every row that carries rights with its MAC, and what the audit log tells with what the tables say.
    ///
    /// @param found is told of each row that deviates; of some twice, when both disagree
    /// @return how many rows were compared
    /// @throws org.yinzheng.signing.Failure.NotDone while the database is away
    long verify(Consumer<RowDeviation> found);
}
