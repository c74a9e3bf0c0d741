package org.yinzheng.signing.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Report;

/// Judges documents of strangers within this process: one that takes too long, nests too deeply or wants more memory
/// than there is gets an answer that says so, and the next one is judged. A thread cannot be stopped from outside: what
/// was given up goes on until its own limits end it, or the process does. While many do, no more are begun: each holds
/// memory and a processor. Safe for many threads.
public final class WatchedVerifier {
    public static final Duration DEADLINE = Duration.ofSeconds(5);
    /// The same everywhere: how deep is too deep must not depend on the machine.
    private static final long STACK_BYTES = 2L << 20;
    /// Documents that may go on after they were given up, beside those that somebody waits for.
    private static final int MOST_LEFT_BEHIND = 8;

    private final BiFunction<DocumentBytes, Instant, Report> verifier;
    private final Duration deadline;
    private final Semaphore places;

    public WatchedVerifier(BiFunction<DocumentBytes, Instant, Report> verifier) {
        this(verifier, DEADLINE, Runtime.getRuntime().availableProcessors() + MOST_LEFT_BEHIND);
    }

    /// @param places for documents under way, whether somebody still waits for them or not
    WatchedVerifier(BiFunction<DocumentBytes, Instant, Report> verifier, Duration deadline, int places) {
        this.verifier = verifier;
        this.deadline = deadline;
        this.places = new Semaphore(places, true);
    }

    /// @param at the time for which certificates and revocation lists are judged
    /// @throws Failure.NotDone when this thread is interrupted
    public Report verify(DocumentBytes document, Instant at) {
        var judging = new FutureTask<>(() -> verifier.apply(document, at));
        try {
            if (!places.tryAcquire(deadline.toMillis(), TimeUnit.MILLISECONDS)) {
                return undecided("not begun: too many documents before it are still under way", Gap.VERIFIER_BUSY);
            }
            start(judging);
            return judging.get(deadline.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            judging.cancel(true);
            return undecided("not judged within " + deadline.toSeconds() + " seconds");
        } catch (InterruptedException e) {
            judging.cancel(true);
            Thread.currentThread().interrupt();
            throw new Failure.NotDone("interrupted while a document was judged", e);
        } catch (ExecutionException e) {
            return switch (e.getCause()) {
                case StackOverflowError deep -> undecided("nested too deeply");
                case OutOfMemoryError large -> undecided("wants more memory than there is");
                case RuntimeException bug -> throw bug;
                case Error bug -> throw bug;
                case null, default -> throw new AssertionError("judging throws nothing checked", e);
            };
        }
    }

    /// The place is given back when the thread has ended, and no sooner.
    private void start(Runnable judging) {
        boolean started = false;
        try {
            Thread.ofPlatform().daemon().name("verify").stackSize(STACK_BYTES).start(() -> {
                try {
                    judging.run();
                } finally {
                    places.release();
                }
            });
            started = true;
        } finally {
            if (!started) {
                places.release();
            }
        }
    }

    private static Report undecided(String found) {
        return undecided(found, Gap.TOO_COMPLEX);
    }

    private static Report undecided(String found, Gap why) {
        return Report.undecided("UNKNOWN", "limits", found, why);
    }
}
