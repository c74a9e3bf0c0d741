package org.yinzheng.signing.ofd;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;
import org.yinzheng.signing.verdict.SignedContent;

/// Judges an OFD: its package, every signature in it, and what no signature covers.
public final class OfdVerifier {
    private static final String FORMAT = "OFD";
    private static final String CLAUSE = "GB/T 33190 §7";
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Trust trust;

    public OfdVerifier(Trust trust) {
        this.trust = trust;
    }

    /// @param at the validation time
    public Report verify(DocumentBytes document, Instant at) {
        try {
            return judge(ZipReader.read(document), at);
        } catch (InvalidInput e) {
            var found = String.valueOf(e.getMessage());
            return switch (e.code()) {
                case OfdPackage.UNREADABLE -> new Report.Malformed(FORMAT, found);
                case OfdPackage.ENCRYPTED -> Report.undecided(FORMAT, "package", found, Gap.ENCRYPTED);
                case OfdPackage.LIMITS -> Report.undecided(FORMAT, "limits", found, Gap.TOO_COMPLEX);
                default -> tampered(found);
            };
        } catch (StackOverflowError e) {
            return Report.undecided(FORMAT, "limits", "nested too deep", Gap.TOO_COMPLEX);
        }
    }

    private static Report tampered(String found) {
        return new Report.Judged(
                FORMAT,
                Integrity.MODIFIED,
                List.of(),
                List.of(Check.failed("package", found, CLAUSE, Flaw.PACKAGE_MALFORMED)),
                Optional.empty());
    }

    private Report judge(OfdPackage ofd, Instant at) {
        if (!ofd.has(OfdPackage.ENTRY)) {
            return new Report.Malformed(FORMAT, "the package has no OFD.xml");
        }
        var deadline = Deadline.in(PATIENCE);
        var list = SignatureList.find(ofd);
        var closure = Closure.of(ofd, deadline);
        var judge = new SignatureJudge(ofd, closure, new SealPages(ofd), trust, at);
        var judged = new ArrayList<SignatureJudge.Judged>();
        for (var entry : list.entries()) {
            deadline.check();
            judged.add(judge.judge(entry));
        }
        var checks = new ArrayList<>(list.checks());
        checks.addAll(list.bases(judged));
        var own = judged.stream().flatMap(one -> one.files().stream()).collect(Collectors.toSet());
        for (var entry : list.unlisted(ofd, own)) {
            deadline.check();
            judged.add(judge.judge(entry));
            checks.add(SignatureList.flaw("a signature lies in the package and no list names it"));
        }
        if (judged.isEmpty() && (list.files().isEmpty() || checks.isEmpty())) {
            return checks.isEmpty()
                    ? new Report.Unsigned(FORMAT)
                    : new Report.Malformed(FORMAT, checks.getFirst().found());
        }
        checks.addAll(packageChecks(ofd, closure, knownFiles(list, judged)));
        if (!closure.documents().isEmpty()) {
            checks.add(eachDocument(closure, judged));
        }
        return new Report.Judged(
                FORMAT,
                integrity(judged, checks),
                judged.stream().map(SignatureJudge.Judged::report).toList(),
                checks,
                content(ofd, judged));
    }

    /// Readers show all documents of a package. Whether a signature is right is its own matter.
    private static Check eachDocument(Closure.Found closure, List<SignatureJudge.Judged> judged) {
        var without = closure.documents().entrySet().stream()
                .filter(document -> judged.stream()
                        .noneMatch(signature -> signature.covered().containsAll(document.getValue())))
                .map(Map.Entry::getKey)
                .toList();
        return without.isEmpty()
                ? Check.passed("coverage", "each of " + closure.documents().size() + " documents is signed", CLAUSE)
                : Check.failed(
                        "coverage",
                        "no signature covers all of " + SignatureJudge.names(without),
                        CLAUSE,
                        Gap.DOCUMENT_NOT_COVERED);
    }

    /// The files that signatures consist of or protect.
    private static Set<String> knownFiles(SignatureList list, List<SignatureJudge.Judged> judged) {
        var known = new TreeSet<>(list.files());
        for (var signature : judged) {
            known.addAll(signature.covered());
            known.addAll(signature.files());
        }
        return known;
    }

