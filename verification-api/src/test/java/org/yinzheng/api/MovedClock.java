package org.yinzheng.api;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/// The time of day, moved forwards by a test that does not want to wait.
final class MovedClock extends Clock {
    private final ZoneId zone;
    private final AtomicReference<Duration> ahead;

    MovedClock() {
        this(ZoneOffset.UTC, new AtomicReference<>(Duration.ZERO));
    }

    private MovedClock(ZoneId zone, AtomicReference<Duration> ahead) {
        this.zone = zone;
        this.ahead = ahead;
    }

    void pass(Duration time) {
        ahead.updateAndGet(time::plus);
    }

    @Override
    public Instant instant() {
        return Instant.now().plus(ahead.get());
    }

    @Override
    public ZoneId getZone() {
        return zone;
    }

    @Override
    public Clock withZone(ZoneId other) {
        return new MovedClock(other, ahead);
    }
}
