/// 机构合并: a body is merged into another, which answers for its licences from then on. What the licences say
/// does not change. No SQL here and no decision about who may. Start with [Mergers].
package org.yinzheng.registry.merger;
