package org.yinzheng.signing.evidence;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Moment;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.Witness;

/// What one judgement rested on, each thing once.
final class Collected implements Witness {
    final Set<DocumentBytes> certificates = new LinkedHashSet<>();
    final Set<DocumentBytes> crls = new LinkedHashSet<>();
    final Set<DocumentBytes> ocsps = new LinkedHashSet<>();
    final Set<DocumentBytes> timestamps = new LinkedHashSet<>();
    final Set<Belief> beliefs = new LinkedHashSet<>();

    /// Which certificate was believed for which time.
    record Belief(String subject, Instant claimed, Optional<Instant> proven, Instant decisive, List<String> path) {}

    @Override
    public synchronized void path(List<X509Certificate> path, RevocationData used, Moment moment) {
        path.forEach(one -> certificates.add(DocumentBytes.of(Certificates.der(one))));
        used.crls().forEach(one -> crls.add(DocumentBytes.of(Certificates.der(one))));
        used.ocsps().forEach(one -> ocsps.add(one.der()));
        var above = new ArrayList<>(path.stream().map(Certificates::subject).toList());
        beliefs.add(new Belief(above.removeFirst(), moment.claimed(), moment.proven(), moment.decisive(), above));
    }

    @Override
    public synchronized void timestamp(DocumentBytes token) {
        timestamps.add(token);
    }
}
