package org.yinzheng.signing.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.yinzheng.signing.policy.Use;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Gap;

/// Whether a signer's certificate can be believed: a path to an anchor, usage, validity, revocation; and whether the
/// algorithms and keys of all that still prove anything. Five checks, in this order and always all of them, so that a
/// clerk sees everything that is wrong at once.
public final class PathCheck {
    private static final String CLAUSE = "RFC 5280 §6";

    private PathCheck() {}

    /// As below, for a signature of which nothing proves the time.
    ///
    /// @param signingTimeClaimed the signer's own claim; it decides between "revoked before" and "cannot tell"
    /// @param at the validation time
    public static List<Check> check(
            X509Certificate signer,
            Collection<X509Certificate> others,
            Trust trust,
            Instant signingTimeClaimed,
            Instant at) {
        return check(signer, others, trust, Moment.unproven(signingTimeClaimed, at));
    }

    /// Checks a certificate that signs documents or seals.
    ///
    /// @param others certificates that came with the signature; they help to find a path and are believed
    /// only as far as an anchor vouches for them
    public static List<Check> check(
            X509Certificate signer, Collection<X509Certificate> others, Trust trust, Moment moment) {
        return check(signer, others, trust, moment, List.of());
    }

    /// The same, where the signature's own algorithms are judged together with those of the path.
    ///
    /// @param uses what the signature itself relies on
    public static List<Check> check(
            X509Certificate signer,
            Collection<X509Certificate> others,
            Trust trust,
            Moment moment,
            Collection<? extends Use> uses) {
        return check(signer, others, trust, moment, uses, KeyPurpose.signsDocuments(signer));
    }

    /// Checks a certificate of a timestamp authority: the same, and the purpose of RFC 3161 §2.3.
    public static List<Check> checkTimestamper(
            X509Certificate authority,
            Collection<X509Certificate> others,
            Trust trust,
            Moment moment,
            Collection<? extends Use> uses) {
        return check(authority, others, trust, moment, uses, KeyPurpose.tellsTime(authority));
    }

    private static List<Check> check(
            X509Certificate signer,
            Collection<X509Certificate> others,
            Trust trust,
            Moment moment,
            Collection<? extends Use> uses,
            Check usage) {
        var path = CertificatePath.find(signer, others, trust);
        var checks = new ArrayList<Check>();
        checks.add(pathCheck(path));
        checks.add(usage);
        checks.add(validity(path, moment.decisive()));
        checks.add(Revocation.check(path, trust.crls(), moment));
        checks.add(trust.policy().check(all(uses, path, trust), moment.decisive()));
        return List.copyOf(checks);
    }

    /// An anchor is believed for what it is: how it was signed itself does not matter, nor does what is above it.
    private static List<Use> all(Collection<? extends Use> uses, CertificatePath path, Trust trust) {
        var all = new ArrayList<Use>(uses);
        for (int i = 0; i < path.certificates().size(); i++) {
            var certificate = path.certificates().get(i);
            var subject = Certificates.subject(certificate);
            all.add(new Use.OfKey(subject, certificate.getPublicKey()));
            if (trust.isAnchor(certificate)) {
                break;
            }
            if (i + 1 < path.certificates().size()) {
                Algorithms.scheme(certificate).ifPresent(scheme -> all.add(new Use.OfScheme(subject, scheme)));
            }
        }
        return all;
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
        var anchor = Certificates.subject(path.certificates().getLast());
        return Check.passed("signer-path", length + " certificates, ending at " + anchor, CLAUSE);
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
