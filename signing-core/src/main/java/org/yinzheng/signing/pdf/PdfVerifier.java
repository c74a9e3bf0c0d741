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
    private static final Duration LONGEST = Duration.ofSeconds(20);
    private static final byte[] HEADER = "%PDF-".getBytes(StandardCharsets.US_ASCII);

    private static final byte[] END = "%%EOF".getBytes(StandardCharsets.US_ASCII);

    private final Trust trust;

    public PdfVerifier(Trust trust) {
        this.trust = trust;
    }

    /// @param at the time for which certificates and revocation lists are judged
    public Report verify(DocumentBytes document, Instant at) {
        if (document.size() > Budget.LARGEST_FILE) {
            return new Report.Malformed(FORMAT, "larger than " + (Budget.LARGEST_FILE >> 20) + " MB");
        }
        var pdf = document.toByteArray();
        var header = Bytes.indexOf(pdf, HEADER, 0);
        if (header < 0 || header >= 1024) {
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
        } catch (Budget.Exceeded e) {
            var check = Check.failed("limits", Budget.Exceeded.WHY, "", Gap.TOO_COMPLEX);
            return new Report.Judged(FORMAT, Integrity.UNKNOWN, List.of(), List.of(check), Optional.empty());
        }
    }

    private Report verify(byte[] pdf, Optional<PdfFile> whole, Instant at, Budget budget) {
        if (whole.isPresent() && whole.get().isEncrypted()) {
            return new Report.Malformed(FORMAT, "encrypted documents are not judged");
        }
        var inTheClear = new ArrayList<>(ByteRange.scan(pdf));
        whole.map(FoundSignature::usageRightsRanges).ifPresent(inTheClear::removeAll);
        var found = whole.map(file -> FoundSignature.in(file, budget)).orElse(List.of());
        if (found.isEmpty() && inTheClear.isEmpty()) {
            return withoutSignature(pdf, whole, budget);
        }
        if (found.size() + inTheClear.size() > Budget.MOST_SIGNATURES) {
            throw new Budget.Exceeded();
        }
        var store = whole.map(file -> ValidationData.of(file, budget)).orElse(ValidationData.NONE);
        var judge = new SignatureJudge(pdf, whole, trust, new Timeline(trust, at, store), budget);
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
        for (var range : inTheClear) {
            if (ranges.add(range)) {
                documentChecks.add(hidden());
                judgements.addLast(judge.withRange(range, Optional.empty()));
            }
        }
        if (ranges.stream().map(ByteRange::end).distinct().count() < ranges.size()) {
            documentChecks.add(shared());
        }
        return report(List.copyOf(judgements), documentChecks);
    }

    private static Report report(List<SignatureJudge.Judgement> judgements, List<Check> documentChecks) {
        var signatures =
                judgements.stream().map(SignatureJudge.Judgement::report).toList();
        var integrity = integrity(signatures, documentChecks);
        if (integrity != Integrity.MODIFIED
                && signatures.stream().allMatch(one -> one.kind().equals(SignatureFinding.TIMESTAMP))) {
            return new Report.Unsigned(FORMAT); // somebody saw it at a time; nobody signed it
        }
        var licenceId =
                judgements.stream().flatMap(one -> one.content().stream()).findFirst();
        return new Report.Judged(FORMAT, integrity, signatures, documentChecks, licenceId);
    }

    private static Report withoutSignature(byte[] pdf, Optional<PdfFile> whole, Budget budget) {
        // A file that was cut off may still hold an older revision, whole and unsigned: that is not its answer.
        var last = Bytes.lastNonSpace(pdf, pdf.length);
        var ends = last >= 4 && Bytes.indexOf(pdf, END, last - 4) == last - 4;
        if (ends && whole.isPresent()) {
            return new Report.Unsigned(FORMAT);
        }
        // Many unsigned files break the letter of the format and open everywhere.
        try (var repaired = ends ? PdfFile.lenient(pdf, budget).orElse(null) : null) {
            return repaired != null && FoundSignature.in(repaired, budget).isEmpty()
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

    private static Check hidden() {
        return Check.failed(
                "signature-fields",
                "a signature in the file that the document does not lead to",
                "ISO 32000-2 §12.7.5.5",
                Flaw.FORMAT_FAILURE);
    }

    private static Integrity integrity(List<SignatureReport> signatures, List<Check> documentChecks) {
        if (documentChecks.stream().anyMatch(check -> !check.passed())
                || signatures.stream().anyMatch(one -> one.integrity() == Integrity.MODIFIED)) {
            return Integrity.MODIFIED;
        }
        return signatures.stream().allMatch(one -> one.integrity() == Integrity.INTACT)
                ? Integrity.INTACT
                : Integrity.UNKNOWN;
    }
}
