package org.yinzheng.signing.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// What has to lie beside a signature so that it can be judged when certificates have expired and nobody publishes
/// their revocation lists any more.
public interface Evidence {
    Evidence NONE = (certificate, others, at) -> Optional.empty();

    /// @param chain from the certificate up to the root or the anchor
    /// @param revocation of every issuer in it that publishes any
    record Proof(List<X509Certificate> chain, RevocationData revocation) {
        public Proof {
            chain = List.copyOf(chain);
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
            var data = RevocationData.NONE;
            for (int i = 0; i + 1 < path.certificates().size(); i++) {
                var one = path.certificates().get(i);
                var said = Revocation.said(one, path.certificates().get(i + 1), now);
                if (said.isEmpty() && !RevocationAddresses.namesSource(one)) {
                    continue; // it publishes none
                }
                var newest = said.stream()
                        .filter(statement -> !statement.until().isBefore(at))
                        .filter(statement -> Revocation.isSafe(statement, now, at))
                        .max(Comparator.comparing(Statement::thisUpdate));
                if (newest.isPresent()) {
                    data = data.plus(newest.get().proof());
                } else if (i < path.anchor().orElseThrow()) {
                    return Optional.empty();
                }
            }
            return Optional.of(new Proof(path.certificates(), data));
        };
    }
}
