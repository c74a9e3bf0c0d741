package org.yinzheng.registry.stamping;

import java.util.List;
import java.util.UUID;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Placed;
import org.yinzheng.signing.stamping.Warning;

/// What became of one document of a request.
public sealed interface Outcome {
    String name();

    /// @param use its line in the log of uses
    /// @param format `pdf`, `ofd` or `xml`
    /// @param stamped the stamped document's name in the store
    /// @param level that was reached; with `degrade` it may be lower than the one asked for
    /// @param checked whether our own verifier passed the result; it does not read documents of over 32 MiB
    record Stamped(
            String name,
            UUID use,
            String format,
            Digest original,
            Digest stamped,
            long size,
            Level level,
            boolean checked,
            List<Placed> placed,
            List<Warning> warnings)
            implements Outcome {
        public Stamped {
            placed = List.copyOf(placed);
            warnings = List.copyOf(warnings);
        }
    }

    /// The document cannot be stamped as it is. Nothing was signed.
    record Refused(String name, String code, String field, String rule) implements Outcome {}
}
