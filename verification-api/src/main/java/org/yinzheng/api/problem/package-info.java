/// What goes wrong, as the outside sees it: problem documents (RFC 9457) with stable codes in Chinese and
/// English. Nothing here repeats a value that was sent; a bug shows its incident id only. Start with
/// [org.yinzheng.api.problem.ProblemCode].
package org.yinzheng.api.problem;
