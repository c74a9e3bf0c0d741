package org.yinzheng.api.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/// Runs blocking work (JDBC, PKCS#11, parsing) on a virtual thread of its own and gives the outcome back on the
/// context that asked: handlers never block, and never touch a response from another thread.
public final class Bridge {
    private final ExecutorService threads = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("work-", 0).factory());

    /// To be called on a request's context.
    public <T> Future<T> run(Callable<T> work) {
        Context context = Objects.requireNonNull(Vertx.currentContext(), "called outside of a request");
        Promise<T> promise = Promise.promise();
        threads.execute(() -> {
            try {
                T value = work.call();
                context.runOnContext(ignored -> promise.complete(value));
            } catch (Throwable failure) { // handed over whole: the failure handler decides what it means
                context.runOnContext(ignored -> promise.fail(failure));
            }
        });
        return promise.future();
    }

    /// Takes no more work and waits for what is under way.
    ///
    /// @return whether all of it ended in time
    public boolean stop(Duration wait) throws InterruptedException {
        threads.shutdown();
        return threads.awaitTermination(wait.toMillis(), TimeUnit.MILLISECONDS);
    }
}
