package org.yinzheng.api.http;

import java.util.concurrent.atomic.AtomicLong;

/// How many bytes of uploads may lie in memory at once, all requests together.
public final class ByteBudget {
    private final AtomicLong left;

    public ByteBudget(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    boolean take(long bytes) {
        if (left.addAndGet(-bytes) >= 0) {
            return true;
        }
        left.addAndGet(bytes);
        return false;
    }

    void giveBack(long bytes) {
        left.addAndGet(bytes);
    }

    public long left() {
        return left.get();
    }
}
