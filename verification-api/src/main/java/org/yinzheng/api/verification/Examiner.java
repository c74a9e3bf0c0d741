package org.yinzheng.api.verification;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.api.answer.Answers;
import org.yinzheng.api.answer.GenuineCode;
import org.yinzheng.api.answer.HolderCode;
import org.yinzheng.api.answer.Lookup;
import org.yinzheng.api.answer.ReportJson;
import org.yinzheng.api.http.Upload;
import org.yinzheng.api.http.Verification;
import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.registry.copy.CopyDesk;
import org.yinzheng.registry.copy.CopyId;
import org.yinzheng.registry.copy.CopyUse;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.HolderKey;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.licence.StandingFact;
import org.yinzheng.registry.licence.StoredRendition;
import org.yinzheng.registry.licence.StoredRendition.Algorithm;
import org.yinzheng.registry.notice.Outbox;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Report;

/// Answers a question: judges the documents, asks the registry about the licence that they are, compares the holder.
/// Keeps nothing, but notes who relied on which licence: they are told when it changes.
public final class Examiner {
    private static final Logger LOG = LoggerFactory.getLogger(Examiner.class);
    private static final int MOST_WRONG_HOLDERS = 10;

    private final Verification verification;
    private final Licences licences;
    private final CopyDesk copies;
    private final Outbox outbox;
    private final AuditLog log;
    private final Attempts wrongHolders;
    private final Clock clock;

    public Examiner(
            Verification verification, Licences licences, CopyDesk copies, Outbox outbox, AuditLog log, Clock clock) {
        this.verification = verification;
        this.licences = licences;
        this.copies = copies;
        this.outbox = outbox;
        this.log = log;
        this.wrongHolders = new Attempts(MOST_WRONG_HOLDERS, Duration.ofHours(1), clock);
        this.clock = clock;
    }

    /// Blocks. The answer as `Verification` in `openapi.yaml` has it, without what keeping it adds.
    public ObjectNode examine(Question question) throws Exception {
        var at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var json =
                switch (question.subject()) {
                    case Question.Subject.Documents documents
                    when documents.files().size() == 1 ->
                        document(documents.files().getFirst(), question);
                    case Question.Subject.Documents documents -> documents(documents.files(), question);
                    case Question.Subject.ByDigest digest -> byDigest(digest, question);
                    case Question.Subject.ByIdentifier identifier -> byIdentifier(identifier.licenceId(), question);
                };
        json.put("verifiedAt", at.toString());
        question.at().ifPresent(time -> json.put("validationTime", time.toString()));
        var asked = json.putObject("asked");
        asked.put(
                "by",
                switch (question.subject()) {
                    case Question.Subject.Documents documents -> "document";
                    case Question.Subject.ByDigest digest -> "digest";
                    case Question.Subject.ByIdentifier identifier -> "licence";
                });
        asked.put("holder", question.holder().isPresent());
        question.purpose().ifPresent(purpose -> asked.put("purpose", purpose));
        question.asker().ifPresent(asker -> note(asker, json));
        return json;
    }

    private void note(String asker, ObjectNode answer) {
        var standing = answer.path("standing");
        if (!standing.path("known").asBoolean()) {
            return;
        }
        try {
            outbox.relied(new LicenceId(standing.path("licenceId").asText()), asker);
        } catch (Failure e) {
            // the answer stands; its asker is not told of changes
            LOG.warn("reliance could not be noted: {}", e.getMessage());
        }
    }

    private ObjectNode document(Upload file, Question question) throws Exception {
        var finding = judge(file, question);
        var json = ReportJson.of(
                finding.name(),
                finding.report(),
                finding.lookup(),
                finding.digests(),
                Answers.of(finding.report(), finding.lookup(), holder(question, finding), copies.today()));
        prove(json, finding);
        return json;
    }

