package org.yinzheng.api.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.yinzheng.registry.licence.StandingFact;
import org.yinzheng.signing.verdict.Bilingual;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignatureReport;
import org.yinzheng.signing.verdict.Steps;

/// A report as JSON: one form for the HTTP API, the pages and the command line.
public final class ReportJson {
    private ReportJson() {}

    public static ObjectNode of(String file, Report report, Lookup lookup) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("file", file);
        json.put("format", report.format());
        json.put("indication", report.indication().wireName());
        json.put("integrity", report.integrity().name());
        var reasons = json.putArray("reasons");
        report.reasons().forEach(reason -> reasons.add(reason.name()));
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
        switch (lookup) {
            case Lookup.NotAsked notAsked -> {}
            case Lookup.Unknown unknown ->
                json.putObject("standing").put("licenceId", unknown.licenceId()).put("known", false);
            case Lookup.Unavailable unavailable ->
                json.putObject("standing")
                        .put("licenceId", unavailable.licenceId())
                        .put("unavailable", true);
            case Lookup.Known known -> json.set("standing", standing(known.standing()));
        }
        answers(json.putObject("answers"), Answers.of(report, lookup));
        return json;
    }

    public static ObjectNode standing(StandingFact fact) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("licenceId", fact.id().value());
        json.put("known", true);
        json.put("standing", fact.standing().name());
        json.putObject("text")
                .put("zh", fact.standing().chinese())
                .put("en", fact.standing().english());
        json.put("typeName", fact.typeName());
        json.put("authorityName", fact.authorityName());
        json.put("validFrom", fact.validFrom().toString());
        fact.validUntil().ifPresent(until -> json.put("validUntil", until.toString()));
        json.put("asOf", fact.asOf().toString());
        return json;
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

    private static void answers(ObjectNode json, Answers answers) {
        answer(json.putObject("genuine"), answers.genuine());
        answer(json.putObject("inForce"), answers.inForce());
        bilingual(json.putObject("next"), answers.next());
    }

    private static void answer(ObjectNode json, Answers.Answer answer) {
        json.put("value", answer.value().name());
        json.put("zh", answer.text().zh());
        json.put("en", answer.text().en());
    }
}
