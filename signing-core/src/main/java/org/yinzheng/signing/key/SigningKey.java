package org.yinzheng.signing.key;

import java.security.PublicKey;
import java.util.Optional;
import org.yinzheng.signing.Failure;

/// A private key that signs and cannot be read. Safe for use by many threads.
public interface SigningKey {
    /// Unique among the keys of one custodian, such as `demo-authority-sm2`.
    String label();

    KeyKind kind();

    Custody custody();

    PublicKey publicKey();

    /// Signs the whole `message` (this method hashes, and for SM2 adds Z with the default user ID).
    ///
    /// @return the value in the encoding that [Suite] states
    /// @throws Failure.NotDone when the token is away; it may come back
    byte[] sign(byte[] message);

    /// Signs with a scheme that this key can do beside that of its suite: RSASSA-PSS with an RSA key.
    ///
    /// @throws IllegalArgumentException when the key cannot
    /// @throws Failure.NotDone when the token is away; it may come back
    default byte[] sign(SignatureScheme scheme, byte[] message) {
        if (!SignatureScheme.of(suite().oid()).equals(Optional.of(scheme))) {
            throw new IllegalArgumentException("a key of " + kind() + " does not sign with " + scheme);
        }
        return sign(message);
    }

    default Suite suite() {
        return kind().suite();
    }
}
