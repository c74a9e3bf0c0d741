package org.yinzheng.api;

import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.registry.witness.Witness;

/// Our log, and our eye on others'.
public record AuditParts(AuditLog log, Witness witness) {}
