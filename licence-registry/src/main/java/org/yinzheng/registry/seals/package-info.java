/// 电子印章: a seal's life from application to destruction, who signs with it, what it may stamp, and the log of what
/// it stamped. Knows no SQL and no HTTP, and stamps nothing itself. Start with [SealOffice], the steps of a life, and
/// with [SealRecord#refuse], the guard rails of one use.
package org.yinzheng.registry.seals;
