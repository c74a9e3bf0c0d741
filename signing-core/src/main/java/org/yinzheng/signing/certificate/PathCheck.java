package org.yinzheng.signing.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.yinzheng.signing.policy.Use;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Gap;

/// Whether a signer's certificate can be believed: a path to an anchor, usage, validity, revocation; whether the
/// algorithms and keys of all that still prove anything; and what a trust list says. Always all of them, so that a
/// clerk
/// sees everything that is wrong at once; but revocation is not judged by the word of an issuer whom nobody trusts.
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
        var asked = new Question(trust, moment, uses, KeyPurpose.signsDocuments(signer), Listing.Role.SIGNER);
        return check(signer, others, asked);
    }

    /// Checks a certificate of a timestamp authority: the same, and the purpose of RFC 3161 §2.3.
    public static List<Check> checkTimestamper(
            X509Certificate authority,
            Collection<X509Certificate> others,
            Trust trust,
            Moment moment,
            Collection<? extends Use> uses) {
        var asked = new Question(trust, moment, uses, KeyPurpose.tellsTime(authority), Listing.Role.TIMESTAMPER);
        return check(authority, others, asked);
    }

    private record Question(
            Trust trust, Moment moment, Collection<? extends Use> uses, Check usage, Listing.Role role) {}

    private record Judged(CertificatePath path, List<Check> checks, RevocationData used) {
        long faults() {
            return checks.stream().filter(check -> !check.passed()).count();
        }
    }

    /// Of several paths that one counts on which everything is in order, or else the one with the fewest faults.
    private static List<Check> check(X509Certificate signer, Collection<X509Certificate> others, Question asked) {
        Judged best = null;
        for (var path : CertificatePath.all(signer, others, asked.trust())) {
            var judged = judge(path, asked);
            if (best == null || (path.anchored() && judged.faults() < best.faults())) {
                best = judged;
            }
            if (best.faults() == 0 || !path.anchored()) {
                break;
            }
        }
        var chosen = Objects.requireNonNull(best);
        asked.trust().witness().path(chosen.path.certificates(), chosen.used, asked.moment());
        return chosen.checks;
    }

    private static Judged judge(CertificatePath path, Question asked) {
        var trust = asked.trust();
        var moment = asked.moment();
        var checks = new ArrayList<Check>();
        checks.add(pathCheck(path));
        checks.add(asked.usage());
        checks.add(validity(path, moment.decisive()));
        var revocation = Revocation.check(path, trust, moment);
        revocation.check().ifPresent(checks::add);
        var uses = new ArrayList<Use>(asked.uses());
        uses.addAll(path.uses());
        checks.add(trust.policy().check(uses, moment.decisive()));
        if (path.anchored()) {
            checks.addAll(trust.judge(path.vouched(), asked.role(), moment));
        }
        return new Judged(path, List.copyOf(checks), revocation.used());
    }

    /// Whether the issuer's key made the certificate's signature; says nothing about names or trust.
    public static boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        return CertificatePath.isSignedBy(certificate, issuer);
    }

    private static Check pathCheck(CertificatePath path) {
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
        var anchor = path.links().get(path.length() - 1).subject();
        return Check.passed("signer-path", path.length() + " certificates, ending at " + anchor, CLAUSE);
    }

    private static Check validity(CertificatePath path, Instant at) {
        for (var link : path.links().subList(0, path.length())) {
            if (at.isBefore(link.notBefore()) || at.isAfter(link.notAfter())) {
                return Check.failed(
                        "signer-validity",
                        link.subject() + " is valid from " + link.notBefore() + " until " + link.notAfter(),
                        "RFC 5280 §4.1.2.5",
                        Gap.OUT_OF_BOUNDS_NO_POE);
            }
        }
        return Check.passed("signer-validity", "every certificate is within its period at " + at, "RFC 5280 §4.1.2.5");
    }
}
