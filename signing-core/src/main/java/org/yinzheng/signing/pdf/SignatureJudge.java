package org.yinzheng.signing.pdf;

import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.cms.Ber;
import org.yinzheng.signing.cms.CmsCheck;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.SignatureReport;
import org.yinzheng.signing.verdict.SignedContent;

/// Judges one signature of a PDF, in this order: its range, its dictionary as the signed revision has it, the
/// mathematics, whether the signer can be believed, and what came after.
final class SignatureJudge {
    private static final String RANGE = "ISO 32000-2 §12.8.1";
    private static final String LATER = "ISO 32000-2 §12.8.2.2";
    private static final Bilingual NOTHING = new Bilingual("无", "nothing");

    private final byte[] pdf;
    private final RangeDigests digests;
    private final Tables tables;
    private final Optional<PdfFile> whole;
    private final Trust trust;
    private final Timeline timeline;
    private final Budget budget;

    /// @param content what the signed revision says, when the signature is intact
    record Judgement(SignatureReport report, Optional<SignedContent> content) {}

    SignatureJudge(
            byte[] pdf,
            RangeDigests digests,
            Tables tables,
            Optional<PdfFile> whole,
            Trust trust,
            Timeline timeline,
            Budget budget) {
        this.pdf = pdf;
        this.digests = digests;
        this.tables = tables;
        this.whole = whole;
        this.trust = trust;
        this.timeline = timeline;
        this.budget = budget;
    }

    /// A signature dictionary of the document whose range is unusable.
    Judgement withoutRange(FoundSignature found) {
        var checks = new ArrayList<Check>();
        checks.add(Check.failed(
                "byte-range", "no /ByteRange of four non-negative integers", RANGE, Flaw.BYTE_RANGE_INVALID));
        if (!found.hasValue()) {
            checks.add(valueMissing());
        }
        return report(
                found.field().orElse(""),
                SignatureFinding.none(found.subFilter()),
                found.claimedTime(),
                checks,
                NOTHING);
    }

    /// A signature known by its range. What is shown of it is read from the revision that it signed.
    ///
    /// @param now the dictionary with this range in the document as it is now; empty when there is none
    Judgement withRange(ByteRange range, Optional<FoundSignature> now) {
        var checks = new ArrayList<Check>();
        var fault = range.fault(pdf);
        checks.add(fault.map(text -> Check.failed("byte-range", text, RANGE, Flaw.BYTE_RANGE_INVALID))
                .orElseGet(() -> Check.passed("byte-range", "all but this signature's own /Contents", RANGE)));
        if (fault.isPresent() && !range.isInside(pdf)) {
            return report(name(now), SignatureFinding.none(subFilter(now)), Optional.empty(), checks, NOTHING);
        }
        if (whole.isPresent() && Tail.isEmpty(pdf, (int) range.end())) {
            return inRevision(range, now, whole, checks);
        }
        var revision = revision((int) range.end());
        try {
            return inRevision(range, now, revision, checks);
        } finally {
            revision.ifPresent(PdfFile::close);
        }
    }

    /// What nothing was appended to is as it was signed, also when it takes a repair to read it.
    private Optional<PdfFile> revision(int end) {
        var strict = PdfFile.strict(pdf, end, budget);
        return strict.isEmpty() && Tail.isEmpty(pdf, end) ? PdfFile.lenient(pdf, end, budget) : strict;
    }

    private static boolean isEncrypted(Optional<PdfFile> revision) {
        return revision.filter(file -> file.trailer().containsKey(COSName.ENCRYPT))
                .isPresent();
    }

    /// PDFBox encrypts even the zeros of the place that it keeps free, and writes the value over their beginning: what
    /// follows the value is their cipher text, which nobody reads.
    private static byte[] withoutFiller(byte[] contents) {
        try {
            return Arrays.copyOf(contents, Ber.parse(contents).end());
        } catch (Ber.Malformed e) {
            return contents; // the judge of values says where
        }
    }

    private Judgement inRevision(
            ByteRange range, Optional<FoundSignature> now, Optional<PdfFile> revision, List<Check> checks) {
        var signed = revision.flatMap(file -> file.signatures().stream()
                .filter(one -> one.range().equals(Optional.of(range)))
                .findFirst());
        checks.add(dictionary(range, signed));
        var contents = signed.flatMap(FoundSignature::contents)
                .or(() -> range.hole(pdf))
                .or(() -> now.flatMap(FoundSignature::contents))
                .map(bytes -> isEncrypted(revision) ? withoutFiller(bytes) : bytes)
                .orElse(new byte[0]);
        var claimed = signed.flatMap(FoundSignature::claimedTime);
        var finding = new ValueJudge(trust, timeline, range.end())
                .judge(
                        signed.map(FoundSignature::dictionary).orElseGet(COSDictionary::new),
                        signed.map(FoundSignature::subFilter).orElse(subFilter(now)),
                        contents,
                        bytes(range),
                        claimed);
        checks.addAll(finding.checks());
        if (finding.kind().equals(SignatureFinding.TIMESTAMP)
                && checks.stream().allMatch(Check::passed)
                && finding.proven().isPresent()) {
            var store = revision.map(file -> ValidationData.of(file, budget)).orElse(ValidationData.NONE);
            timeline.proven(range.end(), finding.proven().get(), store);
        }
        checks.addAll(laterChanges(range, revision));
        var coverage = Tail.isEmpty(pdf, (int) range.end())
                ? new Bilingual("整个文件", "whole file")
                : new Bilingual(
                        "前 " + range.end() + " 字节的版本；其后又有 " + (pdf.length - range.end()) + " 字节",
                        "the revision of " + range.end() + " bytes; " + (pdf.length - range.end())
                                + " bytes came later");
        var judged = report(name(signed.or(() -> now)), finding, claimed.or(finding::signingTime), checks, coverage);
        return judged.report().integrity() == Integrity.INTACT
                ? new Judgement(judged.report(), revision.flatMap(Metadata::content))
                : judged;
    }

