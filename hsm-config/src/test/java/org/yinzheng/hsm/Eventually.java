package org.yinzheng.hsm;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/// Asks until the answer is yes, for half a minute at most.
public final class Eventually {
    private Eventually() {}

    public static boolean isTrue(BooleanSupplier question) throws InterruptedException {
        var end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!question.getAsBoolean()) {
            if (System.nanoTime() > end) {
                return false;
            }
            Thread.sleep(50);
        }
        return true;
    }
}
