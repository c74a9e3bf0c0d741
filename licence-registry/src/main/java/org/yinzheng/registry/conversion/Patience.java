package org.yinzheng.registry.conversion;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.Failure;

/// Tries again, at growing intervals, what failed because something was away. Once one caller has run out of patience
/// the others try once, so that a run stops after one wait and not after one for each row.
final class Patience {
    private static final long FIRST_PAUSE = 100;
    private static final long LONGEST_PAUSE = 3_000;

    private final Duration limit;
    private final AtomicReference<@Nullable Failure> exhausted = new AtomicReference<>();

    Patience(Duration limit) {
        this.limit = limit;
    }

    /// Why the run has to stop.
    Optional<Failure> exhausted() {
        return Optional.ofNullable(exhausted.get());
    }

    /// @param work safe to repeat
    /// @throws Failure the last one, when patience is at its end
    <T> T insist(Supplier<T> work) {
        long end = System.nanoTime() + limit.toNanos();
        for (long pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
            try {
                return work.get();
            } catch (Failure away) {
                if (exhausted.get() != null || System.nanoTime() + pause * 1_000_000 > end || !sleep(pause)) {
                    exhausted.compareAndSet(null, away);
                    throw away;
                }
            }
        }
    }

    private static boolean sleep(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
