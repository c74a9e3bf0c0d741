/// Receipts: what was verified and what was found, signed by the verifying body, for programs (JWS) and for a file of
/// papers (a PDF of one page). Start with [org.yinzheng.api.receipt.Receipts].
package org.yinzheng.api.receipt;
