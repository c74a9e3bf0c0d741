package org.yinzheng.cli;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/// What was opened one after another, closed in the reverse order.
final class OpenParts implements AutoCloseable {
    private final Deque<Runnable> closings = new ArrayDeque<>();

    <T> T add(T part, Consumer<T> close) {
        closings.push(() -> close.accept(part));
        return part;
    }

    /// Safe to call twice.
    @Override
    public synchronized void close() {
        while (!closings.isEmpty()) {
            closings.pop().run();
        }
    }
}
