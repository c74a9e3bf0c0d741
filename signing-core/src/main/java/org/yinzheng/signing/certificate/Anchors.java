package org.yinzheng.signing.certificate;

import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import javax.security.auth.x500.X500Principal;
import org.yinzheng.signing.Memo;

/// The certificates that paths lead to and through, and the paths that were found: which there are is the same at any
/// time, and for whatever revocation data. Other certificates are other anchors, with nothing remembered but who signed
/// whom.
final class Anchors {
    private final Set<X509Certificate> all;
    private final List<X509Certificate> between;
    private final Set<ByteBuffer> encoded = new HashSet<>();
    private final Map<X500Principal, List<X509Certificate>> bySubject = new LinkedHashMap<>();
    private final Memo<List<X509Certificate>, Boolean> signatures;
    private final Memo<List<X509Certificate>, List<CertificatePath>> paths = Certificates.memo(500);

    Anchors(Set<X509Certificate> all, List<X509Certificate> between) {
        this(all, between, Certificates.memo(1_000));
    }

    private Anchors(
            Set<X509Certificate> all, List<X509Certificate> between, Memo<List<X509Certificate>, Boolean> signatures) {
        this.all = Set.copyOf(all);
        this.between = List.copyOf(between);
        this.signatures = signatures;
        for (var anchor : this.all) {
            encoded.add(ByteBuffer.wrap(Certificates.der(anchor)));
            bySubject
                    .computeIfAbsent(anchor.getSubjectX500Principal(), subject -> new ArrayList<>())
                    .add(anchor);
        }
    }

    Anchors with(Set<X509Certificate> others, List<X509Certificate> othersBetween) {
        return new Anchors(others, othersBetween, signatures);
    }

    Set<X509Certificate> all() {
        return all;
    }

    /// May lie between a signer and an anchor; believed only as far as one vouches.
    List<X509Certificate> between() {
        return between;
    }

    /// By its bytes: certificates read by different libraries need not be equal to each other.
    boolean include(X509Certificate certificate) {
        return encoded.contains(ByteBuffer.wrap(Certificates.der(certificate)));
    }

    List<X509Certificate> named(X500Principal subject) {
        return bySubject.getOrDefault(subject, List.of());
    }

    boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        return signatures.find(List.of(certificate, issuer), pair -> CertificatePath.isSignedBy(certificate, issuer));
    }

    /// @param others that came with the signer's, in the order in which they are tried
    List<CertificatePath> paths(
            X509Certificate signer, Collection<X509Certificate> others, Supplier<List<CertificatePath>> search) {
        var asked = new ArrayList<>(List.of(signer));
        asked.addAll(others);
        return paths.find(asked, given -> search.get());
    }
}
