package org.yinzheng.testdata.corpus;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verification.DetachedVerifier;
import org.yinzheng.signing.verification.DocumentVerifier;

/// Judges specimens, several at a time, and says where a verdict is not the right one. Nothing that a specimen does
/// to the verifier ends the run.
public final class CorpusRunner {
    private final DocumentVerifier verifier;
    private final DetachedVerifier detached;
    private final Duration limit;

    /// @param limit for judging one specimen; making it does not count
    public CorpusRunner(Trust trust, Duration limit) {
        verifier = new DocumentVerifier(trust);
        detached = new DetachedVerifier(trust);
        this.limit = limit;
    }

    /// @param report absent when there was none: the verifier threw, or took too long
    /// @param difference what is not as expected, for a person to read
    public record Result(Specimen specimen, Optional<Report> report, Optional<String> difference, Duration took) {
        public boolean isAsExpected() {
            return difference.isEmpty();
        }
    }

    /// @param listener told of each result as it comes, one after the other
    /// @return the results in the order of the specimens
    public List<Result> run(List<Specimen> specimens, Consumer<Result> listener) {
        try (var workers = Executors.newFixedThreadPool(Runtime.getRuntime().availableProcessors())) {
            var lock = new Object();
            var running = specimens.stream()
                    .map(specimen -> workers.submit(() -> {
                        var result = judge(specimen);
                        synchronized (lock) {
                            listener.accept(result);
                        }
                        return result;
                    }))
                    .toList();
            return running.stream().map(CorpusRunner::result).toList();
        }
    }

    private static Result result(Future<Result> running) {
        try {
            return running.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while specimens were judged", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a listener failed", e.getCause());
        }
    }

    private Result judge(Specimen specimen) throws InterruptedException {
        DocumentBytes document;
        try {
            document = specimen.document().get();
        } catch (RuntimeException | AssertionError e) {
            return new Result(specimen, Optional.empty(), Optional.of("it could not be made: " + e), Duration.ZERO);
        }
        long begin = System.nanoTime();
        try {
            var report = within(limit, () -> verify(specimen, document));
            var took = Duration.ofNanos(System.nanoTime() - begin);
            return new Result(specimen, Optional.of(report), specimen.expected().differenceFrom(report), took);
        } catch (ExecutionException e) {
            var took = Duration.ofNanos(System.nanoTime() - begin);
            return new Result(specimen, Optional.empty(), Optional.of("the verifier threw " + e.getCause()), took);
        } catch (TimeoutException e) {
            return new Result(specimen, Optional.empty(), Optional.of("no verdict within " + limit), limit);
        }
    }

    private Report verify(Specimen specimen, DocumentBytes document) {
        return specimen.original()
                .map(original -> detached.verify(document, original.document().get(), original.name(), specimen.at()))
                .orElseGet(() -> verifier.verify(document, specimen.at()));
    }

    /// On a thread of its own, which is left to itself when it takes too long.
    private static Report within(Duration limit, Callable<Report> work)
            throws InterruptedException, ExecutionException, TimeoutException {
        var task = new FutureTask<>(work);
        Thread.ofPlatform().daemon().name("specimen").start(task);
        try {
            return task.get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } finally {
            task.cancel(true);
        }
    }
}
