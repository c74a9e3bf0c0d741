/// 存量转换: turns an index and a folder of scanned paper licences into licences, each row once, or says why not.
/// Knows no SQL, no key and no layout: it reads, checks, and asks [org.yinzheng.registry.issuance.Issuance].
/// Start with [Conversion].
package org.yinzheng.registry.conversion;
