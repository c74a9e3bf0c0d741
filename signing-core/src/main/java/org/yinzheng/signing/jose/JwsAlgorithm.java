package org.yinzheng.signing.jose;

import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SignatureScheme;

/// The registered algorithms that we sign with and accept (RFC 7518 §3.1).
public enum JwsAlgorithm {
    RS256,
    PS256,
    ES256;

    /// What a key is used with unless somebody asks for another: RSASSA-PSS for RSA, as RFC 8725 §3.2 advises.
    public static JwsAlgorithm of(KeyKind kind) {
        return switch (kind) {
            case RSA_2048, RSA_3072 -> PS256;
            case P_256 -> ES256;
            case SM2 -> throw new IllegalArgumentException("no algorithm is registered for SM2: see Sm2Jws");
        };
    }

    SignatureScheme scheme() {
        return switch (this) {
            case RS256 -> SignatureScheme.RSA_SHA256;
            case PS256 -> SignatureScheme.PSS_SHA256;
            case ES256 -> SignatureScheme.ECDSA_SHA256;
        };
    }
}
