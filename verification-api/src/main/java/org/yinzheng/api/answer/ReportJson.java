package org.yinzheng.api.answer;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.copy.CopyFacts;
import org.yinzheng.registry.licence.Parts;
import org.yinzheng.registry.licence.StandingFact;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;
import org.yinzheng.signing.verdict.Steps;

/// A report as JSON: one form for the HTTP API, the pages and the command line.
public final class ReportJson {
    private ReportJson() {}

    /// By which a document is told from every other.
    public record Digests(Digest sha256, Digest sm3, long size) {}

    /// Where nothing is known of a holder, and the bytes are at hand.
    ///
    /// @param purpose what it is presented for
    /// @param today by which the last day of a copy is counted
    public static ObjectNode of(String file, Report report, Lookup lookup, Optional<String> purpose, LocalDate today) {
        var holder = HolderCode.of(Answers.use(report, lookup), purpose).orElse(HolderCode.HOLDER_NOT_ASKED);
        return of(report(file, report), lookup, Answers.of(report, lookup, holder, today));
    }

    public static ObjectNode of(String file, Report report, Lookup lookup, Digests digests, Answers answers) {
        return of(document(file, report, digests), lookup, answers);
    }

    private static ObjectNode of(ObjectNode document, Lookup lookup, Answers answers) {
        standing(document, lookup);
        document.set("answers", answers(answers));
        return document;
    }

    /// One of several documents.
    public static ObjectNode document(String file, Report report, Digests digests) {
        var json = report(file, report);
        json.putObject("digests")
                .put("sha256", digests.sha256().hex())
                .put("sm3", digests.sm3().hex());
        json.put("size", digests.size());
        return json;
    }

