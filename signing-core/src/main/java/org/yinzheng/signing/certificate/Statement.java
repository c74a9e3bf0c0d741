package org.yinzheng.signing.certificate;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.policy.Use;

/// What a revocation list or an OCSP response says of one certificate, once it is clear that those signed it who may.
///
/// @param until until when it is current
/// @param keepsExpired certificates that expired at this time or later are still told of; empty: those leave
/// @param uses how it is signed, and what vouches for who signed it beside the issuer
/// @param source for a person
/// @param proof the list or the response itself
record Statement(
        Instant thisUpdate,
        Instant until,
        Optional<Instant> keepsExpired,
        Optional<Revoked> revoked,
        List<Use> uses,
        String source,
        RevocationData proof) {
    Statement {
        uses = List.copyOf(uses);
    }

    /// @param suspended 挂失 certificateHold: it may be taken back
    record Revoked(Instant at, boolean suspended) {}

    /// Whether it is current at the time that decides. One made after it is as good, for what was revoked later is
    /// told by its date; but a certificate that has expired may have left the list since (RFC 5280 §3.3).
    boolean tells(Instant decisive, Instant notAfter) {
        return !until.isBefore(decisive)
                && (decisive.isAfter(notAfter)
                        || !thisUpdate.isAfter(notAfter)
                        || keepsExpired.filter(from -> !from.isAfter(notAfter)).isPresent());
    }

    Optional<Revoked> revokedBy(Instant at) {
        return revoked.filter(one -> !one.at().isAfter(at));
    }
}
