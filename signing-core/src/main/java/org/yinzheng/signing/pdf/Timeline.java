package org.yinzheng.signing.pdf;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.cms.ParsedCms;

/// What the document timestamps prove about what they cover, collected from the last one inwards: each is judged at
/// the time that the later ones prove for it (ETSI EN 319 102-1 §5.6.2.4).
final class Timeline {
    private final Trust trust;
    private final Instant at;
    private final ValidationData brought;
    private final List<Proof> proofs = new ArrayList<>();
    /// Until a further timestamp is believed.
    private Optional<Trust> evidence = Optional.empty();

    /// @param end the first byte that the timestamp does not cover
    /// @param store the validation data that it covers
    private record Proof(long end, Instant time, ValidationData store) {}

    /// @param brought validation data of the document as it is now
    Timeline(Trust trust, Instant at, ValidationData brought) {
        this.trust = trust;
        this.at = at;
        this.brought = brought;
    }

    Instant at() {
        return at;
    }

    /// A document timestamp was believed.
    void proven(long end, Instant time, ValidationData store) {
        proofs.add(new Proof(end, time, store));
        evidence = Optional.empty();
    }

    /// When everything before that byte is known to have existed.
    Optional<Instant> known(long end) {
        return proofs.stream().filter(proof -> proof.end > end).map(Proof::time).min(Comparator.naturalOrder());
    }

    List<X509Certificate> certificates() {
        return brought.certificates();
    }

    /// The operator's trust, and the revocation data of the document that can still be believed.
    Trust evidence() {
        var found = evidence.orElseGet(() -> {
            var issuers = Stream.concat(trust.issuers().stream(), brought.certificates().stream())
                    .toList();
            return trust.with(brought.revocation().usable(issuers, this::known));
        });
        evidence = Optional.of(found);
        return found;
    }

    /// The same, and what a signature brings itself.
    ///
    /// @param end the first byte that the signature does not cover
    /// @param signature since when the signature is known to exist
    Trust evidence(ParsedCms cms, long end, Instant signature) {
        return cms.evidence(
                evidence(), brought.certificates(), signature, known(end).orElse(at));
    }

    private Instant known(RevocationData one) {
        return proofs.stream()
                .filter(proof -> proof.store.revocation().holds(one))
                .map(Proof::time)
                .min(Comparator.naturalOrder())
                .orElse(at);
    }
}
