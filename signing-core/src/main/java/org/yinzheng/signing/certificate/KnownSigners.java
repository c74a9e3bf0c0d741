package org.yinzheng.signing.certificate;

import java.security.cert.X509Certificate;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.yinzheng.signing.DocumentBytes;

/// Signers whom a document names by their key only, as a JWS does: who they are comes from the operator.
///
/// @param certificates believed as far as an anchor vouches for them
/// @param keySets JWK sets (RFC 7517); each key in them is believed as it stands
public record KnownSigners(Set<X509Certificate> certificates, List<DocumentBytes> keySets) {
    public static final KnownSigners NONE = new KnownSigners(Set.of(), List.of());

    public KnownSigners {
        certificates = Set.copyOf(certificates);
        keySets = List.copyOf(keySets);
    }

    KnownSigners plus(KnownSigners other) {
        var all = new LinkedHashSet<>(certificates);
        all.addAll(other.certificates);
        return new KnownSigners(
                all,
                Stream.concat(keySets.stream(), other.keySets.stream())
                        .distinct()
                        .toList());
    }
}
