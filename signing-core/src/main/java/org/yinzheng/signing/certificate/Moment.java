package org.yinzheng.signing.certificate;

import java.time.Instant;
import java.util.Optional;

/// The times that decide whether a certificate was good for a signature.
///
/// @param claimed the signer's own claim; it decides between "revoked before" and "cannot tell"
/// @param proven when the signature is known to have existed, by a timestamp that was believed. What happened to the
/// certificates later (expiry, revocation) does not count then (ETSI EN 319 102-1 §5.6.2)
/// @param at the validation time
public record Moment(Instant claimed, Optional<Instant> proven, Instant at) {
    /// Without proof, everything has to be good now.
    public static Moment unproven(Instant claimed, Instant at) {
        return new Moment(claimed, Optional.empty(), at);
    }

    /// When the certificates have to be within their periods.
    public Instant decisive() {
        return proven.orElse(at);
    }
}
