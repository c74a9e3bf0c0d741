package org.yinzheng.registry.conversion;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import org.yinzheng.signing.Failure;

/// Does the same to some rows on a few threads, and waits for all of them.
final class Workers implements AutoCloseable {
    private final ExecutorService threads;

    Workers(int count) {
        this.threads = Executors.newFixedThreadPool(
                count, Thread.ofPlatform().name("convert-", 1).daemon().factory());
    }

    /// @return the results in the order of `inputs`
    /// @throws Failure.NotDone when this thread was interrupted; the workers finish what they began
    <A, B> List<B> all(List<A> inputs, Function<? super A, ? extends B> work) {
        var futures = new ArrayList<Future<B>>();
        for (var input : inputs) {
            futures.add(threads.submit(() -> work.apply(input)));
        }
        var results = new ArrayList<B>();
        try {
            for (var future : futures) {
                results.add(future.get());
            }
            return results;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.NotDone("the conversion was interrupted", e);
        } catch (ExecutionException e) {
            // a bug's own type and message are worth more than a wrapper
            if (e.getCause() instanceof RuntimeException bug) {
                throw bug;
            }
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw new IllegalStateException(e.getCause());
        } finally {
            futures.forEach(future -> future.cancel(false));
        }
    }

    @Override
    public void close() {
        threads.close();
    }
}
