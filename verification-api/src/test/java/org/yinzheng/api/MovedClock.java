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

    /// The same parts by this clock, with what happens to licences in them.
    ServiceParts in(ServiceParts parts, LifeParts life) {
        return new ServiceParts(
                parts.catalogue(),
                parts.licences(),
                life,
                parts.issuance(),
                parts.office(),
                parts.verifier(),
                parts.verifications(),
                parts.probes(),
                this,
                parts.stamping(),
                parts.timestamps(),
                parts.audit(),
                parts.seals(),
                parts.rights(),
                parts.demonstrationKey());
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
