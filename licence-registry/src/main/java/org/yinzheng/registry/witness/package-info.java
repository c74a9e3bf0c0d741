/// Cities watch each other's audit logs (C2SP tlog-witness, tlog-cosignature): who co-signs a checkpoint has seen that
/// the log only grew, so that nobody can show two cities two logs. [Witness] judges others' checkpoints, [Cosigning]
/// has ours co-signed. Knows the log's notes and no HTTP.
package org.yinzheng.registry.witness;
