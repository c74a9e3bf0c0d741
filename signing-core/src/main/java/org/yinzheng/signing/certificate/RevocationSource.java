package org.yinzheng.signing.certificate;

import java.security.cert.X509Certificate;
import java.time.Instant;

/// Where revocation data comes from that is not here yet. Asked for certificates only that an anchor vouches for:
/// nothing is fetched because a stranger's document says so.
@FunctionalInterface
public interface RevocationSource {
    /// Fetches nothing.
    RevocationSource NONE = (certificate, issuer, needed) -> RevocationData.NONE;

    /// @param needed the time at which it should be current
    /// @return [RevocationData#NONE] when nothing could be had, for whatever reason: that is never an error
    RevocationData find(X509Certificate certificate, X509Certificate issuer, Instant needed);
}
