package org.yinzheng.registry.audit;

/// The log as its users see it. What belongs to a change of the registry is appended in that change's transaction (see
/// `postgres.AuditTrail`); this is for what happens outside one, such as a sign-in or a start.
public interface AuditLog {
    /// @throws org.yinzheng.signing.Failure.NotDone nothing was written
    /// @throws org.yinzheng.signing.Failure.Unknown the commit's answer was lost
    void append(AuditEntry entry);
}
