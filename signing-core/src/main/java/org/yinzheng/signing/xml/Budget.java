package org.yinzheng.signing.xml;

import java.time.Duration;

/// How much a document may cost: the time from the beginning, and the bytes that its references lead to.
final class Budget {
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final long MOST = 256L << 20;

    private final long end = System.nanoTime() + LONGEST.toNanos();
    private long spent;

    void spend(int bytes) {
        spent += bytes;
    }

    boolean isSpent() {
        return spent > MOST || System.nanoTime() - end > 0;
    }
}
