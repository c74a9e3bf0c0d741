/// Where a document of any format is judged: told by its content, handed to the verifier of its format. Above `pdf` and
/// `ofd`, so that neither knows of the other. Start with [DocumentVerifier].
package org.yinzheng.signing.verification;
