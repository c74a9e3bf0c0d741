package org.yinzheng.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verification.WatchedVerifier;

/// Judges many files, as many at once as there are processors, and hands on the answers in the order of the files.
/// What lies in memory at once has a limit; a file that cannot be read or judged is an answer like any other.
final class ParallelVerdicts {
    private static final long MEBIBYTE = 1 << 20;
    /// Larger files are refused before they are read.
    static final long LARGEST = 200 * MEBIBYTE;
    /// Reading a document takes some times its size.
    private static final int SHARE_OF_HEAP = 8;

    private final WatchedVerifier verifier;
    private final Bundles bundles;
    private final Supplier<Instant> at;
    private final int threads = Runtime.getRuntime().availableProcessors();
    private final int mebibytes = (int) Math.max(1, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP / MEBIBYTE);
    private final Semaphore memory = new Semaphore(mebibytes, true);

    ParallelVerdicts(WatchedVerifier verifier, Bundles bundles, Supplier<Instant> at) {
        this.verifier = verifier;
        this.bundles = bundles;
        this.at = at;
    }

    void judge(Iterator<Path> files, BiConsumer<Path, Report> answer) {
        record Judging(Path file, Future<Report> report) {}
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            var waiting = new ArrayDeque<Judging>();
            while (files.hasNext() || !waiting.isEmpty()) {
                while (files.hasNext() && waiting.size() < 4 * threads) {
                    var file = files.next();
                    waiting.add(new Judging(file, workers.submit(() -> judge(file))));
                }
                var first = waiting.removeFirst();
                answer.accept(first.file, result(first.report));
            }
        }
    }

    private Report judge(Path file) throws InterruptedException {
        long size;
        try {
            size = Files.size(file);
        } catch (IOException e) {
            return unreadable(e);
        }
        if (size > LARGEST) {
            return tooLarge();
        }
        int share = (int) Math.min(mebibytes, size / MEBIBYTE + 1);
        memory.acquire(share);
        try {
            if (Bundles.isBundle(file)) {
                return bundles.judge(file, at.get());
            }
            return verifier.verify(DocumentBytes.owning(Files.readAllBytes(file)), at.get());
        } catch (IOException e) {
            return unreadable(e);
        } finally {
            memory.release(share);
        }
    }

    static Report tooLarge() {
        return Report.undecided("UNKNOWN", "limits", "larger than " + LARGEST / MEBIBYTE + " MB", Gap.TOO_LARGE);
    }

    static Report unreadable(IOException e) {
        return new Report.Malformed("UNKNOWN", "cannot be read: " + e.getClass().getSimpleName());
    }

    private static Report result(Future<Report> report) {
        try {
            return report.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new org.yinzheng.signing.Failure.NotDone("interrupted while files were judged", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a verifier failed where it should have answered", e.getCause());
        }
    }
}
