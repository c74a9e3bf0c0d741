package org.yinzheng.api.worker;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.api.http.Verification;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.certificate.RevocationSource;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Report;

/// Judges documents in worker processes of a limited number, and puts another one in the place of each that had to be
/// killed. Safe for many threads; as many as there are workers get an answer at once, the others wait.
public final class VerifierPool implements Verification.Verifier, AutoCloseable {
    /// What one document may cost, from the moment that a worker has it.
    public static final Duration DEADLINE = Duration.ofSeconds(5);
    /// What can be judged within one worker's memory.
    public static final int LARGEST = 32 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(VerifierPool.class);
    private static final Duration PATIENCE = Duration.ofSeconds(15);
    /// While the first worker is yet to come: a busy machine takes its time.
    private static final Duration START_PATIENCE = Duration.ofSeconds(45);
    private static final long TRUST_SECONDS = 5;
    private static final long RETRY_SECONDS = 2;

    private final Supplier<Trust> trust;
    private final Duration deadline;
    private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("workers").factory());
    private final BlockingQueue<WorkerProcess> idle = new LinkedBlockingQueue<>();
    private final Set<WorkerProcess> alive = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean started = new AtomicBoolean();
    private final int workers;
    private volatile byte[] believed;
    private volatile RevocationSource source;
    private volatile boolean closed;

    /// @param trust whom to believe; asked again every few seconds, and handed to the workers when it has changed
    public VerifierPool(int workers, Supplier<Trust> trust) {
        this(workers, trust, DEADLINE);
    }

    VerifierPool(int workers, Supplier<Trust> trust, Duration deadline) {
        this.trust = trust;
        this.deadline = deadline;
        this.workers = workers;
        var now = trust.get();
        this.believed = TrustCodec.write(now);
        this.source = now.source();
    }

    /// Starts the workers and does not wait for them. Otherwise the first document does.
    public void start() {
        if (!started.compareAndSet(false, true)) {
            return;
        }
        var _ = timer.scheduleWithFixedDelay(this::renewTrust, TRUST_SECONDS, TRUST_SECONDS, TimeUnit.SECONDS);
        if (!Sandbox.takesNetwork()) {
            LOG.warn("the network cannot be taken from the workers here: no user namespaces");
        }
        for (int i = 0; i < workers; i++) {
            startOne();
        }
    }

    /// @throws Failure.NotDone when no worker was free, or none could be started
    @Override
    public Report verify(DocumentBytes document, Instant at) {
        if (document.size() > LARGEST) {
            return undecided("larger than " + (LARGEST >> 20) + " MB", Gap.TOO_LARGE);
        }
        if (closed) {
            throw new Failure.NotDone("stopping: no document is judged any more", null);
        }
        start();
        long end = System.nanoTime() + (alive.isEmpty() ? START_PATIENCE : PATIENCE).toNanos();
        // a worker may also be lost through nothing that the document did: one more try shows
        for (int attempt = 0; attempt < 2; attempt++) {
            var worker = take(end);
            var outcome = worker.verify(document, at, believed, source, deadline);
            giveBack(worker, outcome);
            switch (outcome) {
                case WorkerProcess.Outcome.Answered answered -> {
                    return answered.report();
                }
                case WorkerProcess.Outcome.Fault fault ->
                    throw new IllegalStateException("a bug in a worker: " + fault.trace());
                case WorkerProcess.Outcome.Lost lost -> {
                    LOG.warn("a worker was lost ({}) over a document of {} bytes", lost.cause(), document.size());
                    switch (lost.cause()) {
                        case DEADLINE -> {
                            return undecided("not judged within " + deadline.toSeconds() + " seconds", Gap.TOO_COMPLEX);
                        }
                        case MEMORY -> {
                            return undecided("wants more memory than a document gets", Gap.TOO_COMPLEX);
                        }
                        case UNKNOWN -> {}
                    }
                }
            }
        }
        return undecided("two processes that read it came to an end", Gap.TOO_COMPLEX);
    }

    /// Workers that wait for a document.
    public int free() {
        return idle.size();
    }

    @Override
    public void close() {
        closed = true;
        timer.shutdownNow();
        alive.forEach(WorkerProcess::close);
    }

    /// Those that are there now, busy or not.
    Set<Long> pids() {
        return alive.stream().map(WorkerProcess::pid).collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    private WorkerProcess take(long end) {
        try {
            var worker = idle.poll(end - System.nanoTime(), TimeUnit.NANOSECONDS);
            if (worker == null) {
                throw new Failure.NotDone("no process that verifies is free: try again", null);
            }
            return worker;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.NotDone("interrupted while waiting for a process that verifies", e);
        }
    }

    private void giveBack(WorkerProcess worker, WorkerProcess.Outcome outcome) {
        if (outcome instanceof WorkerProcess.Outcome.Lost) {
            alive.remove(worker);
            worker.close();
            startOne();
        } else {
            idle.add(worker);
        }
    }

    private void startOne() {
        Thread.ofVirtual().start(() -> {
            try {
                var worker = WorkerProcess.start(timer);
                alive.add(worker);
                if (closed) {
                    worker.close();
                } else {
                    idle.add(worker);
                }
            } catch (IOException e) {
                if (!closed) {
                    LOG.error("a process that verifies does not start; trying again", e);
                    var _ = timer.schedule(this::startOne, RETRY_SECONDS, TimeUnit.SECONDS);
                }
            } catch (RejectedExecutionException e) {
                // closed meanwhile
            }
        });
    }

    private void renewTrust() {
        try {
            var now = trust.get();
            source = now.source();
            var written = TrustCodec.write(now);
            if (!Arrays.equals(written, believed)) {
                believed = written;
            }
        } catch (RuntimeException e) { // the next round may succeed; what was believed stays
            LOG.warn("trust could not be read again", e);
        }
    }

    private static Report undecided(String found, Gap gap) {
        return Report.undecided("UNKNOWN", "limits", found, gap);
    }
}
