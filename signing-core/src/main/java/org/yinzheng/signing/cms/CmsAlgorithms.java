package org.yinzheng.signing.cms;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.yinzheng.signing.certificate.Algorithms;
import org.yinzheng.signing.key.SignatureScheme;

/// The ways in which a SignerInfo names its signature algorithm: with its digest, or (RSA, and SM2 of some
/// makers) without it.
final class CmsAlgorithms {
    private static final String RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    private static final String SM2 = "1.2.156.10197.1.301";
    private static final String SM2_SIGN = "1.2.156.10197.1.301.1";
    private static final Map<String, SignatureScheme> RSA = Map.of(
            "SHA-256", SignatureScheme.RSA_SHA256,
            "SHA-384", SignatureScheme.RSA_SHA384,
            "SHA-512", SignatureScheme.RSA_SHA512);

    private CmsAlgorithms() {}

    static Optional<String> digestName(String oid) {
        return Algorithms.digestName(oid);
    }

    static Optional<SignatureScheme> scheme(AlgorithmIdentifier algorithm, String digestName) {
        return switch (algorithm.getAlgorithm().getId()) {
            case RSA_ENCRYPTION -> Optional.ofNullable(RSA.get(digestName));
            case SM2, SM2_SIGN -> Optional.of(SignatureScheme.SM2_SM3);
            default -> Algorithms.scheme(der(algorithm));
        };
    }

    private static byte[] der(AlgorithmIdentifier algorithm) {
        try {
            return algorithm.getEncoded(ASN1Encoding.DER);
        } catch (IOException e) {
            throw new AssertionError("encoding in memory does not fail", e);
        }
    }
}
