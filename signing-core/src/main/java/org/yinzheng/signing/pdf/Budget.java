package org.yinzheng.signing.pdf;

import java.time.Duration;

/// What one verification may cost: time, memory, objects. A document that needs more is not waited for, and nothing
/// is said of it. Everything that reads or unpacks its bytes asks here first, PDFBox included.
final class Budget {
    static final int LARGEST_FILE = 50 << 20;
    static final int MOST_OBJECTS = 500_000;
    static final int MOST_SIGNATURES = 50;
    /// Of a single unpacked stream, and of all together.
    static final int LARGEST_STREAM = 32 << 20;

    private static final long MOST_UNPACKED = 256L << 20;
    private static final long MOST_MEMORY = 160L << 20;
    /// What a dictionary, an array, a string, a name take in memory beside their characters: about this much for
    /// each delimiter that begins or ends one.
    private static final int OF_A_DELIMITER = 40;

    private static final boolean[] DELIMITER = delimiters();

    private final long deadline;
    private long steps;
    private long unpacked;
    private long memory;

    Budget(Duration time) {
        deadline = System.nanoTime() + time.toNanos();
    }

    /// @throws Exceeded when the time is used up
    void step() {
        if ((++steps & 0xff) == 0) {
            checkTime();
        }
    }

    /// A character of an object was read, and will be kept as a part of it.
    ///
    /// @param value negative at the end of the file: reading on there is work, too
    void read(int value) {
        step();
        memory += value >= 0 && DELIMITER[value] ? OF_A_DELIMITER : 1;
        if (memory > MOST_MEMORY) {
            throw new Exceeded();
        }
    }

    /// What was taken up since is no longer kept.
    ///
    /// @param before as [#memory] was
    void giveBack(long before) {
        memory = before;
    }

    long memory() {
        return memory;
    }

    void unpacked(int bytes) {
        unpacked += bytes;
        if (unpacked > MOST_UNPACKED) {
            throw new Exceeded();
        }
        checkTime();
    }

    void checkTime() {
        if (System.nanoTime() - deadline > 0) {
            throw new Exceeded();
        }
    }

    private static boolean[] delimiters() {
        var is = new boolean[256];
        for (char one : "<[(/".toCharArray()) {
            is[one] = true;
        }
        return is;
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
