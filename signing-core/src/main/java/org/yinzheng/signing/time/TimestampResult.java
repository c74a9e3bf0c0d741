package org.yinzheng.signing.time;

import java.time.Instant;
import java.util.List;
import org.yinzheng.signing.verdict.Check;

/// What a timestamp token is worth. The checks say why, in the words of the verdict; their steps begin with
/// `timestamp-`.
public sealed interface TimestampResult {
    List<Check> checks();

    /// What was stamped existed at `time`, as an authority says whom we believe.
    record Proven(Instant time, List<Check> checks) implements TimestampResult {}

    /// The token is wrong (a check has a [org.yinzheng.signing.verdict.Flaw]), or its authority could not be believed
    /// (a [org.yinzheng.signing.verdict.Gap]). It counts as absent.
    record Unproven(List<Check> checks) implements TimestampResult {}
}
