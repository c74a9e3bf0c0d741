package org.yinzheng.signing.certificate;

import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1GeneralizedTime;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.CRLDistPoint;
import org.bouncycastle.asn1.x509.CertificateList;
import org.bouncycastle.asn1.x509.DistributionPointName;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.yinzheng.signing.Memo;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.policy.Use;

/// A revocation list (RFC 5280 §5), and what it was found to say: a large list is digested once, and looked through
/// once for each certificate. No time is involved in any of it.
final class RevocationList {
    private static final String ISSUING_DISTRIBUTION_POINT = Extension.issuingDistributionPoint.getId();
    private static final String EXPIRED_CERTIFICATES = "2.5.29.60";
    private final X509CRL crl;
    private final X500Principal issuer;
    private final Memo<List<X509Certificate>, Optional<SignatureScheme>> signers = Certificates.memo(100);
    private final Memo<List<X509Certificate>, Optional<Statement>> told = Certificates.memo(1_000);

    RevocationList(X509CRL crl) {
        this.crl = crl;
        issuer = crl.getIssuerX500Principal();
    }

    X509CRL crl() {
        return crl;
    }

    /// Empty unless the issuer signed it and it speaks of such certificates.
    Optional<Statement> about(X509Certificate certificate, X509Certificate issuer) {
        if (!this.issuer.equals(issuer.getSubjectX500Principal())) {
            return Optional.empty();
        }
        return told.find(List.of(certificate, issuer), asked -> lookUp(certificate, issuer));
    }

    private Optional<Statement> lookUp(X509Certificate certificate, X509Certificate issuer) {
        var scheme = signers.find(List.of(issuer), asked -> verified(issuer));
        if (scheme.isEmpty() || crl.getNextUpdate() == null || !isInScope(certificate)) {
            return Optional.empty();
        }
        var entry = crl.getRevokedCertificate(certificate.getSerialNumber());
        var revoked = entry == null
                ? Optional.<Statement.Revoked>empty()
                : Optional.of(new Statement.Revoked(
                        entry.getRevocationDate().toInstant(),
                        entry.getRevocationReason() == java.security.cert.CRLReason.CERTIFICATE_HOLD));
        return Optional.of(new Statement(
                crl.getThisUpdate().toInstant(),
                crl.getNextUpdate().toInstant(),
                expired(),
                revoked,
                List.of(new Use.OfScheme("revocation list", scheme.get())),
                "CRL " + crl.getThisUpdate().toInstant(),
                new RevocationData(List.of(crl), List.of())));
    }

    /// How the issuer signed it; empty when it did not.
    private Optional<SignatureScheme> verified(X509Certificate issuer) {
        var usage = issuer.getKeyUsage();
        if (usage != null && !usage[6]) {
            return Optional.empty();
        }
        try {
            var structure = CertificateList.getInstance(crl.getEncoded());
            var algorithm = structure.getSignatureAlgorithm();
            var signed = crl.getTBSCertList();
            return Algorithms.scheme(algorithm)
                    .filter(scheme ->
                            algorithm.equals(structure.getTBSCertList().getSignature()))
                    .filter(scheme -> scheme.verify(issuer.getPublicKey(), signed, crl.getSignature()));
        } catch (CRLException e) {
            return Optional.empty();
        }
    }

    /// A list may be of a part: of users or of authorities, or of those whose certificates name its address. Delta
    /// lists, indirect ones and those of some reasons only are not made use of.
    private boolean isInScope(X509Certificate certificate) {
        var critical = crl.getCriticalExtensionOIDs();
        if (critical != null && !Set.of(ISSUING_DISTRIBUTION_POINT).containsAll(critical)) {
            return false;
        }
        var value = crl.getExtensionValue(ISSUING_DISTRIBUTION_POINT);
        if (value == null) {
            return true;
        }
        try {
            var scope = IssuingDistributionPoint.getInstance(
                    ASN1OctetString.getInstance(value).getOctets());
            boolean isAuthority = certificate.getBasicConstraints() >= 0;
            return !scope.isIndirectCRL()
                    && scope.getOnlySomeReasons() == null
                    && !scope.onlyContainsAttributeCerts()
                    && !(scope.onlyContainsUserCerts() && isAuthority)
                    && !(scope.onlyContainsCACerts() && !isAuthority)
                    && (scope.getDistributionPoint() == null || names(certificate, scope.getDistributionPoint()));
        } catch (IllegalArgumentException | ClassCastException e) { // Bouncy Castle, for an extension of another form
            return false;
        }
    }

    private static boolean names(X509Certificate certificate, DistributionPointName point) {
        var value = certificate.getExtensionValue(Extension.cRLDistributionPoints.getId());
        if (value == null || point.getType() != DistributionPointName.FULL_NAME) {
            return false;
        }
        var named = new HashSet<GeneralName>();
        var points = CRLDistPoint.getInstance(ASN1OctetString.getInstance(value).getOctets());
        for (var one : points.getDistributionPoints()) {
            if (one.getDistributionPoint() != null
                    && one.getDistributionPoint().getType() == DistributionPointName.FULL_NAME) {
                named.addAll(List.of(
                        GeneralNames.getInstance(one.getDistributionPoint().getName())
                                .getNames()));
            }
        }
        return List.of(GeneralNames.getInstance(point.getName()).getNames()).stream()
                .anyMatch(named::contains);
    }

    /// expiredCertsOnCRL (ITU-T X.509 §9.5.2.8).
    private Optional<java.time.Instant> expired() {
        var value = crl.getExtensionValue(EXPIRED_CERTIFICATES);
        try {
            return value == null
                    ? Optional.empty()
                    : Optional.of(ASN1GeneralizedTime.getInstance(
                                    ASN1OctetString.getInstance(value).getOctets())
                            .getDate()
                            .toInstant());
        } catch (java.text.ParseException | IllegalArgumentException | ClassCastException e) {
            return Optional.empty();
        }
    }
}
