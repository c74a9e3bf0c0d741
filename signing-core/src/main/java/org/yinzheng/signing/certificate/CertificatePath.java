package org.yinzheng.signing.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Certificate;
import org.yinzheng.signing.policy.Use;

/// The certificates from a signer upwards, as far as issuers could be found. It goes on above an anchor whose issuer is
/// known, so that a revoked authority is noticed although it is an anchor itself; what lies above has no other say.
///
/// @param links the certificates once more, with what is asked of each again and again
/// @param uses the keys and algorithms that the vouched ones rely on
record CertificatePath(
        List<X509Certificate> certificates,
        Optional<Integer> anchor,
        Optional<String> fault,
        List<Link> links,
        List<Use> uses) {
    private static final int LONGEST = 8;
    private static final int MOST_CANDIDATES = 200;
    private static final int MOST_PATHS = 12;
    private static final int MOST_TRIALS = 100;

    CertificatePath {
        certificates = List.copyOf(certificates);
        links = List.copyOf(links);
        uses = List.copyOf(uses);
    }

    /// @param subject for a person
    record Link(String subject, Instant notBefore, Instant notAfter) {
        static Link of(X509Certificate certificate) {
            return new Link(
                    Certificates.subject(certificate),
                    certificate.getNotBefore().toInstant(),
                    certificate.getNotAfter().toInstant());
        }
    }

    private static CertificatePath of(List<X509Certificate> certificates, Anchors anchors) {
        var anchor = java.util.stream.IntStream.range(0, certificates.size())
                .filter(i -> anchors.include(certificates.get(i)))
                .boxed()
                .findFirst();
        var vouched = certificates.subList(0, anchor.orElse(certificates.size() - 1) + 1);
        var links = certificates.stream().map(Link::of).toList();
        return new CertificatePath(certificates, anchor, PathRules.fault(vouched), links, uses(vouched, links));
    }

    /// An anchor is believed for what it is: how it was signed itself does not matter, nor does what is above it.
    private static List<Use> uses(List<X509Certificate> vouched, List<Link> links) {
        var uses = new ArrayList<Use>();
        for (int i = 0; i < vouched.size(); i++) {
            var subject = links.get(i).subject();
            uses.add(new Use.OfKey(subject, vouched.get(i).getPublicKey()));
            if (i + 1 < vouched.size()) {
                Algorithms.scheme(vouched.get(i)).ifPresent(scheme -> uses.add(new Use.OfScheme(subject, scheme)));
            }
        }
        return uses;
    }

    boolean anchored() {
        return anchor.isPresent();
    }

    /// Up to the anchor, and with it: what has to be in order.
    List<X509Certificate> vouched() {
        return certificates.subList(0, length());
    }

    /// Of what is vouched for.
    int length() {
        return anchor.orElse(certificates.size() - 1) + 1;
    }

    /// The best one, whatever the time.
    static CertificatePath find(X509Certificate signer, Collection<X509Certificate> others, Trust trust) {
        return all(signer, others, trust).getFirst();
    }

    /// Several lead to an anchor when authorities certify each other or have renewed their keys: those that end at an
    /// anchor and keep the rules come first. Never empty.
    static List<CertificatePath> all(X509Certificate signer, Collection<X509Certificate> others, Trust trust) {
        var anchors = trust.paths();
        return anchors.paths(signer, others, () -> search(signer, others, anchors));
    }

    private static List<CertificatePath> search(
            X509Certificate signer, Collection<X509Certificate> others, Anchors anchors) {
        var known = Stream.concat(anchors.between().stream(), others.stream());
        var search = new Search(anchors, known.limit(MOST_CANDIDATES).toList());
        search.extend(List.of(signer));
        return search.found.stream()
                .map(certificates -> of(certificates, anchors))
                .sorted(Comparator.comparing((CertificatePath path) -> !path.anchored())
                        .thenComparing(path -> path.fault().isPresent()))
                .toList();
    }

    private static final class Search {
        private final Anchors anchors;
        private final List<X509Certificate> others;
        private final List<List<X509Certificate>> found = new ArrayList<>();
        private int trials = MOST_TRIALS;

        Search(Anchors anchors, List<X509Certificate> others) {
            this.anchors = anchors;
            this.others = others;
        }

        void extend(List<X509Certificate> path) {
            var issuers = path.size() < LONGEST ? issuers(path) : List.<X509Certificate>of();
            if (issuers.isEmpty()) {
                found.add(path);
            }
            for (var issuer : issuers) {
                if (found.size() < MOST_PATHS) {
                    var longer = new ArrayList<>(path);
                    longer.add(issuer);
                    extend(longer);
                }
            }
        }

        /// Anchors first: what we hold ourselves is tried before what the document brings.
        private List<X509Certificate> issuers(List<X509Certificate> path) {
            var last = path.getLast();
            var name = last.getIssuerX500Principal();
            if (name.equals(last.getSubjectX500Principal()) && anchors.isSignedBy(last, last)) {
                return List.of();
            }
            var issuers = new ArrayList<X509Certificate>();
            for (var candidate : anchors.named(name)) {
                add(candidate, path, issuers);
            }
            for (var candidate : others) {
                if (candidate.getSubjectX500Principal().equals(name)) {
                    add(candidate, path, issuers);
                }
            }
            return issuers;
        }

        private void add(X509Certificate candidate, List<X509Certificate> path, List<X509Certificate> issuers) {
            if (!isAmong(candidate, path)
                    && !isAmong(candidate, issuers)
                    && trials-- > 0
                    && anchors.isSignedBy(path.getLast(), candidate)) {
                issuers.add(candidate);
            }
        }

        private static boolean isAmong(X509Certificate certificate, List<X509Certificate> others) {
            var der = Certificates.der(certificate);
            return others.stream().anyMatch(one -> java.util.Arrays.equals(Certificates.der(one), der));
        }
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
}
