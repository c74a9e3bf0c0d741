package org.yinzheng.api.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.seals.RailsJson;
import org.yinzheng.registry.seals.Round;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.registry.seals.SealUses;
import org.yinzheng.registry.seals.SignerKey;
import org.yinzheng.signing.certificate.Certificates;

/// Seals and their uses as JSON. A holder's number leaves masked.
public final class SealJson {
    private SealJson() {}

    public static ObjectNode of(SealRecord seal, Instant now) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", seal.id());
        json.putObject("kind")
                .put("code", "%02d".formatted(seal.kind().code()))
                .put("name", seal.kind().chinese());
        json.put("name", seal.name());
        json.put("lowerText", seal.lowerText());
        json.putObject("holder")
                .put("kind", seal.holder().kind().name())
                .put("name", seal.holder().who().name())
                .put("maskedId", seal.holder().who().id().toString());
        json.putObject("keeper")
                .put("name", seal.keeper().name())
                .put("creditCode", seal.keeper().code().value());
        json.putObject("size")
                .put("widthMm", seal.picture().widthMm())
                .put("heightMm", seal.picture().heightMm());
        json.put("state", seal.state().name());
        json.putObject("text")
                .put("zh", seal.state().chinese())
                .put("en", seal.state().english());
        json.put("version", seal.version());
        json.put("appliedAt", seal.appliedAt().toString());
        json.set("guardRails", RailsJson.write(seal.rails()));
        seal.current().ifPresent(made -> json.set("current", made(made)));
        seal.daysLeft(now).ifPresent(days -> json.put("daysLeft", days));
        json.put("ending", seal.isEnding(now));
        var open = json.putArray("open");
        seal.open().forEach(round -> open.add(round(round)));
        return json;
    }

    public static ObjectNode of(SealRecord seal, List<Round.Done> history, Instant now) {
        var json = of(seal, now);
        var steps = json.putArray("history");
        for (var done : history) {
            steps.addObject()
                    .put("round", done.round())
                    .put("step", done.step().wireName())
                    .put("actor", done.actor().subject())
                    .put("role", done.actor().role())
                    .put("reason", done.reason())
                    .put("version", done.sealVersion())
                    .put("at", done.at().toString())
                    .putObject("text")
                    .put("zh", done.step().chinese())
                    .put("en", done.step().english());
        }
        return json;
    }

    public static ObjectNode page(List<SealRecord> seals, Optional<String> next, Instant now) {
        var json = JsonNodeFactory.instance.objectNode();
        var items = json.putArray("items");
        seals.forEach(seal -> items.add(of(seal, now)));
        next.ifPresent(cursor -> json.put("next", cursor));
        return json;
    }

    public static ObjectNode of(SealUses.Page page) {
        var json = JsonNodeFactory.instance.objectNode();
        var items = json.putArray("items");
        page.uses().forEach(use -> items.add(of(use)));
        page.next().ifPresent(cursor -> json.put("next", cursor));
        return json;
    }

    public static ObjectNode of(SealUses.BlastRadius radius) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("total", radius.total());
        json.put("open", radius.open());
        var lines = json.putArray("lines");
        for (var line : radius.lines()) {
            lines.addObject()
                    .put("type", line.type())
                    .put("authority", line.authority())
                    .put("month", line.month())
                    .put("count", line.count());
        }
        return json;
    }

    private static ObjectNode of(SealUse use) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", use.id().toString());
        json.put("seal", use.sealId());
        json.put("sealRound", use.sealRound());
        json.put("actor", use.actor().subject());
        json.put("role", use.actor().role());
        json.put("authority", use.authority().value());
        json.put("purpose", use.purpose());
        json.put("kind", use.kind().name());
        use.licenceType().ifPresent(type -> json.put("licenceType", type));
        use.licence().ifPresent(id -> json.put("licence", id.value()));
        use.batch().ifPresent(batch -> json.put("batch", batch));
        json.put("sha256", use.document().sha256().hex());
        json.put("sm3", use.document().sm3().hex());
        json.put("at", use.at().toString());
        var outcome = use.outcome().orElse(null);
        switch (outcome) {
            case null -> json.put("state", "INTENT");
            case SealUse.Cancelled cancelled -> json.put("state", "CANCELLED").put("reason", cancelled.reason());
            case SealUse.Stamped stamped -> {
                json.put("state", "DONE").put("result", stamped.result().hex());
                stamped.reached().ifPresent(level -> json.put("level", level.name()));
                var warnings = json.putArray("warnings");
                stamped.warnings().forEach(warning -> warnings.addObject()
                        .put("kind", warning.kind().name())
                        .put("detail", warning.detail()));
            }
        }
        return json;
    }

    private static ObjectNode made(SealRecord.Made made) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("round", made.round());
        json.put("validFrom", made.seal().validFrom().toString());
        json.put("validUntil", made.seal().validUntil().toString());
        json.put("maker", Certificates.subject(made.seal().proof().certificate()));
        json.set("signers", signers(made.signers()));
        return json;
    }

    private static ObjectNode round(Round round) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("round", round.number());
        json.put("kind", round.kind().name());
        json.put("stage", round.stage().name());
        round.validUntil().ifPresent(day -> json.put("validUntil", day.toString()));
        json.set("signers", signers(round.signers()));
        return json;
    }

    private static ArrayNode signers(List<SignerKey> keys) {
        var array = JsonNodeFactory.instance.arrayNode();
        for (var key : keys) {
            var json = array.addObject().put("suite", key.suite().name()).put("key", key.label());
            key.chain().stream().findFirst().ifPresent(own -> json.put("subject", Certificates.subject(own))
                    .put("issuer", Certificates.issuer(own)));
            key.notAfter().ifPresent(end -> json.put("notAfter", end.toString()));
        }
        return array;
    }
}
