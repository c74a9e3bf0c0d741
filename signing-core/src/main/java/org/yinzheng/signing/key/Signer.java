package org.yinzheng.signing.key;

import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;

/// A signing key with its certificate first and the certificates that lead to the root after it (the root
/// itself left out).
public record Signer(SigningKey key, List<X509Certificate> chain) {
    public Signer {
        chain = List.copyOf(chain);
        if (!Arrays.equals(
                chain.getFirst().getPublicKey().getEncoded(), key.publicKey().getEncoded())) {
            throw new IllegalArgumentException("the certificate is for another key than " + key.label());
        }
    }

    public X509Certificate certificate() {
        return chain.getFirst();
    }
}
