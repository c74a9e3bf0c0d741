package org.yinzheng.signing.jose;

import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.yinzheng.signing.certificate.Certificates;

/// The keys by which others check what we sign (RFC 7517 §5), public parts only.
public final class JwkSet {
    private JwkSet() {}

    /// @return JSON, for `application/jwk-set+json`
    public static String publish(Collection<JwsKey> keys) {
        return json(keys.stream().map(JwsKey::jwk).toList());
    }

    /// @param certified the key that signs now, with the certificates that vouch for it (x5c, RFC 7517 §4.7), its own
    /// first
    /// @param others keys of former signatures
    public static String publish(JwsKey certified, List<X509Certificate> chain, Collection<JwsKey> others) {
        var keys = new ArrayList<JWK>();
        keys.add(
                switch (certified.jwk()) {
                    case ECKey key ->
                        new ECKey.Builder(key).x509CertChain(encoded(chain)).build();
                    case RSAKey key ->
                        new RSAKey.Builder(key).x509CertChain(encoded(chain)).build();
                    default -> throw new IllegalArgumentException("no certificate is for such a key");
                });
        others.stream().filter(key -> !key.equals(certified)).map(JwsKey::jwk).forEach(keys::add);
        return json(keys);
    }

    /// DER in plain Base64, as x5c is everywhere (RFC 7515 §4.1.6).
    static List<Base64> encoded(List<X509Certificate> chain) {
        return chain.stream().map(one -> Base64.encode(Certificates.der(one))).toList();
    }

    private static String json(List<JWK> keys) {
        return new JWKSet(keys).toPublicJWKSet().toString();
    }
}
