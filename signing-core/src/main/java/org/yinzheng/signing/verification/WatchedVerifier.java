package org.yinzheng.signing.verification;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Report;

/// Judges documents of strangers within this process: one that takes too long, nests too deeply or wants more memory
/// than there is gets an answer that says so, and the next one is judged. A thread cannot be stopped from outside: what
/// was given up goes on until its own limits end it, or the process does. Safe for many threads.
public final class WatchedVerifier {
    public static final Duration DEADLINE = Duration.ofSeconds(5);
    /// The same everywhere: how deep is too deep must not depend on the machine.
    private static final long STACK_BYTES = 2L << 20;

    private final BiFunction<DocumentBytes, Instant, Report> verifier;
    private final Duration deadline;

    public WatchedVerifier(BiFunction<DocumentBytes, Instant, Report> verifier) {
        this(verifier, DEADLINE);
    }

    WatchedVerifier(BiFunction<DocumentBytes, Instant, Report> verifier, Duration deadline) {
        this.verifier = verifier;
        this.deadline = deadline;
    }

    /// @param at the time for which certificates and revocation lists are judged
    /// @throws Failure.NotDone when this thread is interrupted
    public Report verify(DocumentBytes document, Instant at) {
        var judging = new FutureTask<>(() -> verifier.apply(document, at));
        Thread.ofPlatform().daemon().name("verify").stackSize(STACK_BYTES).start(judging);
        try {
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

    private static Report undecided(String found) {
        return Report.undecided("UNKNOWN", "limits", found, Gap.TOO_COMPLEX);
    }
}