    private static List<Check> packageChecks(OfdPackage ofd, Closure.Found closure, Set<String> known) {
        var damaged = ofd.parts().stream()
                .filter(part -> !part.isWhole())
                .map(part -> part.name)
                .toList();
        var strangers = new TreeSet<String>();
        ofd.parts().forEach(part -> strangers.add(part.name));
        strangers.removeAll(closure.needed());
        strangers.removeAll(known);
        var checks = new ArrayList<Check>();
        checks.add(
                damaged.isEmpty()
                        ? Check.passed("package", ofd.parts().size() + " files unpack to what they declare", CLAUSE)
                        : Check.failed(
                                "package",
                                "damaged: " + SignatureJudge.names(damaged),
                                CLAUSE,
                                Flaw.PACKAGE_MALFORMED));
        if (ofd.strays > 0) {
            checks.add(Check.failed(
                    "unreferenced-files",
                    ofd.strays + " bytes of the ZIP belong to no file",
                    CLAUSE,
                    Gap.NOT_ALL_CONTENT_COVERED));
        }
        // Nothing that we know of shows them. Another reader may, so the answer is not "passed".
        checks.add(
                strangers.isEmpty()
                        ? Check.passed("unreferenced-files", "none", CLAUSE)
                        : Check.failed(
                                "unreferenced-files",
                                "neither part of the document nor signed: " + SignatureJudge.names(strangers),
                                CLAUSE,
                                Gap.NOT_ALL_CONTENT_COVERED));
        checks.add(
                closure.withDocumentType().isEmpty()
                        ? Check.passed("hidden-content", "no file takes content from elsewhere", CLAUSE)
                        : Check.failed(
                                "hidden-content",
                                "a document type declaration, by which readers may take content from elsewhere: "
                                        + SignatureJudge.names(closure.withDocumentType()),
                                CLAUSE,
                                Gap.HIDDEN_CONTENT));
        return checks;
    }

    /// INTACT says two things: the mathematics of every signature is right, and nothing stands beside what they
    /// cover.
    private static Integrity integrity(List<SignatureJudge.Judged> judged, List<Check> documentChecks) {
        var all = judged.stream().map(SignatureJudge.Judged::report).toList();
        if (all.stream().anyMatch(report -> report.integrity() == Integrity.MODIFIED)) {
            return Integrity.MODIFIED;
        }
        var document = Integrity.of(documentChecks, true);
        if (document != Integrity.INTACT) {
            return document;
        }
        boolean whole = documentChecks.stream().allMatch(Check::passed)
                && all.stream().allMatch(report -> report.integrity() == Integrity.INTACT)
                && all.stream()
                        .map(SignatureReport::reasons)
                        .noneMatch(reasons -> reasons.contains(Gap.NOT_ALL_CONTENT_COVERED));
        return whole ? Integrity.INTACT : Integrity.UNKNOWN;
    }

    /// Only from an OFD.xml that an intact signature covers, and only when it is unambiguous.
    private static Optional<SignedContent> content(OfdPackage ofd, List<SignatureJudge.Judged> judged) {
        boolean signed = judged.stream()
                .anyMatch(one -> one.report().integrity() == Integrity.INTACT
                        && one.covered().contains(OfdPackage.ENTRY));
        if (!signed) {
            return Optional.empty();
        }
        var said = new TreeMap<String, String>();
        try {
            var datas = XmlTree.parse(ofd.content(OfdPackage.ENTRY).orElseThrow())
                    .all("DocBody")
                    .flatMap(body -> body.all("DocInfo"))
                    .flatMap(info -> info.all("CustomDatas"))
                    .flatMap(custom -> custom.all("CustomData"))
                    .toList();
            for (var data : datas) {
                if (said.put(data.attribute("Name").orElse(""), data.text()) != null) {
                    return Optional.empty(); // which of the two is shown?
                }
            }
        } catch (InvalidInput e) {
            return Optional.empty(); // signed, and no XML: the list's check has said so
        }
        return Optional.ofNullable(said.remove(OfdRenderer.LICENCE_ID)).map(id -> new SignedContent(id, said));
    }
}
