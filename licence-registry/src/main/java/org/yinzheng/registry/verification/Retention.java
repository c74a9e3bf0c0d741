package org.yinzheng.registry.verification;

import java.time.Duration;
import org.yinzheng.signing.InvalidInput;

/// How much is kept of verifications.
///
/// @param keep how long an answer and its receipt can be fetched
/// @param most answers of which nobody took a receipt: of more, the oldest go before their time. One whose receipt
/// was taken stays for as long as was promised
public record Retention(Duration keep, int most) {
    public static final Retention STANDARD = new Retention(Duration.ofDays(30), 1_000_000);

    public Retention {
        if (keep.compareTo(Duration.ofDays(1)) < 0 || keep.compareTo(Duration.ofDays(36_500)) > 0) {
            throw new InvalidInput("retention", "keepVerifications", "from 1 to 36500 days");
        }
        if (most < 1) {
            throw new InvalidInput("retention", "mostVerifications", "at least 1");
        }
    }
}
