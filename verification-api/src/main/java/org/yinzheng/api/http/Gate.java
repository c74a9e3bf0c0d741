package org.yinzheng.api.http;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.yinzheng.api.problem.Problem;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;

/// A limit on how many do the same dear thing at once: virtual threads have none of their own. Whoever gets no
/// place in time is refused before anything happened.
public final class Gate {
    private static final int RETRY_SECONDS = 2;

    private final Semaphore places;
    private final Duration wait;

    public Gate(int places, Duration wait) {
        this.places = new Semaphore(places, true);
        this.wait = wait;
    }

    /// @throws Refused `busy`
    public <T> T pass(Callable<T> work) throws Exception {
        if (!places.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new Refused(Problem.of(ProblemCode.BUSY).after(RETRY_SECONDS));
        }
        try {
            return work.call();
        } finally {
            places.release();
        }
    }

    public int free() {
        return places.availablePermits();
    }
}
