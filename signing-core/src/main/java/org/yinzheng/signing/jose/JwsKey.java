package org.yinzheng.signing.jose;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.X509EncodedKeySpec;
import org.yinzheng.signing.key.KeyStrength;

/// A public key together with the one algorithm that it is used with: the header of a token never chooses.
///
/// @param id the key's thumbprint (RFC 7638, SHA-256), in the header as `kid`
public record JwsKey(String id, PublicKey publicKey, JwsAlgorithm algorithm) {
    private static final int SHORTEST_RSA = 2048; // RFC 7518 §3.3

    public JwsKey(PublicKey publicKey, JwsAlgorithm algorithm) {
        this(jwk(publicKey, algorithm).getKeyID(), publicKey, algorithm);
    }

    public JwsKey {
        if (!jwk(publicKey, algorithm).getKeyID().equals(id)) {
            throw new IllegalArgumentException("the identifier is another key's");
        }
    }

    JWK jwk() {
        return jwk(publicKey, algorithm);
    }

    private static JWK jwk(PublicKey key, JwsAlgorithm algorithm) {
        var strength = KeyStrength.of(key);
        if (strength.isEmpty()
                || !(algorithm == JwsAlgorithm.ES256
                        ? strength.get().name().equals("P-256")
                        : strength.get().name().equals("RSA") && strength.get().bits() >= SHORTEST_RSA)) {
            throw new IllegalArgumentException("a key that is too weak or of another kind");
        }
        var name = new JWSAlgorithm(algorithm.name());
        try {
            return switch (algorithm) {
                case RS256, PS256 ->
                    new RSAKey.Builder((RSAPublicKey) jdkKey("RSA", key))
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(name)
                            .keyIDFromThumbprint()
                            .build();
                case ES256 ->
                    new ECKey.Builder(Curve.P_256, (ECPublicKey) jdkKey("EC", key))
                            .keyUse(KeyUse.SIGNATURE)
                            .algorithm(name)
                            .keyIDFromThumbprint()
                            .build();
            };
        } catch (GeneralSecurityException | IllegalStateException e) {
            throw new IllegalArgumentException("a key that does not fit " + algorithm, e);
        } catch (JOSEException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    private static PublicKey jdkKey(String type, PublicKey key) throws GeneralSecurityException {
        return KeyFactory.getInstance(type).generatePublic(new X509EncodedKeySpec(key.getEncoded()));
    }
}