    private Check dictionary(ByteRange range, Optional<FoundSignature> signed) {
        var step = "signature-dictionary";
        if (signed.isEmpty()) {
            return Check.failed(
                    step, "the signed revision has no readable dictionary for it", RANGE, Flaw.FORMAT_FAILURE);
        }
        var contents = signed.get().contents();
        if (!signed.get().hasValue()) {
            return valueMissing();
        }
        var hole = range.hole(pdf);
        if (hole.isEmpty() || !Arrays.equals(contents.orElseThrow(), hole.get())) {
            return Check.failed(step, "/Contents is not what the range leaves out", RANGE, Flaw.BYTE_RANGE_INVALID);
        }
        if (signed.get().field().isEmpty()) {
            return Check.failed(step, "no signature field leads to it", RANGE, Flaw.FORMAT_FAILURE);
        }
        return Check.passed(step, "field " + signed.get().field().get(), RANGE);
    }

    private List<Check> laterChanges(ByteRange range, Optional<PdfFile> revision) {
        int end = (int) range.end();
        if (Tail.isEmpty(pdf, end)) {
            return List.of(Check.passed("later-changes", "nothing follows the signed bytes", LATER));
        }
        if (!Tail.endsARevision(pdf, end)) {
            return List.of(Check.failed(
                    "later-changes",
                    "the file ends with something that is not a revision",
                    LATER,
                    Flaw.CONTENT_ADDED_AFTER_SIGNING));
        }
        if (whole.isEmpty() || revision.isEmpty()) {
            return List.of(Check.failed(
                    "later-changes", "what follows is not a readable revision", LATER, Flaw.UPDATE_UNREADABLE));
        }
        var fault = Tail.fault(pdf, end, revision.get(), whole.get(), tables, budget);
        if (fault.isPresent()) {
            return List.of(failed(fault.get()));
        }
        var outcome = RevisionComparison.compare(revision.get(), whole.get(), budget);
        return outcome.changes().isEmpty()
                ? List.of(Check.passed("later-changes", lawful(outcome.noticed()), LATER))
                : outcome.changes().stream().map(SignatureJudge::failed).toList();
    }

    private static Check failed(Change change) {
        var step = change.reason() == Gap.CONTENT_OBSCURED ? "obscured-content" : "later-changes";
        return Check.failed(step, "after signing: " + change.what(), LATER, change.reason());
    }

    private static String lawful(Set<String> noticed) {
        return noticed.isEmpty() ? "signatures and validation data only" : "permitted: " + String.join("; ", noticed);
    }

    private static Check valueMissing() {
        return Check.failed(
                "signature-dictionary", "/Contents is no string or empty", RANGE, Flaw.SIGNATURE_VALUE_MISSING);
    }

    private CmsCheck.SignedBytes bytes(ByteRange range) {
        return new CmsCheck.SignedBytes() {
            @Override
            public byte[] digest(MessageDigest digest) {
                return digests.of(range, digest);
            }

            @Override
            public Optional<DocumentBytes> all() {
                return Optional.of(DocumentBytes.owning(range.bytes(pdf)));
            }
        };
    }

    private static Judgement report(
            String name, SignatureFinding finding, Optional<Instant> claimed, List<Check> checks, Bilingual coverage) {
        var report = new SignatureReport(
                name,
                finding.kind(),
                finding.signer(),
                finding.algorithm(),
                claimed,
                finding.proven(),
                Integrity.of(checks, holds(checks, finding.valueSteps())),
                coverage,
                finding.seal(),
                checks);
        return new Judgement(report, Optional.empty());
    }

    private static boolean holds(List<Check> checks, Set<String> steps) {
        return steps.stream()
                .allMatch(step -> checks.stream().anyMatch(check -> check.step().equals(step) && check.passed()));
    }

    private static String name(Optional<FoundSignature> found) {
        return found.flatMap(FoundSignature::field).orElse("");
    }

    private static String subFilter(Optional<FoundSignature> found) {
        return found.map(FoundSignature::subFilter).orElse("");
    }
}
