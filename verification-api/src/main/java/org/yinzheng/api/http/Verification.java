package org.yinzheng.api.http;

import java.time.Instant;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.verdict.Report;

/// Judges documents, not more at once than there are places. Stores nothing.
public final class Verification {
    /// Judges one document; picks its format by its content.
    @FunctionalInterface
    public interface Verifier {
        Report verify(DocumentBytes document, Instant at);
    }

    private final Verifier verifier;
    private final Gate parsing;
    private final Meters meters;

    public Verification(Verifier verifier, Gate parsing, Meters meters) {
        this.verifier = verifier;
        this.parsing = parsing;
        this.meters = meters;
    }

    /// Blocks.
    public Report judge(DocumentBytes document, Instant at) throws Exception {
        var report = parsing.pass(() -> verifier.verify(document, at));
        meters.verified(report.indication());
        return report;
    }
}