    /// That the licence was issued is in the log: for whoever has the document. Who issued it is in that entry.
    private void prove(ObjectNode json, Companions.Finding finding) {
        if (!(finding.lookup() instanceof Lookup.Known known) || !Answers.establishes(finding.report(), known)) {
            return;
        }
        try {
            log.proof(known.standing().id().value(), "licence.issue")
                    .ifPresent(proof -> json.put("logProof", proof.text()));
        } catch (Failure.NotDone e) {
            LOG.warn("the log could not be asked for a proof: {}", e.getMessage());
        }
    }

    private ObjectNode documents(List<Upload> files, Question question) throws Exception {
        var findings = new ArrayList<Companions.Finding>();
        for (var file : files) {
            findings.add(judge(file, question));
        }
        var weakest = Companions.weakest(findings);
        var twins = Companions.compare(findings);
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("documents");
        findings.forEach(finding -> list.add(ReportJson.document(finding.name(), finding.report(), finding.digests())));
        json.set("twins", twins.json());
        ReportJson.standing(json, weakest.lookup());
        prove(json, weakest);
        json.set(
                "answers",
                ReportJson.answers(twins.answers(
                        Answers.of(weakest.report(), weakest.lookup(), holder(question, weakest), copies.today()))));
        return json;
    }

    private ObjectNode byDigest(Question.Subject.ByDigest asked, Question question) throws Exception {
        var stored = licences.renditionBy(asked.algorithm(), asked.digest());
        if (stored.isEmpty()) {
            return withDigest(
                    asked,
                    answered(
                            GenuineCode.DIGEST_NOT_ON_RECORD,
                            new Lookup.NotAsked(),
                            question.holder().isPresent()
                                    ? HolderCode.HOLDER_NOT_COMPARED
                                    : HolderCode.HOLDER_NOT_ASKED));
        }
        var bytes = licences.rendition(stored.get().id(), stored.get().format());
        if (bytes.isEmpty()) {
            var lookup = lookUp(stored.get().id().value(), Optional.empty());
            return withDigest(
                    asked,
                    answered(GenuineCode.DOCUMENT_ERASED, lookup, compared(question, lookup, Answers.use(lookup))));
        }
        var name = stored.get().id().value() + "." + stored.get().format().extension();
        return document(new Upload(name, bytes.get()), question);
    }

    private static ObjectNode withDigest(Question.Subject.ByDigest asked, ObjectNode answer) {
        answer.putObject("digests").put(wire(asked.algorithm()), asked.digest().hex());
        return answer;
    }

    private ObjectNode byIdentifier(String licenceId, Question question) {
        var lookup = lookUp(licenceId, Optional.empty());
        return answered(GenuineCode.NO_DOCUMENT, lookup, compared(question, lookup, Answers.use(lookup)));
    }

    private static ObjectNode answered(GenuineCode why, Lookup lookup, HolderCode holder) {
        var json = JsonNodeFactory.instance.objectNode();
        ReportJson.standing(json, lookup);
        json.set("answers", ReportJson.answers(Answers.withoutDocument(why, lookup, holder)));
        return json;
    }

    private Companions.Finding judge(Upload file, Question question) throws Exception {
        var report = verification.judge(file.bytes(), question.at().orElseGet(clock::instant));
        var digests = digests(file.bytes());
        // what a forged file says of itself is not looked up: the answer would lend it credit
        var id = report instanceof Report.Judged judged && report.indication() != Indication.TOTAL_FAILED
                ? judged.licenceId()
                : Optional.<String>empty();
        var lookup = id.map(text -> lookUp(text, Optional.of(digests.sha256()))).orElseGet(Lookup.NotAsked::new);
        return new Companions.Finding(file.name(), report, lookup, digests);
    }

