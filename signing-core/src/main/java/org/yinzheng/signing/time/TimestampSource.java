package org.yinzheng.signing.time;

import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Suite;

/// Somebody who tells the time under a signature (RFC 3161): an authority of our own, or one that is asked over the
/// network. Safe for many threads.
public interface TimestampSource {
    /// A token over bytes that were hashed already (a document may be larger than memory), and checked against what
    /// was asked: imprint, nonce, and the token's own signature.
    ///
    /// @param digest with the suite's own digest
    /// @param suite of the signature that is being timestamped: [Suite#SM2_SM3] asks for an SM3 imprint and a token
    /// signed with SM2, the others for SHA-256 and RSA
    /// @return the DER of the TimeStampToken (a CMS ContentInfo)
    /// @throws org.yinzheng.signing.Failure.NotDone when the authority is away or refuses
    DocumentBytes tokenOver(DocumentBytes digest, Suite suite);

    /// The same over `stamped` itself.
    default DocumentBytes token(DocumentBytes stamped, Suite suite) {
        var digest = Cryptography.digest(suite.digestName()).digest(stamped.toByteArray());
        return tokenOver(DocumentBytes.owning(digest), suite);
    }
}
