package org.yinzheng.signing.ofd;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.SignatureReport.SealSummary;

/// What a signature value says, of whatever kind it is.
///
/// @param computed whether digest and value were computed at all
record ValueFinding(
        String kind,
        String signer,
        String algorithm,
        Optional<Instant> claimed,
        Optional<Instant> proven,
        boolean computed,
        Optional<SealSummary> seal,
        List<Check> checks) {
    ValueFinding {
        checks = List.copyOf(checks);
    }

    /// A value that cannot be read.
    static ValueFinding none(String kind, Check check) {
        return new ValueFinding(
                kind, "", "", Optional.empty(), Optional.empty(), false, Optional.empty(), List.of(check));
    }
}
