package org.yinzheng.registry.conversion;

import java.time.Duration;

/// @param workers how many rows are checked and issued at a time, 1 to 16
/// @param export whether the renditions are written to `converted/` in the output folder
/// @param patience how long a run waits for a database or token that is away before it stops
public record ConversionOptions(int workers, boolean export, Duration patience) {
    public ConversionOptions {
        if (workers < 1 || workers > 16) {
            throw new IllegalArgumentException("from 1 to 16 workers");
        }
    }

    public static ConversionOptions standard() {
        int processors = Runtime.getRuntime().availableProcessors();
        return new ConversionOptions(Math.clamp(processors, 2, 4), true, Duration.ofSeconds(30));
    }
}
