/// Judges documents of strangers in processes of their own, so that a malicious file costs at most its deadline and one
/// worker's memory, and reaches nothing: a worker knows no key, no database and no other request. A worker is believed
/// no more than the document that it read. Start with [VerifierPool].
package org.yinzheng.api.worker;
