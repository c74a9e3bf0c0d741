package org.yinzheng.bench;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Ours and the other's verification by turns in one JVM, half a second each, and the processor time that each document
/// took, and the time that passed: on a machine that others use too, both meet the same weather. `PDF 100,1000 1,8` or
/// `OFD 20,1000 1,8`.
public final class VerifyDuel {
    private static final OperatingSystemMXBean SYSTEM =
            (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private static final long TURN = Duration.ofMillis(500).toNanos();
    /// Turns before that warm up; the first document of all needs the more.
    private static final int WARM_UP = 8;

    private static final int TURNS = 8;

    private VerifyDuel() {}

    @FunctionalInterface
    private interface Judging {
        void once() throws IOException, GeneralSecurityException;
    }

    /// Of one side: the process's processor time for a document in each turn, with that of its other threads, and for
    /// each document the calling thread's and the time that passed.
    private static final class Side {
        private final Judging judging;
        private final List<Double> turns = new ArrayList<>();
        private final List<Double> documents = new ArrayList<>();
        private final List<Double> passed = new ArrayList<>();

        Side(Judging judging) {
            this.judging = judging;
        }

        void turn() throws IOException, GeneralSecurityException {
            var threads = ManagementFactory.getThreadMXBean();
            long cpu = SYSTEM.getProcessCpuTime();
            long end = System.nanoTime() + TURN;
            int count = 0;
            do {
                long start = System.nanoTime();
                long before = threads.getCurrentThreadCpuTime();
                judging.once();
                passed.add((System.nanoTime() - start) / 1e6);
                documents.add((threads.getCurrentThreadCpuTime() - before) / 1e6);
                count++;
            } while (System.nanoTime() < end);
            turns.add((SYSTEM.getProcessCpuTime() - cpu) / 1e6 / count);
        }

        void forget() {
            turns.clear();
            documents.clear();
            passed.clear();
        }
    }

    public static void main(String[] arguments) throws IOException, GeneralSecurityException {
        for (int size : numbers(arguments[1])) {
            for (int signatures : numbers(arguments[2])) {
                if (arguments[0].equals("PDF")) {
                    var pdf = new PdfVerifyRate();
                    pdf.kilobytes = size;
                    pdf.signatures = signatures;
                    pdf.sign();
                    duel(arguments[0], size, signatures, new Side(pdf::ours), new Side(pdf::dss));
                } else {
                    var ofd = new OfdVerifyRate();
                    ofd.kilobytes = size;
                    ofd.stamps = signatures;
                    ofd.scan = Math.min(size, arguments.length > 3 ? Integer.parseInt(arguments[3]) : 250);
                    ofd.stamp();
                    duel(arguments[0], size, signatures, new Side(ofd::ours), new Side(ofd::ofdrw));
                }
            }
        }
    }

    private static void duel(String format, int size, int signatures, Side ours, Side other)
            throws IOException, GeneralSecurityException {
        for (int i = 0; i < WARM_UP + TURNS; i++) {
            if (i == WARM_UP) {
                ours.forget();
                other.forget();
            }
            ours.turn();
            other.turn();
        }
        System.out.printf(
                Locale.ROOT,
                "%s %d kB, %d signatures: process %.2f and %.2f ms, %.1f x; thread p50 %.2f and %.2f, ours p99 %.2f of %d; passed %.2f and %.2f ms, %.1f x%n",
                format,
                size,
                signatures,
                at(ours.turns, 50),
                at(other.turns, 50),
                at(other.turns, 50) / at(ours.turns, 50),
                at(ours.documents, 50),
                at(other.documents, 50),
                at(ours.documents, 99),
                ours.documents.size(),
                at(ours.passed, 50),
                at(other.passed, 50),
                at(other.passed, 50) / at(ours.passed, 50));
    }

    private static double at(List<Double> values, int percent) {
        return values.stream()
                .sorted()
                .skip(values.size() * percent / 100)
                .findFirst()
                .orElseThrow();
    }

    private static int[] numbers(String text) {
        return Arrays.stream(text.split(",", -1)).mapToInt(Integer::parseInt).toArray();
    }
}
