/// Where a document of any format is judged: told by its content, handed to the verifier of its format. Above `pdf`,
/// `ofd` and `xml`, so that none knows of another. Start with [DocumentVerifier].
package org.yinzheng.signing.verification;
