package org.yinzheng.signing.stamping;

/// How long a signature can be believed, after the baseline levels of ETSI EN 319 142-1. A GB/T 38540 stamp reaches
/// [#B] and [#T].
public enum Level {
    /// Signed; the time is the signer's own claim.
    B,
    /// And a timestamp proves when.
    T,
    /// And the certificates and revocation data that prove it are in the document.
    LT,
    /// And a timestamp over all of it outlives the certificates.
    LTA;

    public boolean needsTimestamp() {
        return this != B;
    }

    /// What is to happen when the timestamp authority is away: the caller chooses, nothing is lowered in silence.
    public enum Shortfall {
        /// Nothing is signed: [org.yinzheng.signing.Failure.NotDone].
        REQUIRE,
        /// The highest level that can be reached; the answer says which.
        DEGRADE
    }
}