    private Lookup lookUp(String licenceId, Optional<Digest> document) {
        try {
            var copy = CopyId.parse(licenceId);
            if (copy.isPresent()) {
                return lookUp(copy.get(), document);
            }
            Optional<StandingFact> fact = licences.standing(licenceId);
            if (fact.isEmpty()) {
                return new Lookup.Unknown(licenceId);
            }
            var stored = document.flatMap(digest -> licences.renditionBy(Algorithm.SHA_256, digest))
                    .map(StoredRendition::id)
                    .filter(fact.get().id()::equals);
            return new Lookup.Known(fact.get(), stored.isPresent());
        } catch (Failure.NotDone e) {
            // the document was judged; that answer stands without the registry
            LOG.warn("standing could not be asked for: {}", e.getMessage());
            return new Lookup.Unavailable(licenceId);
        }
    }

    private Lookup lookUp(CopyId id, Optional<Digest> document) {
        var copy = copies.find(id);
        var fact = copy.flatMap(made -> licences.standing(made.licence().value()));
        if (copy.isEmpty() || fact.isEmpty()) {
            return new Lookup.Unknown(id.toString());
        }
        var stored = document.filter(copy.get().document()::equals).isPresent();
        return new Lookup.Copy(
                copy.get().facts(), fact.get(), stored, copy.get().expired(copies.today()));
    }

    private HolderCode holder(Question question, Companions.Finding finding) {
        var unestablished =
                switch (finding.lookup()) {
                    case Lookup.Known known -> !Answers.establishes(finding.report(), known);
                    case Lookup.Copy copy -> !Answers.establishes(finding.report(), copy);
                    case Lookup.NotAsked none -> finding.report().indication() != Indication.TOTAL_PASSED;
                    case Lookup.Unknown none -> finding.report().indication() != Indication.TOTAL_PASSED;
                    case Lookup.Unavailable none -> finding.report().indication() != Indication.TOTAL_PASSED;
                };
        return question.holder().isPresent() && unestablished
                ? HolderCode.HOLDER_NOT_COMPARED
                : compared(question, finding.lookup(), Answers.use(finding.report(), finding.lookup()));
    }

    /// @param use of a copy: another is answered before whose it is
    private HolderCode compared(Question question, Lookup lookup, Optional<CopyUse> use) {
        var forAnother = HolderCode.of(use, question.purpose());
        if (forAnother.isPresent()) {
            return forAnother.get();
        }
        if (question.holder().isEmpty()) {
            return HolderCode.HOLDER_NOT_ASKED;
        }
        return switch (lookup) {
            case Lookup.NotAsked notAsked -> HolderCode.HOLDER_NOT_A_LICENCE;
            case Lookup.Unknown unknown -> HolderCode.HOLDER_NOT_ON_RECORD;
            case Lookup.Unavailable unavailable -> HolderCode.HOLDER_REGISTRY_UNAVAILABLE;
            case Lookup.Known known -> compared(question.holder().get(), known.standing());
            case Lookup.Copy copy -> compared(question.holder().get(), copy.licence());
        };
    }

    private HolderCode compared(HolderKey asked, StandingFact fact) {
        if (fact.standing() == Standing.ERASED) {
            return HolderCode.HOLDER_ERASED;
        }
        // whoever found a licence could try every number: a few slips are enough
        wrongHolders.check(fact.id().value());
        try {
            var matches =
                    licences.holdersOf(fact.id()).stream().map(asked::matches).reduce(false, Boolean::logicalOr);
            if (!matches) {
                wrongHolders.spend(fact.id().value());
            }
            return matches ? HolderCode.HOLDER_MATCHES : HolderCode.HOLDER_DIFFERS;
        } catch (Failure.NotDone e) {
            LOG.warn("the holder could not be compared: {}", e.getMessage());
            return HolderCode.HOLDER_REGISTRY_UNAVAILABLE;
        }
    }

    private static ReportJson.Digests digests(DocumentBytes bytes) {
        var sm3 = HexFormat.of().formatHex(Cryptography.sm3(bytes.toByteArray()));
        return new ReportJson.Digests(bytes.sha256(), new Digest(sm3), bytes.size());
    }

    static String wire(Algorithm algorithm) {
        return switch (algorithm) {
            case SHA_256 -> "sha256";
            case SM3 -> "sm3";
        };
    }
}
