/// All SQL of the registry, and the one place where SQL errors become failures. Decides nothing: constraints repeat
/// the invariants, transitions state the state they leave. Start with [Database].
package org.yinzheng.registry.postgres;
