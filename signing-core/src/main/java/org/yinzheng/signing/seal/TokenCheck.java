package org.yinzheng.signing.seal;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.cms.CmsCheck.SignedBytes;
import org.yinzheng.signing.time.TimestampResult;
import org.yinzheng.signing.time.TimestampToken;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;

/// What a timestamp over a signature value proves. The token lies outside the signed bytes, where anybody could
/// have put it: one that cannot be read or whose authority is not believed counts as absent, and makes nothing
/// worse. One that is over something else, or does not verify, is a flaw.
///
/// @param proven when the signature existed
record TokenCheck(Optional<Instant> proven, List<Check> checks) {
    private static final String CLAUSE = "GB/T 20520, RFC 3161";

    static TokenCheck of(String step, Optional<DocumentBytes> token, Seal.Proof proof, Trust trust, Instant at) {
        if (token.isEmpty()) {
            return new TokenCheck(Optional.empty(), List.of());
        }
        TimestampToken parsed;
        try {
            parsed = TimestampToken.parse(token.get());
        } catch (InvalidInput e) {
            return absent(step, String.valueOf(e.getMessage()));
        }
        var stamped = SignedBytes.of(proof.signature());
        return switch (parsed.judge(stamped, List.of(), trust, Optional.empty(), at)) {
            case TimestampResult.Proven known ->
                new TokenCheck(
                        Optional.of(known.time()),
                        List.of(Check.passed(step, "a believed authority saw it at " + known.time(), CLAUSE)));
            case TimestampResult.Unproven unproven -> {
                var wrong = unproven.checks().stream()
                        .filter(check ->
                                check.reason().filter(Flaw.class::isInstance).isPresent())
                        .toList();
                yield wrong.isEmpty()
                        ? absent(step, "its authority is not believed")
                        : new TokenCheck(Optional.empty(), wrong);
            }
        };
    }

    private static TokenCheck absent(String step, String why) {
        return new TokenCheck(Optional.empty(), List.of(Check.passed(step, "counts as absent: " + why, CLAUSE)));
    }
}
