package org.yinzheng.registry.witness;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yinzheng.registry.audit.LogKey;
import org.yinzheng.registry.audit.LogProof;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;

/// A proof of the log that came with a document, judged without the log. What it proves is that this very file was
/// put on record as that licence; it says nothing of the signatures, and makes no document genuine.
///
/// @param proof C2SP tlog-proof
/// @param key of the log, by the word of whoever put it there: it serves only where the operator knows none
public record AccompanyingProof(DocumentBytes proof, Optional<DocumentBytes> key) {
    private static final String CLAUSE = "C2SP tlog-proof";
    private static final String WITNESSES = "C2SP tlog-cosignature";
    private static final String ISSUE = "licence.issue";
    private static final int LONGEST_KEY = 1_000;

    /// @param licenceId that the document says of itself under its signature
    /// @param document as a whole
    public List<Check> judge(KnownLogs known, Optional<String> licenceId, Digest document) {
        try {
            if (proof.size() > LogProof.LONGEST) {
                throw new InvalidInput("log-proof", "", "too long to be a proof of the audit log");
            }
            var parsed = LogProof.parse(text(proof));
            var under = parsed.included();
            var where = "entry %d of %d, made %s"
                    .formatted(parsed.index(), under.size(), parsed.entry().at());
            return List.of(
                    checkpoint(parsed, under.origin(), known),
                    Check.passed("log-inclusion", where, CLAUSE),
                    witnesses(parsed, known),
                    of(parsed, licenceId, document));
        } catch (InvalidInput e) {
            return List.of(failed("log-inclusion", e, CLAUSE));
        }
    }

    private Check checkpoint(LogProof parsed, String origin, KnownLogs known) {
        var believed = known.log(origin);
        try {
            var log = believed.isPresent() ? believed : key.map(AccompanyingProof::key);
            if (log.isPresent()) {
                log.get().open(parsed.note());
            }
        } catch (InvalidInput e) {
            return failed("log-checkpoint", e, CLAUSE);
        }
        return believed.isPresent()
                ? Check.passed("log-checkpoint", "signed by the log " + origin, CLAUSE)
                : Check.failed(
                        "log-checkpoint",
                        "of the log " + origin + ", whose key the operator does not know",
                        CLAUSE,
                        Gap.LOG_UNCONFIRMED);
    }

    private static Check witnesses(LogProof parsed, KnownLogs known) {
        try {
            var seen = known.witnesses().stream()
                    .flatMap(witness -> witness.saw(parsed.note()).map(at -> witness.name() + " at " + at).stream())
                    .collect(Collectors.joining(", "));
            return Check.passed(
                    "log-witnesses",
                    seen.isEmpty() ? "seen by none of the witnesses that the operator knows" : "seen by " + seen,
                    WITNESSES);
        } catch (InvalidInput e) {
            return failed("log-witnesses", e, WITNESSES);
        }
    }

    /// The identifier alone would let one file borrow the proof of another.
    private static Check of(LogProof parsed, Optional<String> licenceId, Digest document) {
        var entry = parsed.entry();
        boolean names = entry.action().equals(ISSUE)
                && licenceId.filter(entry.subject()::equals).isPresent();
        for (var format : Format.values()) {
            if (names && document.hex().equals(entry.details().get(format.name()))) {
                return Check.passed("log-document", "names this file, as " + format, "");
            }
        }
        return Check.failed(
                "log-document",
                names ? "names this licence, and files of other digests" : "does not name this licence",
                "",
                Flaw.LOG_PROOF_OF_ANOTHER_DOCUMENT);
    }

    private static LogKey key(DocumentBytes bytes) {
        return LogKey.parse(bytes.size() > LONGEST_KEY ? "" : text(bytes));
    }

    private static String text(DocumentBytes bytes) {
        return new String(bytes.toByteArray(), StandardCharsets.UTF_8);
    }

    private static Check failed(String step, InvalidInput e, String clause) {
        return Check.failed(step, String.valueOf(e.getMessage()), clause, Flaw.LOG_PROOF_INVALID);
    }
}
