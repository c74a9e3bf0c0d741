package org.yinzheng.signing.jose;

import java.security.PublicKey;
import java.util.Map;
import java.util.Optional;
import org.yinzheng.signing.key.DsaValue;
import org.yinzheng.signing.key.KeyStrength;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.SignatureScheme.Family;
import org.yinzheng.signing.key.Sm2;

/// What an `alg` of the registry (RFC 7518 §3.1, RFC 8037, RFC 8812), or our private one for SM2, stands for.
///
/// @param key the kind of key that it is for, as in [KeyStrength#name]
/// @param valueBytes of r‖s; 0 where the value is something else
record JwsScheme(SignatureScheme scheme, String key, int valueBytes) {
    private static final Map<String, JwsScheme> BY_NAME = Map.ofEntries(
            Map.entry("RS256", rsa("SHA-256")),
            Map.entry("RS384", rsa("SHA-384")),
            Map.entry("RS512", rsa("SHA-512")),
            Map.entry("PS256", pss("SHA-256", 32)),
            Map.entry("PS384", pss("SHA-384", 48)),
            Map.entry("PS512", pss("SHA-512", 64)),
            Map.entry("ES256", ecdsa("SHA-256", "P-256", 64)),
            Map.entry("ES384", ecdsa("SHA-384", "P-384", 96)),
            Map.entry("ES512", ecdsa("SHA-512", "P-521", 132)),
            Map.entry("ES256K", ecdsa("SHA-256", "secp256k1", 64)),
            Map.entry("EdDSA", new JwsScheme(new SignatureScheme(Family.ED25519, "SHA-512"), "Ed25519", 0)),
            Map.entry(Sm2Jws.ALGORITHM, new JwsScheme(SignatureScheme.SM2_SM3, "SM2", 64)));

    static Optional<JwsScheme> find(String algorithm) {
        return Optional.ofNullable(BY_NAME.get(algorithm));
    }

    boolean fits(PublicKey publicKey) {
        return key.equals("SM2")
                ? Sm2.isSm2(publicKey)
                : KeyStrength.of(publicKey)
                        .filter(own -> own.name().equals(key))
                        .isPresent();
    }

    /// r‖s of another length is no value of this algorithm (RFC 7518 §3.4).
    boolean verify(PublicKey publicKey, byte[] input, byte[] value) {
        if (valueBytes == 0) {
            return scheme.verify(publicKey, input, value);
        }
        return value.length == valueBytes
                && DsaValue.fromRaw(value)
                        .filter(der -> scheme.verify(publicKey, input, der))
                        .isPresent();
    }

    private static JwsScheme rsa(String digest) {
        return new JwsScheme(new SignatureScheme(Family.RSA, digest), "RSA", 0);
    }

    private static JwsScheme pss(String digest, int salt) {
        return new JwsScheme(SignatureScheme.pss(digest, digest, salt).orElseThrow(), "RSA", 0);
    }

    private static JwsScheme ecdsa(String digest, String curve, int valueBytes) {
        return new JwsScheme(new SignatureScheme(Family.ECDSA, digest), curve, valueBytes);
    }
}
