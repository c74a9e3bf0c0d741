package org.yinzheng.signing.pdf;

import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.OcspResponse;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.Trust;

/// What the document timestamps prove about what they cover, collected from the last one inwards: each is judged at
/// the time that the later ones prove for it (ETSI EN 319 102-1 §5.6.2.4).
final class Timeline {
    private final Trust trust;
    private final Instant at;
    private final ValidationData brought;
    private final List<Proof> proofs = new ArrayList<>();

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
    }

    /// When everything before that byte is known to have existed.
    Optional<Instant> known(long end) {
        return proofs.stream().filter(proof -> proof.end > end).map(Proof::time).min(Comparator.naturalOrder());
    }

    List<X509Certificate> certificates() {
        return brought.certificates();
    }

    /// The operator's trust, and the revocation data of the document that can still be believed: an issuer whose
    /// certificate has ended may have lost its key since, so that its list has to have existed before.
    Trust evidence() {
        return evidence(RevocationData.NONE);
    }

    /// @param enclosed revocation data that a signature brings itself
    Trust evidence(RevocationData enclosed) {
        var all = brought.revocation().plus(enclosed);
        return trust.with(new RevocationData(
                all.crls().stream().filter(this::isUsable).toList(),
                all.ocsps().stream().filter(this::isUsable).toList()));
    }

    private boolean isUsable(X509CRL list) {
        var known = known(store ->
                store.crls().stream().anyMatch(one -> Arrays.equals(Certificates.der(one), Certificates.der(list))));
        return Stream.concat(trust.anchors().stream(), brought.certificates().stream())
                .filter(issuer -> issuer.getSubjectX500Principal().equals(list.getIssuerX500Principal()))
                .noneMatch(issuer -> issuer.getNotAfter().toInstant().isBefore(known));
    }

    private boolean isUsable(OcspResponse response) {
        var known = known(store -> store.ocsps().contains(response));
        return Stream.of(trust.anchors(), brought.certificates(), response.certificates())
                .flatMap(Collection::stream)
                .filter(response::isBy)
                .noneMatch(responder -> responder.getNotAfter().toInstant().isBefore(known));
    }

    private Instant known(Predicate<RevocationData> holds) {
        return proofs.stream()
                .filter(proof -> holds.test(proof.store.revocation()))
                .map(Proof::time)
                .min(Comparator.naturalOrder())
                .orElse(at);
    }
}
