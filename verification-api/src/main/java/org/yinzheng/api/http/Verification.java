package org.yinzheng.api.http;

import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Report;

/// Verifies an uploaded document and asks the registry about the licence that it claims to be. Stores nothing.
public final class Verification {
    private static final Logger LOG = LoggerFactory.getLogger(Verification.class);

    /// Judges one document; picks its format by its content.
    @FunctionalInterface
    public interface Verifier {
        Report verify(DocumentBytes document, Instant at);
    }

    /// Both answers: about the bytes, and about the licence.
    public record Outcome(Report report, Lookup lookup) {}

    private final Verifier verifier;
    private final Licences licences;
    private final Gate parsing;
    private final Meters meters;
    private final Clock clock;

    public Verification(Verifier verifier, Licences licences, Gate parsing, Meters meters, Clock clock) {
        this.verifier = verifier;
        this.licences = licences;
        this.parsing = parsing;
        this.meters = meters;
        this.clock = clock;
    }

    /// Blocks.
    public Outcome verify(Upload upload) throws Exception {
        var report = parsing.pass(() -> verifier.verify(upload.bytes(), clock.instant()));
        meters.verified(report.indication());
        // what a forged file says of itself is not looked up: the answer would lend it credit
        var id = report.indication() == Indication.TOTAL_FAILED ? Optional.<String>empty() : licenceId(report);
        return new Outcome(report, id.map(this::lookUp).orElseGet(Lookup.NotAsked::new));
    }

    private Lookup lookUp(String licenceId) {
        try {
            return licences.standing(licenceId)
                    .<Lookup>map(Lookup.Known::new)
                    .orElseGet(() -> new Lookup.Unknown(licenceId));
        } catch (Failure.NotDone e) {
            // the document was judged; that answer stands without the registry
            LOG.warn("standing could not be asked for: {}", e.getMessage());
            return new Lookup.Unavailable(licenceId);
        }
    }

    private static Optional<String> licenceId(Report report) {
        return report instanceof Report.Judged judged ? judged.licenceId() : Optional.empty();
    }
}
