package org.yinzheng.signing.pdf;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
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

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
    /// A machine with other work to do, or that has just started, is slow for any document.
    private static final int PATIENCE = 4;

    private final long time;
    private final long begun = System.nanoTime();
    private final long worked = THREADS.getCurrentThreadCpuTime();
    private long steps;
    private long unpacked;
    private long memory;

    /// @param time for which the thread that asks may work; four times as much may pass
    Budget(Duration time) {
        this.time = time.toNanos();
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
        keep(value >= 0 && DELIMITER[value] ? OF_A_DELIMITER : 1);
    }

    /// A string was read at once: the delimiter that begins it, and what follows.
    void readString(int length) {
        checkTime();
        keep(OF_A_DELIMITER + length - 1);
    }

    private void keep(int bytes) {
        memory += bytes;
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
        long passed = System.nanoTime() - begun;
        // a virtual thread's own time is not known: -1
        if (passed > time
                && (worked < 0 || passed > PATIENCE * time || THREADS.getCurrentThreadCpuTime() - worked > time)) {
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
