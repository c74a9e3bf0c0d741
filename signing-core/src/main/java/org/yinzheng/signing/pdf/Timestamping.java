package org.yinzheng.signing.pdf;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.time.TimestampSource;

/// The timestamps of one stamp. An authority that is away ends it, or is remembered, as the caller chose.
final class Timestamping {
    private final Optional<TimestampSource> source;
    private final Level.Shortfall shortfall;
    private final List<DocumentBytes> tokens = new ArrayList<>();

    Timestamping(Optional<TimestampSource> source, Level.Shortfall shortfall) {
        this.source = source;
        this.shortfall = shortfall;
    }

    /// @throws Failure.NotDone when there is none and one is required
    Optional<DocumentBytes> over(byte[] digest, Suite suite) {
        try {
            var token = source.orElseThrow(
                            () -> new Failure.NotDone("no timestamp authority is configured: stamp at level B", null))
                    .tokenOver(DocumentBytes.of(digest), suite);
            tokens.add(token);
            return Optional.of(token);
        } catch (Failure.NotDone e) {
            if (shortfall == Level.Shortfall.REQUIRE) {
                throw e;
            }
            return Optional.empty();
        }
    }

    List<DocumentBytes> tokens() {
        return List.copyOf(tokens);
    }
}
