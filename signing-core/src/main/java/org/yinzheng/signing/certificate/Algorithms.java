package org.yinzheng.signing.certificate;

import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.Certificate;
import org.yinzheng.signing.key.SignatureScheme;

/// From ASN.1 algorithm identifiers to [SignatureScheme].
public final class Algorithms {
    private static final Map<String, String> DIGESTS = Map.ofEntries(
            Map.entry("1.2.840.113549.2.5", "MD5"),
            Map.entry("1.3.14.3.2.26", "SHA-1"),
            Map.entry("1.3.36.3.2.1", "RIPEMD160"),
            Map.entry("2.16.840.1.101.3.4.2.4", "SHA-224"),
            Map.entry("2.16.840.1.101.3.4.2.1", "SHA-256"),
            Map.entry("2.16.840.1.101.3.4.2.2", "SHA-384"),
            Map.entry("2.16.840.1.101.3.4.2.3", "SHA-512"),
            Map.entry("2.16.840.1.101.3.4.2.6", "SHA-512/256"),
            Map.entry("2.16.840.1.101.3.4.2.7", "SHA3-224"),
            Map.entry("2.16.840.1.101.3.4.2.8", "SHA3-256"),
            Map.entry("2.16.840.1.101.3.4.2.9", "SHA3-384"),
            Map.entry("2.16.840.1.101.3.4.2.10", "SHA3-512"),
            Map.entry("2.16.840.1.101.3.4.2.12", "SHAKE256-512"),
            Map.entry("1.2.156.10197.1.401", "SM3"),
            // SM3 without a key, as some makers have it
            Map.entry("1.2.156.10197.1.401.1", "SM3"));

    private Algorithms() {}

    public static Optional<String> digestName(String oid) {
        return Optional.ofNullable(DIGESTS.get(oid));
    }

    /// @param der an AlgorithmIdentifier
    public static Optional<SignatureScheme> scheme(byte[] der) {
        try {
            return scheme(AlgorithmIdentifier.getInstance(der));
        } catch (IllegalArgumentException e) { // Bouncy Castle, for ASN.1 of another form
            return Optional.empty();
        }
    }

    /// How its issuer signed it.
    static Optional<SignatureScheme> scheme(X509Certificate certificate) {
        return scheme(Certificate.getInstance(Certificates.der(certificate)).getSignatureAlgorithm());
    }

    static Optional<SignatureScheme> scheme(AlgorithmIdentifier algorithm) {
        if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)) {
            return SignatureScheme.of(algorithm.getAlgorithm().getId());
        }
        try {
            var parameters = RSASSAPSSparams.getInstance(algorithm.getParameters());
            if (parameters == null
                    || !parameters.getMaskGenAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)) {
                return Optional.empty();
            }
            var mask = AlgorithmIdentifier.getInstance(
                    parameters.getMaskGenAlgorithm().getParameters());
            var digest = digestName(parameters.getHashAlgorithm().getAlgorithm().getId());
            var maskDigest = mask == null
                    ? Optional.<String>empty()
                    : digestName(mask.getAlgorithm().getId());
            if (digest.isEmpty()
                    || maskDigest.isEmpty()
                    || parameters.getTrailerField().intValue() != 1) {
                return Optional.empty();
            }
            return SignatureScheme.pss(
                    digest.get(), maskDigest.get(), parameters.getSaltLength().intValueExact());
        } catch (IllegalArgumentException | ArithmeticException e) { // Bouncy Castle, for parameters of another form
            return Optional.empty();
        }
    }

    static byte[] tbs(X509Certificate certificate) {
        try {
            return certificate.getTBSCertificate();
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("a certificate that cannot be encoded", e);
        }
    }
}
