/// Erasure of a person's data (个人信息保护法, article 47): proposed by one administrator, confirmed by another. What goes and
/// what stays: docs/decisions/0105; who decides: 0107. Start with [Erasures].
package org.yinzheng.registry.erasure;
