package org.yinzheng.signing.pdf;

import java.time.Duration;

/// What one verification may cost. A document that needs more is refused, not waited for.
final class Budget {
    static final int LARGEST_FILE = 50 << 20;
    static final int MOST_OBJECTS = 500_000;
    static final int MOST_SIGNATURES = 50;

    private final long deadline;
    private int steps;

    Budget(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    /// @throws Exceeded when steps or time are used up
    void step() {
        if (++steps > 20 * MOST_OBJECTS || ((steps & 0xff) == 0 && System.nanoTime() - deadline > 0)) {
            throw new Exceeded();
        }
    }

    /// The document is too complex to be judged.
    static final class Exceeded extends RuntimeException {
        private static final long serialVersionUID = 1;

        static final String WHY = "the document is too complex to be judged";

        Exceeded() {
            super(WHY, null, false, false);
        }
    }
}
