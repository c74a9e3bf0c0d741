/// What a verification says: one report for every format, its checks, and reasons whose type decides the
/// indication.
/// Start with [Report].
package org.yinzheng.signing.verdict;
