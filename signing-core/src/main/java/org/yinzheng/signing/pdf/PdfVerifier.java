package org.yinzheng.signing.pdf;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;

/// Judges a PDF: every signature in it, and what was done to the document after each. Fetches nothing and
/// believes nothing that the document says of itself. No input makes it throw.
public final class PdfVerifier {
    private static final String FORMAT = "PDF";
    private static final Duration LONGEST = Duration.ofSeconds(4);
    private static final String FIELDS = "ISO 32000-2 §12.7.5.5";
    private static final byte[] END = "%%EOF".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ENCRYPT = "/Encrypt".getBytes(StandardCharsets.US_ASCII);

    private final Trust trust;
    private final boolean remarks;

    public PdfVerifier(Trust trust) {
        this(trust, true);
    }

    /// @param remarks whether reports also say what a document has that nobody sees: no verdict rests on that, and
    /// finding it costs half of all the time for a licence
    public PdfVerifier(Trust trust, boolean remarks) {
        this.trust = trust;
        this.remarks = remarks;
    }

    /// @param at the time for which certificates and revocation lists are judged
    public Report verify(DocumentBytes document, Instant at) {
        if (document.size() > Budget.LARGEST_FILE) {
            return undecided("larger than " + (Budget.LARGEST_FILE >> 20) + " MB", Gap.TOO_LARGE);
        }
        return document.lend(pdf -> verify(pdf, at));
    }

    private Report verify(byte[] pdf, Instant at) {
        if (PdfFile.header(pdf) < 0) {
            return new Report.Malformed(FORMAT, "no %PDF- within the first 1024 bytes");
        }
        var budget = new Budget(LONGEST);
        try {
            var whole = PdfFile.strict(pdf, pdf.length, budget);
            try {
                return verify(pdf, whole, at, budget);
            } finally {
                whole.ifPresent(PdfFile::close);
            }
        } catch (Budget.Exceeded | StackOverflowError e) { // nesting that a library follows by recursion
            return undecided(Budget.Exceeded.WHY, Gap.TOO_COMPLEX);
        }
    }

    private Report verify(byte[] pdf, Optional<PdfFile> whole, Instant at, Budget budget) {
        var inTheClear = new ArrayList<>(ByteRange.scan(pdf));
        var found = whole.map(PdfFile::signatures).orElse(List.of());
        if (whole.isEmpty() && isLocked(pdf, inTheClear, budget)) {
            return undecided("encrypted: it does not open without a password", Gap.ENCRYPTED);
        }
        whole.map(FoundSignature::usageRightsRanges).ifPresent(inTheClear::removeAll);
        if (found.isEmpty() && inTheClear.isEmpty()) {
            return withoutSignature(pdf, whole, budget);
        }
        if (found.size() + inTheClear.size() > Budget.MOST_SIGNATURES) {
            throw new Budget.Exceeded();
        }
        var store = whole.map(file -> ValidationData.of(file, budget)).orElse(ValidationData.NONE);
        var all = Stream.concat(found.stream().flatMap(one -> one.range().stream()), inTheClear.stream())
                .filter(range -> range.isInside(pdf))
                .toList();
        var first = all.stream().mapToInt(range -> (int) range.end()).min().orElse(0);
        var judge = new SignatureJudge(
                pdf,
                new RangeDigests(pdf, all, budget),
                new Tables(pdf, first, budget),
                whole,
                trust,
                new Timeline(trust, at, store),
                budget);
        var judgements = new ArrayDeque<SignatureJudge.Judgement>();
        var documentChecks = new ArrayList<Check>();
        var ranges = new HashSet<ByteRange>();
        // the last one first: a document timestamp proves when everything before it was there
        for (var one : found.stream()
                .sorted(Comparator.comparingLong(PdfVerifier::end).reversed())
                .toList()) {
            var range = one.range();
            if (range.isPresent() && !ranges.add(range.get())) {
                documentChecks.add(shared());
            }
            judgements.addFirst(
                    range.isPresent() ? judge.withRange(range.get(), Optional.of(one)) : judge.withoutRange(one));
        }
        var last = ranges.stream().mapToLong(ByteRange::end).max().orElse(0);
        for (var range : inTheClear) {
            if (ranges.contains(range)) {
                continue;
            }
            if (range.end() < last) {
                documentChecks.add(Check.passed(
                        "signature-fields", "a signature that was removed before a later one was made", FIELDS));
            } else {
                ranges.add(range);
                if (whole.isPresent()) {
                    documentChecks.add(Check.failed(
                            "signature-fields",
                            "a signature in the file that the document does not lead to",
                            FIELDS,
                            Flaw.SIGNATURE_DICTIONARY_CHANGED));
                }
                judgements.addLast(judge.withRange(range, Optional.empty()));
            }
        }
        if (ranges.stream().map(ByteRange::end).distinct().count() < ranges.size()) {
            documentChecks.add(shared());
        }
        whole.flatMap(file -> FormValues.differing(file, budget))
                .ifPresent(field -> documentChecks.add(Check.failed(
                        "form-values",
                        "field " + field + " shows another text than its value",
                        "ISO 32000-2 §12.7.4.3",
                        Gap.FORM_VALUE_DIFFERS)));
        whole.filter(file -> remarks)
                .map(Unseen::in)
                .filter(unseen -> !unseen.isEmpty())
                .ifPresent(unseen -> documentChecks.add(Check.passed(
                        "hidden-content", "not shown: " + String.join(", ", unseen), "ISO 32000-2 §8.11, §12.6")));
        return report(List.copyOf(judgements), documentChecks);
    }

