/// 异议: somebody says that a licence is wrong. It is shown in every verification until it is decided, and a clock runs
/// in working days. Correcting is issuing anew, so it is no part of this. Start with [Disputes].
package org.yinzheng.registry.dispute;
