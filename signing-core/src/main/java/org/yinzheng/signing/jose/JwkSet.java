package org.yinzheng.signing.jose;

import com.nimbusds.jose.jwk.JWKSet;
import java.util.Collection;

/// The keys by which others check what we sign (RFC 7517 §5), public parts only.
public final class JwkSet {
    private JwkSet() {}

    /// @return JSON, for `application/jwk-set+json`
    public static String publish(Collection<JwsKey> keys) {
        return new JWKSet(keys.stream().map(JwsKey::jwk).toList())
                .toPublicJWKSet()
                .toString();
    }
}
