package org.yinzheng.registry.audit;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.signing.Failure;

/// Lets the log advance: at the start, from time to time while there is something new, and at the end. What is not
/// there (database, token) is tried again at the next time; nothing is lost by it, as entries wait in their table.
public final class Sequencer implements AutoCloseable {
    public static final Duration EVERY = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(Sequencer.class);

    private final AuditLog log;
    private final ScheduledExecutorService timer;

    private Sequencer(AuditLog log) {
        this.log = log;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, "audit-sequencer");
            thread.setDaemon(true);
            return thread;
        });
    }

    public static Sequencer start(AuditLog log, Duration every) {
        var sequencer = new Sequencer(log);
        // the first time at once, on the timer's thread: a start does not wait for it
        var _ = sequencer.timer.scheduleWithFixedDelay(sequencer::advance, 0, every.toMillis(), TimeUnit.MILLISECONDS);
        return sequencer;
    }

    /// The last time, after what is under way.
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (timer.awaitTermination(10, TimeUnit.SECONDS)) {
                advance();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void advance() {
        try {
            log.advance();
        } catch (Failure away) {
            LOG.warn("the audit log waits: {}", away.getMessage());
        } catch (RuntimeException e) { // a timer that throws is never called again
            LOG.error("the audit log does not advance: run `yinzheng audit verify`", e);
        }
    }
}
