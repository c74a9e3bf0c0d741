/// The tamper-evident log: what was done, by whom and why, and a Merkle tree (RFC 6962) over salted commitments to it,
/// whose checkpoints are signed. Says nothing of a person but by the references that other tables resolve; holds no
/// SQL. Start with [AuditLog].
package org.yinzheng.registry.audit;
