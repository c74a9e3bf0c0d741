package org.yinzheng.signing.ofd;

import java.time.Duration;

/// Until when one document may keep us busy.
final class Deadline {
    private final long end;

    private Deadline(long end) {
        this.end = end;
    }

    static Deadline in(Duration time) {
        return new Deadline(System.nanoTime() + time.toNanos());
    }

    /// @throws org.yinzheng.signing.InvalidInput `ofd-limits`
    void check() {
        if (System.nanoTime() - end > 0) {
            throw OfdPackage.beyond("judging it takes too long");
        }
    }
}
