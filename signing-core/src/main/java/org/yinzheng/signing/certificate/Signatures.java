package org.yinzheng.signing.certificate;

import java.security.cert.X509Certificate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Which certificate signed which, remembered: an authority's certificates are met in every document of its.
final class Signatures {
    private static final int MOST = 5_000;

    private record Pair(X509Certificate certificate, X509Certificate issuer) {}

    private final Map<Pair, Boolean> known = new ConcurrentHashMap<>();

    boolean isSignedBy(X509Certificate certificate, X509Certificate issuer) {
        if (known.size() > MOST) {
            known.clear();
        }
        return known.computeIfAbsent(
                new Pair(certificate, issuer), pair -> CertificatePath.isSignedBy(certificate, issuer));
    }
}
