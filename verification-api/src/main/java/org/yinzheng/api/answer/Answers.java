package org.yinzheng.api.answer;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.naming.InvalidNameException;
import javax.naming.ldap.LdapName;
import org.yinzheng.api.answer.AnswerCode.Value;
import org.yinzheng.registry.copy.CopyUse;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;

/// The three answers for the window. *Is it genuine?* is a verdict on bytes, *is it in force?* and *does it belong to
/// this holder?* are facts of the registry: never one boolean. What the registry says counts for a document only when
/// the document is established as that licence: it passed, and the authority that issued the licence signed it.
///
/// @param next the one thing to do now
public record Answers(Answer genuine, Answer inForce, Answer holder, Bilingual next) {
    private static final Bilingual GO_AHEAD = new Bilingual("可以办理。", "Go ahead.");
    private static final Set<String> DISPUTED = Set.of(
            StandingCode.LICENCE_DISPUTED.name(), StandingCode.PART_DISPUTED.name(), StandingCode.COPY_DISPUTED.name());
    private static final Set<String> NAMES_OF_BODIES = Set.of("CN", "O");

    /// @param today by which the last day of a copy is counted
    public static Answers of(Report report, Lookup lookup, HolderCode holder, LocalDate today) {
        var said = said(report, lookup);
        return of(
                said.isPresent() ? Answer.of(GenuineCode.GENUINE_COPY) : genuine(report, lookup),
                said.map(use -> inForce(use, standing(report, lookup), today))
                        .orElseGet(() -> inForce(standing(report, lookup), lookup)),
                belongs(holder, use(report, lookup)));
    }

    /// What a copy is for, by the registry or else by its own word; empty of what is none.
    public static Optional<CopyUse> use(Report report, Lookup lookup) {
        return use(lookup).or(() -> said(report, lookup));
    }

    /// As [#use(Report, Lookup)], without a document.
    public static Optional<CopyUse> use(Lookup lookup) {
        return lookup instanceof Lookup.Copy copy ? Optional.of(copy.copy().use()) : Optional.empty();
    }

    /// That a document calls itself a copy, where no registry says more. It is held to its word, whoever signed it: no
    /// licence, for one use, and not after its last day.
    private static Optional<CopyUse> said(Report report, Lookup lookup) {
        return switch (lookup) {
            case Lookup.NotAsked none -> saidOf(report);
            case Lookup.Unknown none -> saidOf(report);
            case Lookup.Unavailable none -> saidOf(report);
            case Lookup.Known known -> Optional.empty();
            case Lookup.Copy copy -> Optional.empty();
        };
    }

    private static Optional<CopyUse> saidOf(Report report) {
        return report.indication() == Indication.TOTAL_PASSED ? CopyUse.saidBy(report) : Optional.empty();
    }

    private static Answer inForce(CopyUse use, StandingCode standing, LocalDate today) {
        return Answer.of(use.expired(today) ? StandingCode.COPY_EXPIRED : standing, of(use));
    }

    /// No document was looked at.
    public static Answers withoutDocument(GenuineCode why, Lookup lookup, HolderCode holder) {
        var standing =
                switch (lookup) {
                    case Lookup.NotAsked notAsked -> StandingCode.NOTHING_TO_ASK_FOR;
                    case Lookup.Unknown unknown -> StandingCode.LICENCE_NOT_ON_RECORD;
                    case Lookup.Unavailable unavailable -> StandingCode.REGISTRY_UNAVAILABLE;
                    case Lookup.Known known -> StandingCode.of(known.standing());
                    case Lookup.Copy copy -> StandingCode.of(copy);
                };
        return of(Answer.of(why), inForce(standing, lookup), belongs(holder, use(lookup)));
    }

    /// Whether the document is that licence: whoever may sign for somebody else can copy an identifier.
    public static boolean establishes(Report report, Lookup.Known known) {
        return report.indication() == Indication.TOTAL_PASSED
                && (known.stored() || signedBy(report, known.standing().authorityName()));
    }

    /// Whether the document is that copy.
    public static boolean establishes(Report report, Lookup.Copy copy) {
        return report.indication() == Indication.TOTAL_PASSED
                && (copy.stored() || signedBy(report, copy.copy().body()));
    }

    /// As these, for a document that has a flaw beside: nothing that it says of itself counts any more.
    public Answers withFlaw(Flaw flaw) {
        return of(
                Answer.of(flaw),
                Answer.of(StandingCode.DOCUMENT_NOT_GENUINE),
                Answer.of(
                        holder.code().equals(HolderCode.HOLDER_NOT_ASKED.name())
                                ? HolderCode.HOLDER_NOT_ASKED
                                : HolderCode.HOLDER_NOT_COMPARED));
    }

    private static Answers of(Answer genuine, Answer inForce, Answer belongs) {
        return new Answers(genuine, inForce, belongs, next(List.of(genuine, inForce, belongs)));
    }