    /// Not because of something that was appended to a document that can be read.
    private static boolean isLocked(byte[] pdf, List<ByteRange> ranges, Budget budget) {
        if (Bytes.indexOf(pdf, ENCRYPT, 0) < 0) {
            return false;
        }
        for (var range : ranges) {
            try (var revision = PdfFile.strict(pdf, (int) range.end(), budget).orElse(null)) {
                if (revision != null) {
                    return false;
                }
            }
        }
        try (var repaired = PdfFile.lenient(pdf, pdf.length, budget).orElse(null)) {
            return repaired == null;
        }
    }

    private static Report undecided(String found, Gap gap) {
        return Report.undecided(FORMAT, "limits", found, gap);
    }

    private static Report report(List<SignatureJudge.Judgement> judgements, List<Check> documentChecks) {
        var judged = judgements.stream().map(SignatureJudge.Judgement::report).toList();
        var missed = judged.stream().filter(one -> !isTimestamp(one)).anyMatch(one -> Absent.isMissed(one.reasons()));
        var signatures = missed
                ? judged
                : judged.stream()
                        .map(one -> isTimestamp(one) && Absent.isPossible(one.reasons())
                                ? one.with(Absent.remarks(one.checks()))
                                : one)
                        .toList();
        var content = judgements.stream().flatMap(one -> one.content().stream()).findFirst();
        var report =
                new Report.Judged(FORMAT, integrity(signatures, documentChecks), signatures, documentChecks, content);
        return signatures.stream().allMatch(PdfVerifier::isTimestamp)
                        && report.reasons().stream().noneMatch(Flaw.class::isInstance)
                ? new Report.Unsigned(FORMAT) // somebody saw it at a time; nobody signed it
                : report;
    }

    private static boolean isTimestamp(SignatureReport report) {
        return report.kind().equals(SignatureFinding.TIMESTAMP);
    }

    private static Report withoutSignature(byte[] pdf, Optional<PdfFile> whole, Budget budget) {
        // A file that was cut off may still hold an older revision, whole and unsigned: that is not its answer.
        var last = Bytes.lastNonSpace(pdf, pdf.length);
        var ends = last >= 4 && Bytes.indexOf(pdf, END, last - 4) == last - 4;
        if (ends && whole.isPresent()) {
            return new Report.Unsigned(FORMAT);
        }
        // Many unsigned files break the letter of the format and open everywhere.
        try (var repaired = ends ? PdfFile.lenient(pdf, pdf.length, budget).orElse(null) : null) {
            return repaired != null && repaired.signatures().isEmpty()
                    ? new Report.Unsigned(FORMAT)
                    : new Report.Malformed(FORMAT, "the objects or the cross-reference table are broken or incomplete");
        }
    }

    private static long end(FoundSignature found) {
        return found.range().map(ByteRange::end).orElse(Long.MAX_VALUE);
    }

    private static Check shared() {
        return Check.failed(
                "signature-ranges",
                "two signatures claim the same bytes",
                "ISO 32000-2 §12.8.1",
                Flaw.SIGNATURES_OVERLAP);
    }

    private static Integrity integrity(List<SignatureReport> signatures, List<Check> documentChecks) {
        if (Integrity.of(documentChecks, true) == Integrity.MODIFIED
                || signatures.stream().anyMatch(one -> one.integrity() == Integrity.MODIFIED)) {
            return Integrity.MODIFIED;
        }
        return signatures.stream().allMatch(one -> one.integrity() == Integrity.INTACT)
                ? Integrity.INTACT
                : Integrity.UNKNOWN;
    }
}
