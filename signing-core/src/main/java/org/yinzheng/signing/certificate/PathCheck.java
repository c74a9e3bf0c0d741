package org.yinzheng.signing.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Gap;

/// Whether a signer's certificate can be believed: a path to an anchor, usage, validity, revocation. Four
/// checks, in this order and always all of them, so that a clerk sees everything that is wrong at once.
public final class PathCheck {
    private static final String CLAUSE = "RFC 5280 §6";

    private PathCheck() {}

    /// Checks a certificate that signs documents or seals.
    ///
    /// @param others certificates that came with the signature; they help to find a path and are believed
    /// only as far as an anchor vouches for them
    /// @param signingTimeClaimed the signer's own claim; it decides between "revoked before" and "cannot tell"
    /// @param at the validation time
    public static List<Check> check(
            X509Certificate signer,
            Collection<X509Certificate> others,
            Trust trust,
            Instant signingTimeClaimed,
            Instant at) {
        var path = CertificatePath.find(signer, others, trust);
        var checks = new ArrayList<Check>();
        checks.add(pathCheck(path));
        checks.add(usage(signer));
        checks.add(validity(path, at));
        checks.add(Revocation.check(path, trust.crls(), signingTimeClaimed, at));
        return List.copyOf(checks);
    }

    /// Whether the issuer's key made the certificate's signature; says nothing about names or trust.
    public static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        return CertificatePath.isSignedBy(certificate, issuer);
    }

    private static Check pathCheck(CertificatePath path) {
        var length = path.certificates().size();
        if (path.fault().isPresent()) {
            return Check.failed("signer-path", path.fault().get(), CLAUSE, Gap.CHAIN_CONSTRAINTS_FAILURE);
        }
        if (!path.anchored()) {
            var top = Certificates.issuer(path.certificates().getLast());
            return Check.failed(
                    "signer-path",
                    "no trust anchor issued it; last issuer: " + top,
                    CLAUSE,
                    Gap.NO_CERTIFICATE_CHAIN_FOUND);
        }
        for (var certificate : path.certificates()) {
            if (!SignatureScheme.accepts(certificate.getPublicKey())) {
                return Check.failed(
                        "signer-path",
                        "a key that is too weak or unknown",
                        CLAUSE,
                        Gap.CRYPTO_CONSTRAINTS_FAILURE_NO_POE);
            }
        }
        var anchor = Certificates.subject(path.certificates().getLast());
        return Check.passed("signer-path", length + " certificates, ending at " + anchor, CLAUSE);
    }

    private static Check usage(X509Certificate signer) {
        var usage = signer.getKeyUsage();
        if (usage != null && !usage[0] && !usage[1]) {
            return Check.failed(
                    "signer-key-usage",
                    "neither digitalSignature nor nonRepudiation",
                    "RFC 5280 §4.2.1.3",
                    Gap.CHAIN_CONSTRAINTS_FAILURE);
        }
        if (signer.getBasicConstraints() >= 0) {
            return Check.failed(
                    "signer-key-usage",
                    "an authority's certificate signs certificates, not documents",
                    "RFC 5280 §4.2.1.9",
                    Gap.CHAIN_CONSTRAINTS_FAILURE);
        }
        return Check.passed("signer-key-usage", "may sign documents", "RFC 5280 §4.2.1.3");
    }

    private static Check validity(CertificatePath path, Instant at) {
        for (var certificate : path.certificates()) {
            var from = certificate.getNotBefore().toInstant();
            var until = certificate.getNotAfter().toInstant();
            if (at.isBefore(from) || at.isAfter(until)) {
                return Check.failed(
                        "signer-validity",
                        Certificates.subject(certificate) + " is valid from " + from + " until " + until,
                        "RFC 5280 §4.1.2.5",
                        Gap.OUT_OF_BOUNDS_NO_POE);
            }
        }
        return Check.passed("signer-validity", "every certificate is within its period at " + at, "RFC 5280 §4.1.2.5");
    }
}
