package org.yinzheng.signing.ofd;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.seal.Stamp;
import org.yinzheng.signing.seal.StampCheck;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.SignatureReport;

/// Judges the signatures of one package, in the order of GB/T 33190 §18 and GB/T 38540: description, digests,
/// coverage, seal's copy, stamp, signer, seal. All checks that can be made are made.
final class SignatureJudge {
    private static final String CLAUSE = "GB/T 33190 §18.2";
    private static final int MOST_NAMES = 10;

    private final OfdPackage ofd;
    private final Set<String> needed;
    private final Trust trust;
    private final Instant at;
    private final Digests digests;

    SignatureJudge(OfdPackage ofd, Set<String> needed, Trust trust, Instant at) {
        this.ofd = ofd;
        this.needed = needed;
        this.trust = trust;
        this.digests = new Digests(ofd);
        this.at = at;
    }

    /// @param covered the files whose digests the signature holds, right or wrong
    /// @param files what belongs to the signature itself
    record Judged(SignatureReport report, Set<String> covered, Set<String> files) {}

    Judged judge(SignatureList.Entry entry) {
        var checks = new ArrayList<Check>();
        var original = ofd.content(entry.path()).orElse(new byte[0]);
        Description description;
        try {
            description = Description.parse(original, entry.path());
        } catch (InvalidInput e) {
            checks.add(Check.failed("signature-file", String.valueOf(e.getMessage()), CLAUSE, Flaw.STAMP_MALFORMED));
            return new Judged(unreadable(entry, checks), Set.of(), Set.of(entry.path()));
        }
        checks.add(Check.passed(
                "signature-file",
                description.digests().size() + " references, provider " + description.provider(),
                CLAUSE));
        checks.add(references(description));
        checks.add(coverage(description));
        var stamp = stamp(entry, description, checks);
        if (stamp != null) {
            sealCopy(description, stamp).ifPresent(checks::add);
            checks.addAll(StampCheck.checkBinding(stamp, original, entry.path()));
            checks.addAll(StampCheck.checkTrust(stamp, trust, at));
        }

        var files = new TreeSet<>(Set.of(entry.path(), description.value()));
        description.seal().ifPresent(files::add);
        return new Judged(
                report(entry, description, stamp, checks), description.digests().keySet(), files);
    }

    private Check references(Description description) {
        var method = Digests.algorithm(description.checkMethod());
        if (method.isEmpty()) {
            return Check.failed(
                    "reference-digests",
                    "digest algorithm " + description.checkMethod() + " is not known",
                    CLAUSE,
                    Gap.ALGORITHM_UNKNOWN);
        }
        var wrong = new ArrayList<String>();
        description.digests().forEach((path, digest) -> {
            if (!digests.agrees(method.get(), path, digest.toByteArray())) {
                wrong.add(path);
            }
        });
        if (!wrong.isEmpty()) {
            return Check.failed(
                    "reference-digests", "changed or missing: " + names(wrong), CLAUSE, Flaw.SIGNED_FILE_CHANGED);
        }
        if (!method.get().equals("SM3")) {
            return Check.failed(
                    "reference-digests",
                    "all agree, by " + method.get() + ", for which other files can be made",
                    CLAUSE,
                    Gap.ALGORITHM_UNKNOWN);
        }
        return Check.passed("reference-digests", description.digests().size() + " files unchanged, by SM3", CLAUSE);
    }

    private Check coverage(Description description) {
        var uncovered = new TreeSet<>(needed);
        uncovered.removeAll(description.digests().keySet());
        return uncovered.isEmpty()
                ? Check.passed("coverage", "all " + needed.size() + " files that the document shows", CLAUSE)
                : Check.failed("coverage", "not covered: " + names(uncovered), CLAUSE, Gap.NOT_ALL_CONTENT_COVERED);
    }

