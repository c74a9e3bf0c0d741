package org.yinzheng.registry.audit;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.signing.Failure;

/// Something that is done again and again, on a thread of its own. What is not there (database, token, another city)
/// is tried again the next time.
public final class Rounds implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Rounds.class);

    private final String name;
    private final Runnable round;
    private final ScheduledExecutorService timer;

    private Rounds(String name, Runnable round) {
        this.name = name;
        this.round = round;
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            var thread = new Thread(task, name);
            thread.setDaemon(true);
            return thread;
        });
    }

    /// The first time at once; a start does not wait for it.
    public static Rounds start(String name, Runnable round, Duration pause) {
        var rounds = new Rounds(name, round);
        var _ = rounds.timer.scheduleWithFixedDelay(rounds::go, 0, pause.toMillis(), TimeUnit.MILLISECONDS);
        return rounds;
    }

    /// The last time, after what is under way.
    @Override
    public void close() {
        timer.shutdown();
        try {
            if (timer.awaitTermination(10, TimeUnit.SECONDS)) {
                go();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void go() {
        try {
            round.run();
        } catch (Failure away) {
            LOG.warn("{} waits: {}", name, away.getMessage());
        } catch (RuntimeException e) { // a timer that throws is never called again
            LOG.error("{} does not advance: run `yinzheng audit verify`", name, e);
        }
    }
}
