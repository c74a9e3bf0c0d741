package org.yinzheng.signing.ofd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.SignatureReport;

/// Judges the signatures of one package, in the order of GB/T 33190 §18 and GB/T 38540: description, digests,
/// coverage, value, signer, seal. All checks that can be made are made.
final class SignatureJudge {
    private static final String CLAUSE = "GB/T 33190 §18.2";
    private static final int MOST_NAMES = 10;

    private final OfdPackage ofd;
    private final Closure.Found closure;
    private final SealPages pages;
    private final Digests digests;
    private final StampJudge stamps;
    private final SignedDataJudge signedData;

    SignatureJudge(OfdPackage ofd, Closure.Found closure, SealPages pages, Trust trust, Instant at) {
        this.ofd = ofd;
        this.closure = closure;
        this.pages = pages;
        this.digests = new Digests(ofd);
        this.stamps = new StampJudge(ofd, trust, at);
        this.signedData = new SignedDataJudge(trust, at);
    }

    /// @param covered the files whose digests the signature holds, right or wrong
    /// @param files what belongs to the signature itself
    record Judged(SignatureReport report, Set<String> covered, Set<String> files) {}

    /// @throws InvalidInput `ofd-limits`
    Judged judge(SignatureList.Entry entry) {
        var checks = new ArrayList<Check>();
        var original = ofd.content(entry.path()).orElse(new byte[0]);
        Description description;
        try {
            description = Description.parse(original, entry.path(), ofd);
        } catch (InvalidInput e) {
            if (e.code().equals(OfdPackage.LIMITS)) {
                throw e;
            }
            checks.add(Check.failed("signature-file", String.valueOf(e.getMessage()), CLAUSE, flaw(e)));
            return new Judged(unreadable(entry, checks), Set.of(), Set.of(entry.path()));
        }
        checks.add(Check.passed(
                "signature-file",
                description.references().size() + " references, provider " + description.provider(),
                CLAUSE));
        var method = Digests.method(description);
        var digesting = method.flatMap(known -> digests.begin(known, description.covered()));
        var needed = closure.of(entry.document());
        checks.add(coverage(description, needed));
        var finding = value(entry, description, original);
        checks.addAll(finding.checks());
        checks.add(pages.check(entry, description));
        digesting.ifPresent(Runnable::run);
        checks.add(references(description, method));

        var files = new TreeSet<>(Set.of(entry.path(), description.value()));
        description.seal().ifPresent(files::add);
        return new Judged(report(entry, description, finding, checks), description.covered(), files);
    }

    private static Flaw flaw(InvalidInput e) {
        return switch (e.code()) {
            case Description.EMPTY -> Flaw.REFERENCE_MISSING;
            case Description.NO_VALUE -> Flaw.SIGNATURE_VALUE_MISSING;
            case OfdPackage.TAMPERED -> Flaw.PACKAGE_MALFORMED;
            default -> Flaw.STAMP_MALFORMED;
        };
    }

    private Check references(Description description, Optional<String> method) {
        if (method.isEmpty()) {
            return references(
                    "digest algorithm " + description.checkMethod().orElse("") + " is not known",
                    Gap.ALGORITHM_UNKNOWN);
        }
        var wrong = new TreeSet<String>();
        for (var reference : description.references()) {
            if (!digests.agrees(
                    method.get(), reference.path(), reference.digest().toByteArray())) {
                wrong.add(reference.path());
            }
        }
        if (!wrong.isEmpty()) {
            return references("changed or missing: " + names(wrong), Flaw.SIGNED_FILE_CHANGED);
        }
        var all = description.references().size() + " files unchanged, by " + method.get();
        return Check.passed(
                "reference-digests",
                description.checkMethod().isPresent() ? all : all + ", which no CheckMethod names",
                CLAUSE);
    }

    private static Check references(String found, Reason reason) {
        return Check.failed("reference-digests", found, CLAUSE, reason);
    }

    private static Check coverage(Description description, Set<String> needed) {
        var uncovered = new TreeSet<>(needed);
        uncovered.removeAll(description.covered());
        return uncovered.isEmpty()
                ? Check.passed("coverage", "all " + needed.size() + " files that the document shows", CLAUSE)
                : Check.failed("coverage", "not covered: " + names(uncovered), CLAUSE, Gap.NOT_ALL_CONTENT_COVERED);
    }

    private ValueFinding value(SignatureList.Entry entry, Description description, byte[] original) {
        var part = ofd.part(description.value());
        var value = part == null ? Optional.<byte[]>empty() : part.content();
        if (value.isEmpty() || value.get().length == 0) {
            return ValueFinding.none(
                    kind(entry),
                    Check.failed(
                            "stamp-format", "the signature value is missing", CLAUSE, Flaw.SIGNATURE_VALUE_MISSING));
        }
        return switch (entry.type()) {
            case SignatureList.SEAL -> stamps.judge(value.get(), original, entry.path(), description);
            case SignatureList.SIGN -> signedData.judge(value.get(), original, description);
            default ->
                ValueFinding.none(
                        kind(entry),
                        Check.failed(
                                "stamp-format",
                                "a signature of type " + entry.type(),
                                CLAUSE,
                                Gap.SIGNATURE_KIND_UNKNOWN));
        };
    }

    private static String kind(SignatureList.Entry entry) {
        return entry.type().equals(SignatureList.SEAL) ? "OFD-SES" : "OFD-" + entry.type();
    }

    private SignatureReport report(
            SignatureList.Entry entry, Description description, ValueFinding finding, List<Check> checks) {
        var needed = closure.of(entry.document());
        var uncovered = new TreeSet<>(needed);
        uncovered.removeAll(description.covered());
        int covered = needed.size() - uncovered.size();
        var coverage =
                new Bilingual(needed.size() + " 个文件中的 " + covered + " 个", covered + " of " + needed.size() + " files");
        return new SignatureReport(
                entry.id(),
                finding.kind(),
                finding.signer(),
                finding.algorithm(),
                finding.claimed(),
                finding.proven(),
                Integrity.of(checks, finding.computed()),
                coverage,
                finding.seal(),
                checks);
    }

    private static SignatureReport unreadable(SignatureList.Entry entry, List<Check> checks) {
        return new SignatureReport(
                entry.id(),
                kind(entry),
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                Integrity.of(checks, false),
                new Bilingual("不明", "unknown"),
                Optional.empty(),
                checks);
    }

    static String names(Collection<String> paths) {
        var shown = String.join(", ", paths.stream().limit(MOST_NAMES).toList());
        return paths.size() > MOST_NAMES ? shown + " and " + (paths.size() - MOST_NAMES) + " more" : shown;
    }
}
