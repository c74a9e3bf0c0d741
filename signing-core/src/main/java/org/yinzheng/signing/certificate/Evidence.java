package org.yinzheng.signing.certificate;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What has to lie beside a signature so that it can be judged when certificates have expired and nobody publishes
/// their revocation lists any more.
public interface Evidence {
    Evidence NONE = (certificate, others, at) -> Optional.empty();

    /// @param chain from the certificate up to the root or the anchor
    /// @param crls of every issuer in it that publishes any
    record Proof(List<X509Certificate> chain, List<X509CRL> crls) {
        public Proof {
            chain = List.copyOf(chain);
            crls = List.copyOf(crls);
        }
    }

    /// @param others certificates that may lie between it and an anchor
    /// @param at a time that the revocation lists must still cover
    /// @return empty unless a path leads to an anchor and every issuer on it that publishes revocation data has a
    /// current list
    Optional<Proof> of(X509Certificate certificate, Collection<X509Certificate> others, Instant at);

    /// From what we believe at the moment of asking: lists are renewed.
    static Evidence from(Supplier<Trust> trust) {
        return (certificate, others, at) -> {
            var now = trust.get();
            var path = CertificatePath.find(certificate, others, now);
            if (!path.anchored() || path.fault().isPresent()) {
                return Optional.empty();
            }
            var crls = new LinkedHashSet<X509CRL>();
            for (int i = 0; i + 1 < path.certificates().size(); i++) {
                var issuer = path.certificates().get(i + 1);
                var lists = new ArrayList<>(now.crls());
                lists.removeIf(crl -> !Revocation.isFrom(crl, issuer));
                if (lists.isEmpty()
                        && !Revocation.namesSource(path.certificates().get(i))) {
                    continue; // it publishes none
                }
                var newest = lists.stream()
                        .filter(crl -> crl.getNextUpdate() != null
                                && !crl.getNextUpdate().toInstant().isBefore(at))
                        .max(Comparator.comparing(X509CRL::getThisUpdate));
                if (newest.isEmpty()) {
                    return Optional.empty();
                }
                crls.add(newest.get());
            }
            return Optional.of(new Proof(path.certificates(), List.copyOf(crls)));
        };
    }
}
