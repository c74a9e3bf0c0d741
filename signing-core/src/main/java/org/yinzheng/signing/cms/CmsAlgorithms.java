package org.yinzheng.signing.cms;

import java.io.IOException;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.yinzheng.signing.certificate.Algorithms;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.SignatureScheme.Family;

/// The ways in which a SignerInfo names its signature algorithm: with its digest, or (RSA as a rule, others of some
/// makers) by the key's kind alone.
final class CmsAlgorithms {
    private static final String RSA_ENCRYPTION = "1.2.840.113549.1.1.1";
    private static final String DSA = "1.2.840.10040.4.1";
    private static final String EC_PUBLIC_KEY = "1.2.840.10045.2.1";
    private static final String SM2 = "1.2.156.10197.1.301";
    private static final String SM2_SIGN = "1.2.156.10197.1.301.1";

    private CmsAlgorithms() {}

    static Optional<String> digestName(String oid) {
        return Algorithms.digestName(oid);
    }

    static Optional<SignatureScheme> scheme(AlgorithmIdentifier algorithm, String digestName) {
        return switch (algorithm.getAlgorithm().getId()) {
            case RSA_ENCRYPTION -> Optional.of(new SignatureScheme(Family.RSA, digestName));
            case DSA -> Optional.of(new SignatureScheme(Family.DSA, digestName));
            // with SM3 nothing else is meant, whatever the key is called: SM2 is judged on its own curve only
            case EC_PUBLIC_KEY ->
                Optional.of(
                        digestName.equals("SM3")
                                ? SignatureScheme.SM2_SM3
                                : new SignatureScheme(Family.ECDSA, digestName));
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