    private static ObjectNode report(String file, Report report) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("file", file);
        json.put("format", report.format());
        json.put("indication", report.indication().wireName());
        json.put("integrity", report.integrity().name());
        var reasons = json.putArray("reasons");
        var texts = json.putArray("reasonTexts");
        report.reasons().forEach(reason -> {
            reasons.add(reason.name());
            bilingual(texts.addObject().put("code", reason.name()), reason.text());
        });
        var signatures = json.putArray("signatures");
        var checks = json.putArray("checks");
        switch (report) {
            case Report.Judged judged -> {
                judged.signatures().forEach(signature -> signature(signatures.addObject(), signature));
                checks(checks, judged.documentChecks());
                judged.licenceId().ifPresent(id -> json.put("licenceId", id));
            }
            case Report.Malformed malformed -> json.put("why", malformed.why());
            case Report.Unsigned unsigned -> {}
        }
        return json;
    }

    /// Adds what the registry said, if it was asked.
    public static void standing(ObjectNode json, Lookup lookup) {
        switch (lookup) {
            case Lookup.NotAsked notAsked -> {}
            case Lookup.Unknown unknown ->
                json.putObject("standing").put("licenceId", unknown.licenceId()).put("known", false);
            case Lookup.Unavailable unavailable ->
                json.putObject("standing")
                        .put("licenceId", unavailable.licenceId())
                        .put("unavailable", true);
            case Lookup.Known known -> json.set("standing", standing(known.standing()));
            case Lookup.Copy copy -> json.set("standing", standing(copy));
        }
    }

    /// What whoever has a copy may be told of it.
    public static ObjectNode copy(CopyFacts copy, boolean expired) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", copy.id().toString())
                .put("purpose", copy.use().purpose().text())
                .put("recipient", copy.use().recipient())
                .put("lastDay", copy.use().lastDay().toString())
                .put("expired", expired)
                .put("madeAs", copy.byHolder() ? "HOLDER" : "AUTHORITY")
                .put("madeAt", copy.madeAt().toString())
                .put("body", copy.body());
    }

    /// Of the licence behind it, with what the copy itself is for.
    public static ObjectNode standing(Lookup.Copy copy) {
        var standing = standing(copy.licence());
        standing.set("copy", copy(copy.copy(), copy.expired()));
        return standing;
    }

    public static ObjectNode standing(StandingFact fact) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("licenceId", fact.id().value());
        json.put("known", true);
        json.put("standing", fact.standing().name());
        json.putObject("text")
                .put("zh", fact.standing().chinese())
                .put("en", fact.standing().english());
        json.put("disputed", fact.disputed());
        fact.supersededBy().ifPresent(successor -> json.put("supersededBy", successor.value()));
        parts(json, fact.parts());
        fact.because().ifPresent(part -> json.put("because", part.id().value()));
        json.put("typeName", fact.typeName());
        json.put("authorityName", fact.authorityName());
        fact.succeededBy().ifPresent(successor -> json.put("succeededBy", successor));
        json.put("validFrom", fact.validFrom().toString());
        fact.validUntil().ifPresent(until -> json.put("validUntil", until.toString()));
        json.put("asOf", fact.asOf().toString());
        return json;
    }

    /// What a combined licence binds, where it does.
    public static void parts(ObjectNode json, Parts parts) {
        if (parts.all().isEmpty()) {
            return;
        }
        var list = json.putArray("parts");
        for (var part : parts.all()) {
            var item = list.addObject();
            item.put("licenceId", part.id().value());
            item.put("typeName", part.typeName());
            item.put("maskedNumber", part.maskedNumber());
            item.put("standing", part.standing().name());
            item.putObject("text")
                    .put("zh", part.standing().chinese())
                    .put("en", part.standing().english());
            item.put("disputed", part.disputed());
            part.supersededBy().ifPresent(successor -> item.put("supersededBy", successor.value()));
        }
    }

    private static void signature(ObjectNode json, SignatureReport signature) {
        json.put("name", signature.name());
        json.put("kind", signature.kind());
        json.put("signer", signature.signer());
        json.put("algorithm", signature.algorithm());
        signature.claimedTime().ifPresent(time -> json.put("time", time.toString()));
        signature.provenTime().ifPresent(time -> json.put("provenTime", time.toString()));
        json.put("indication", signature.indication().wireName());
        json.put("integrity", signature.integrity().name());
        json.put("coverage", signature.coverage().en());
        bilingual(json.putObject("coverageText"), signature.coverage());
        signature.seal().ifPresent(seal -> json.putObject("seal")
                .put("id", seal.id())
                .put("name", seal.name())
                .put("typeCode", seal.typeCode())
                .put("maker", seal.maker())
                .put("validFrom", seal.validFrom().toString())
                .put("validUntil", seal.validUntil().toString()));
        checks(json.putArray("checks"), signature.checks());
    }

    private static void checks(ArrayNode array, List<Check> checks) {
        for (var check : checks) {
            var json = array.addObject();
            json.put("step", check.step());
            json.put("block", Steps.block(check.step()).name());
            json.put("passed", check.passed());
            json.put("found", check.found());
            if (!check.clause().isEmpty()) {
                json.put("clause", check.clause());
            }
            check.reason().ifPresent(reason -> {
                json.put("reason", reason.name());
                json.put("subIndication", reason.subIndication().name());
                bilingual(json.putObject("text"), reason.text());
            });
        }
    }

    private static void bilingual(ObjectNode json, Bilingual text) {
        json.put("zh", text.zh()).put("en", text.en());
    }

    public static ObjectNode answers(Answers answers) {
        var json = JsonNodeFactory.instance.objectNode();
        answer(json.putObject("genuine"), answers.genuine());
        answer(json.putObject("inForce"), answers.inForce());
        answer(json.putObject("holder"), answers.holder());
        bilingual(json.putObject("next"), answers.next());
        return json;
    }

    private static void answer(ObjectNode json, Answer answer) {
        json.put("value", answer.value().name());
        json.put("code", answer.code());
        bilingual(json, answer.text());
        bilingual(json.putObject("next"), answer.next());
    }
}
