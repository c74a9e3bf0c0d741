package org.yinzheng.signing.certificate;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.Certificate;
import org.yinzheng.signing.Digest;

/// The certificates from a signer upwards, as far as issuers could be found.
///
/// It refuses what it does not understand: a critical extension outside [#KNOWN] (name constraints, policy
/// constraints) breaks the path, where a full RFC 5280 §6 validator would evaluate it.
///
/// @param anchored whether one of them is a trust anchor. The path goes on above an anchor whose issuer is
/// known, so that a revoked authority is noticed although it was put on the trust list itself
/// @param fault why the certificates above the signer may not vouch for it
record CertificatePath(List<X509Certificate> certificates, boolean anchored, Optional<String> fault) {
    private static final int LONGEST = 8;
    private static final int MOST_CANDIDATES = 200;
    // basicConstraints, keyUsage, extendedKeyUsage, certificatePolicies, subjectAltName
    private static final Set<String> KNOWN = Set.of("2.5.29.19", "2.5.29.15", "2.5.29.37", "2.5.29.32", "2.5.29.17");

    CertificatePath {
        certificates = List.copyOf(certificates);
    }

    static CertificatePath find(X509Certificate signer, Collection<X509Certificate> others, Trust trust) {
        // anchors first: what we hold ourselves is tried before what the document brings
        var candidates = new LinkedHashMap<Digest, X509Certificate>();
        for (var certificate : trust.anchors()) {
            candidates.put(Digest.sha256(Certificates.der(certificate)), certificate);
        }
        others.stream()
                .limit(MOST_CANDIDATES)
                .forEach(certificate -> candidates.put(Digest.sha256(Certificates.der(certificate)), certificate));

        var path = new ArrayList<X509Certificate>(List.of(signer));
        while (path.size() < LONGEST && !isSelfIssued(path.getLast())) {
            var issuer = issuer(path.getLast(), candidates.values());
            if (issuer.isEmpty() || path.contains(issuer.get())) {
                break;
            }
            path.add(issuer.get());
        }
        var anchored = path.stream().anyMatch(trust::isAnchor);
        return new CertificatePath(path, anchored, fault(path));
    }

    private static Optional<X509Certificate> issuer(
            X509Certificate certificate, Collection<X509Certificate> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal()))
                .filter(candidate -> isSignedBy(certificate, candidate))
                .findFirst();
    }

    static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        var structure = Certificate.getInstance(Certificates.der(certificate));
        var outer = structure.getSignatureAlgorithm();
        if (!outer.equals(structure.getTBSCertificate().getSignature())) {
            return false; // RFC 5280 §4.1.1.2
        }
        var scheme = Algorithms.scheme(outer);
        return scheme.isPresent()
                && scheme.get().verify(issuer.getPublicKey(), Algorithms.tbs(certificate), certificate.getSignature());
    }

    private static Optional<String> fault(List<X509Certificate> path) {
        for (int i = 0; i < path.size(); i++) {
            var certificate = path.get(i);
            var critical = certificate.getCriticalExtensionOIDs();
            if (critical != null && !KNOWN.containsAll(critical)) {
                return Optional.of("a critical extension that is not understood");
            }
            if (i == 0) {
                continue;
            }
            if (certificate.getBasicConstraints() < 0) {
                return Optional.of(Certificates.subject(certificate) + " issued a certificate and is no authority");
            }
            if (certificate.getBasicConstraints() < i - 1) {
                return Optional.of("the path is longer than " + Certificates.subject(certificate) + " allows");
            }
            var usage = certificate.getKeyUsage();
            if (usage != null && !usage[5]) {
                return Optional.of(Certificates.subject(certificate) + " may not sign certificates");
            }
        }
        return Optional.empty();
    }

    private static boolean isSelfIssued(X509Certificate certificate) {
        return certificate.getSubjectX500Principal().equals(certificate.getIssuerX500Principal());
    }
}
