package org.yinzheng.signing.certificate;

import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.bouncycastle.asn1.x509.Certificate;

/// The certificates from a signer upwards, as far as issuers could be found. It goes on above an anchor whose issuer is
/// known, so that a revoked authority is noticed although it is an anchor itself; what lies above has no other say.
record CertificatePath(List<X509Certificate> certificates, Optional<Integer> anchor, Optional<String> fault) {
    private static final int LONGEST = 8;
    private static final int MOST_CANDIDATES = 200;
    private static final int MOST_PATHS = 12;
    private static final int MOST_TRIALS = 100;

    CertificatePath {
        certificates = List.copyOf(certificates);
    }

    private static CertificatePath of(List<X509Certificate> certificates, Trust trust) {
        var anchor = java.util.stream.IntStream.range(0, certificates.size())
                .filter(i -> trust.isAnchor(certificates.get(i)))
                .boxed()
                .findFirst();
        var vouched = certificates.subList(0, anchor.orElse(certificates.size() - 1) + 1);
        return new CertificatePath(certificates, anchor, PathRules.fault(vouched));
    }

    boolean anchored() {
        return anchor.isPresent();
    }

    /// Up to the anchor, and with it: what has to be in order.
    List<X509Certificate> vouched() {
        return certificates.subList(0, anchor.orElse(certificates.size() - 1) + 1);
    }

    /// The best one, whatever the time.
    static CertificatePath find(X509Certificate signer, Collection<X509Certificate> others, Trust trust) {
        return all(signer, others, trust).getFirst();
    }

    /// Several lead to an anchor when authorities certify each other or have renewed their keys: those that end at an
    /// anchor and keep the rules come first. Never empty.
    static List<CertificatePath> all(X509Certificate signer, Collection<X509Certificate> others, Trust trust) {
        var known = Stream.concat(trust.between().stream(), others.stream());
        var search = new Search(trust, known.limit(MOST_CANDIDATES).toList());
        search.extend(List.of(signer));
        return search.found.stream()
                .map(certificates -> of(certificates, trust))
                .sorted(Comparator.comparing((CertificatePath path) -> !path.anchored())
                        .thenComparing(path -> path.fault().isPresent()))
                .toList();
    }

    private static final class Search {
        private final Trust trust;
        private final List<X509Certificate> others;
        private final List<List<X509Certificate>> found = new ArrayList<>();
        private int trials = MOST_TRIALS;

        Search(Trust trust, List<X509Certificate> others) {
            this.trust = trust;
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
            if (name.equals(last.getSubjectX500Principal()) && trust.isSignedBy(last, last)) {
                return List.of();
            }
            var issuers = new ArrayList<X509Certificate>();
            for (var candidate : trust.anchorsNamed(name)) {
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
                    && trust.isSignedBy(path.getLast(), candidate)) {
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
