package org.yinzheng.signing.certificate;

import java.security.cert.CRLException;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.CertificateList;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;

/// Whether a certificate of a path was revoked, by the lists that the operator holds. Nothing is fetched.
///
/// An authority that names no source of revocation data and whose list nobody holds publishes none: that
/// passes, and the check says so. One that does publish must have a fresh list here.
final class Revocation {
    private static final String STEP = "signer-revocation";
    private static final String CLAUSE = "RFC 5280 §6.3";
    private static final String CRL_DISTRIBUTION_POINTS = "2.5.29.31";
    private static final String AUTHORITY_INFORMATION_ACCESS = "1.3.6.1.5.5.7.1.1";

    private Revocation() {}

    static Check check(CertificatePath path, List<X509CRL> crls, Moment moment) {
        var silent = 0;
        for (int i = 0; i + 1 < path.certificates().size(); i++) {
            var certificate = path.certificates().get(i);
            var issuer = path.certificates().get(i + 1);
            var lists = crls.stream().filter(crl -> isFrom(crl, issuer)).toList();
            if (lists.isEmpty() && !namesSource(certificate)) {
                silent++;
                continue;
            }
            var revoked = revokedAt(certificate, lists, moment.decisive());
            if (revoked.isPresent()) {
                var before = !revoked.get().isAfter(moment.claimed());
                return Check.failed(
                        STEP,
                        Certificates.subject(certificate) + " was revoked at " + revoked.get(),
                        CLAUSE,
                        before ? Flaw.REVOKED : Gap.REVOKED_NO_POE);
            }
            if (lists.stream().noneMatch(crl -> tells(crl, certificate, moment))) {
                return Check.failed(
                        STEP,
                        "no revocation list of " + Certificates.subject(issuer) + " is current at " + moment.decisive(),
                        CLAUSE,
                        Gap.TRY_LATER);
            }
        }
        if (path.certificates().size() == 1) {
            return path.anchored()
                    ? Check.passed(STEP, "the signer itself is a trust anchor", CLAUSE)
                    : Check.failed(STEP, "the issuer is unknown, and so is revocation", CLAUSE, Gap.TRY_LATER);
        }
        return silent == 0
                ? Check.passed(STEP, "not revoked", CLAUSE)
                : Check.passed(STEP, silent + " issuers publish no revocation data", CLAUSE);
    }

    /// An entry counts on a stale list too: a revocation is not taken back.
    private static Optional<Instant> revokedAt(X509Certificate certificate, List<X509CRL> lists, Instant at) {
        return lists.stream()
                .map(crl -> crl.getRevokedCertificate(certificate.getSerialNumber()))
                .filter(entry ->
                        entry != null && !entry.getRevocationDate().toInstant().isAfter(at))
                .map(entry -> entry.getRevocationDate().toInstant())
                .min(Comparator.naturalOrder());
    }

    /// Whether the list is of a time that decides: current at it or later. One made after it is as good, for what was
    /// revoked later is told by its date; but a certificate that has expired may have left the list since
    /// (RFC 5280 §3.3).
    private static boolean tells(X509CRL crl, X509Certificate certificate, Moment moment) {
        return crl.getNextUpdate() != null
                && !crl.getNextUpdate().toInstant().isBefore(moment.decisive())
                && (moment.proven().isEmpty()
                        || !crl.getThisUpdate()
                                .toInstant()
                                .isAfter(certificate.getNotAfter().toInstant()));
    }

    /// Signed by that issuer, and complete: delta and partial lists carry a critical extension.
    static boolean isFrom(X509CRL crl, X509Certificate issuer) {
        var usage = issuer.getKeyUsage();
        if (!crl.getIssuerX500Principal().equals(issuer.getSubjectX500Principal())
                || !isEmpty(crl.getCriticalExtensionOIDs())
                || (usage != null && !usage[6])) {
            return false;
        }
        try {
            var structure = CertificateList.getInstance(crl.getEncoded());
            var scheme = Algorithms.scheme(structure.getSignatureAlgorithm());
            return scheme.isPresent()
                    && structure
                            .getSignatureAlgorithm()
                            .equals(structure.getTBSCertList().getSignature())
                    && scheme.get().verify(issuer.getPublicKey(), crl.getTBSCertList(), crl.getSignature());
        } catch (CRLException e) {
            return false;
        }
    }

    static boolean namesSource(X509Certificate certificate) {
        return certificate.getExtensionValue(CRL_DISTRIBUTION_POINTS) != null
                || certificate.getExtensionValue(AUTHORITY_INFORMATION_ACCESS) != null;
    }

    private static boolean isEmpty(@org.jspecify.annotations.Nullable Collection<String> oids) {
        return oids == null || oids.isEmpty();
    }
}
