/// 加注件: a licence's pages once more, for one use, made by its holder or its authority and sealed by the
/// installation. A copy is no licence and never taken for one. No SQL here and no decision about who may.
/// Start with [CopyDesk].
package org.yinzheng.registry.copy;