    private @Nullable Stamp stamp(SignatureList.Entry entry, Description description, List<Check> checks) {
        if (!entry.type().equals("Seal")) {
            checks.add(Check.failed(
                    "stamp-format",
                    "a signature of type " + entry.type() + " is not supported yet",
                    "GM/T 0099",
                    Gap.SIGNATURE_KIND_UNKNOWN));
            return null;
        }
        var value = ofd.content(description.value());
        if (value.isEmpty()) {
            checks.add(Check.failed(
                    "stamp-format", "the signature value is missing", CLAUSE, Flaw.SIGNATURE_VALUE_MISSING));
            return null;
        }
        try {
            var stamp = Stamp.parse(DocumentBytes.of(value.get()));
            checks.add(format(stamp));
            return stamp;
        } catch (InvalidInput e) {
            boolean unsupported = e.code().equals("seal-version") || e.code().equals("seal-extension");
            checks.add(Check.failed(
                    "stamp-format",
                    String.valueOf(e.getMessage()),
                    "GB/T 38540",
                    unsupported ? Gap.SIGNATURE_KIND_UNKNOWN : Flaw.STAMP_MALFORMED));
            return null;
        }
    }

    private static Check format(Stamp stamp) {
        var deviations = new TreeSet<>(stamp.deviations());
        deviations.addAll(stamp.seal().deviations());
        var version = "SES_Signature V" + stamp.seal().version();
        return Check.passed(
                "stamp-format",
                deviations.isEmpty() ? version : version + "; tolerated: " + String.join(", ", deviations),
                stamp.seal().standard());
    }

    private Optional<Check> sealCopy(Description description, Stamp stamp) {
        return description.seal().map(path -> {
            var copy = ofd.content(path).map(DocumentBytes::of);
            return copy.isPresent() && copy.get().equals(stamp.seal().der())
                    ? Check.passed("seal-copy", "the seal file is the seal in the stamp", CLAUSE)
                    : Check.failed("seal-copy", "the seal file differs or is missing", CLAUSE, Flaw.SEAL_MISMATCH);
        });
    }

    private SignatureReport report(
            SignatureList.Entry entry, Description description, @Nullable Stamp stamp, List<Check> checks) {
        var uncovered = new TreeSet<>(needed);
        uncovered.removeAll(description.digests().keySet());
        int covered = needed.size() - uncovered.size();
        var coverage =
                new Bilingual(needed.size() + " 个文件中的 " + covered + " 个", covered + " of " + needed.size() + " files");
        if (stamp == null) {
            return new SignatureReport(
                    entry.id(),
                    entry.type().equals("Seal") ? "OFD-SES" : "OFD-" + entry.type(),
                    "",
                    "",
                    Optional.empty(),
                    Optional.empty(),
                    Integrity.of(checks, false),
                    coverage,
                    Optional.empty(),
                    checks);
        }
        var seal = stamp.seal();
        var summary = new SignatureReport.SealSummary(
                seal.id(),
                seal.name(),
                seal.typeCode(),
                Certificates.subject(seal.proof().certificate()),
                seal.validFrom(),
                seal.validUntil());
        return new SignatureReport(
                entry.id(),
                "OFD-SES-V" + seal.version(),
                Certificates.subject(stamp.signer()),
                SignatureScheme.of(stamp.proof().algorithm())
                        .map(SignatureScheme::jcaName)
                        .orElse(stamp.proof().algorithm()),
                Optional.of(stamp.time()),
                Optional.empty(),
                Integrity.of(checks, true),
                coverage,
                Optional.of(summary),
                checks);
    }

    private static SignatureReport unreadable(SignatureList.Entry entry, List<Check> checks) {
        return new SignatureReport(
                entry.id(),
                "OFD-SES",
                "",
                "",
                Optional.empty(),
                Optional.empty(),
                Integrity.UNKNOWN,
                new Bilingual("不明", "unknown"),
                Optional.empty(),
                checks);
    }

    static String names(java.util.Collection<String> paths) {
        var shown = String.join(", ", paths.stream().limit(MOST_NAMES).toList());
        return paths.size() > MOST_NAMES ? shown + " and " + (paths.size() - MOST_NAMES) + " more" : shown;
    }
}