    private static Answer genuine(Report report, Lookup lookup) {
        return lookup instanceof Lookup.Copy copy && establishes(report, copy)
                ? Answer.of(GenuineCode.GENUINE_COPY)
                : Answer.genuine(report);
    }

    private static Answer belongs(HolderCode code, Optional<CopyUse> copy) {
        return copy.map(CopyUse::purpose)
                .filter(_ -> code == HolderCode.PURPOSE_DIFFERS || code == HolderCode.PURPOSE_NOT_ASKED)
                .map(of -> Answer.of(code, new Bilingual(of.sentence() + "。", "It is for: " + of.text() + ".")))
                .orElseGet(() -> Answer.of(code));
    }

    /// What is said of a part names it: by its type and its masked number.
    private static Answer inForce(StandingCode standing, Lookup lookup) {
        var use = use(lookup);
        if (use.isPresent()) {
            return Answer.of(standing, of(use.get()));
        }
        return lookup instanceof Lookup.Known known
                ? standing.part(known.standing())
                        .map(part -> Answer.of(
                                standing, new Bilingual("即：" + part.name() + "。", "It is: " + part.name() + ".")))
                        .orElseGet(() -> Answer.of(standing))
                : Answer.of(standing);
    }

    private static Bilingual of(CopyUse use) {
        return new Bilingual(
                "本件为加注件：" + use.purpose().sentence() + "，接收单位：" + use.recipient() + "，使用截止：" + use.lastDay() + "。",
                "It is a copy for one use: " + use.purpose().text() + "; for: " + use.recipient()
                        + "; to be used until " + use.lastDay() + ".");
    }

    /// What speaks against comes first, then what is open. A holder that nobody asked for is open only when nothing
    /// else is. With a dispute one goes ahead as that says.
    private static Bilingual next(List<Answer> answers) {
        var goAhead = DISPUTED.contains(answers.get(1).code()) ? answers.get(1).next() : GO_AHEAD;
        return first(answers, Value.NO)
                .or(() -> first(answers, Value.CANNOT_SAY))
                .map(Answer::next)
                .map(step -> answers.getFirst().value() == Value.YES
                                && answers.get(1).value() == Value.YES
                                && answers.getLast().value() == Value.CANNOT_SAY
                        ? new Bilingual(goAhead.zh() + step.zh(), goAhead.en() + " " + step.en())
                        : step)
                .orElseGet(() -> new Bilingual(
                        goAhead.zh() + answers.getLast().next().zh(),
                        goAhead.en() + " " + answers.getLast().next().en()));
    }

    private static Optional<Answer> first(List<Answer> answers, Value value) {
        return answers.stream().filter(answer -> answer.value() == value).findFirst();
    }

    private static StandingCode standing(Report report, Lookup lookup) {
        if (report.indication() == Indication.TOTAL_FAILED) {
            return StandingCode.DOCUMENT_NOT_GENUINE;
        }
        return switch (lookup) {
            case Lookup.NotAsked notAsked -> notAsked(report);
            case Lookup.Unknown unknown -> StandingCode.LICENCE_NOT_ON_RECORD;
            case Lookup.Unavailable unavailable -> StandingCode.REGISTRY_UNAVAILABLE;
            case Lookup.Known known -> known(report, known);
            case Lookup.Copy copy -> copy(report, copy);
        };
    }

    private static StandingCode notAsked(Report report) {
        if (report instanceof Report.Judged judged && judged.licenceId().isPresent()) {
            return StandingCode.STANDING_NOT_ASKED;
        }
        return report.indication() == Indication.TOTAL_PASSED
                ? StandingCode.NOT_A_LICENCE
                : StandingCode.NOTHING_TO_ASK_FOR;
    }

    private static StandingCode known(Report report, Lookup.Known known) {
        var code = StandingCode.of(known.standing());
        // that a licence may not be used holds for whatever names it
        if (code.value() == Value.NO || establishes(report, known)) {
            return code;
        }
        return report.indication() == Indication.TOTAL_PASSED
                ? StandingCode.SIGNED_BY_ANOTHER_BODY
                : StandingCode.DOCUMENT_NOT_ESTABLISHED;
    }

    private static StandingCode copy(Report report, Lookup.Copy copy) {
        var code = StandingCode.of(copy);
        if (code.value() == Value.NO || establishes(report, copy)) {
            return code;
        }
        return report.indication() == Indication.TOTAL_PASSED
                ? StandingCode.SIGNED_BY_ANOTHER_BODY
                : StandingCode.DOCUMENT_NOT_ESTABLISHED;
    }

    private static boolean signedBy(Report report, String body) {
        return report instanceof Report.Judged judged
                && judged.signatures().stream().map(SignatureReport::signer).anyMatch(subject -> names(subject, body));
    }

    private static boolean names(String subject, String body) {
        try {
            return new LdapName(subject)
                    .getRdns().stream()
                            .filter(part -> NAMES_OF_BODIES.contains(part.getType()))
                            .anyMatch(part -> body.equals(part.getValue()));
        } catch (InvalidNameException unreadable) {
            return false;
        }
    }
}
