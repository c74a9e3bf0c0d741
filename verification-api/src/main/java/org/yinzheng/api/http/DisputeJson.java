package org.yinzheng.api.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.yinzheng.registry.dispute.Dispute;

/// Disputes as JSON, for those who may see the licence.
public final class DisputeJson {
    private DisputeJson() {}

    /// @param withActors for the licence's own authority only
    public static ObjectNode of(Dispute dispute, boolean withActors) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", dispute.id().toString());
        json.put("licenceId", dispute.licence().value());
        json.put("state", dispute.state().name());
        json.putObject("text")
                .put("zh", dispute.state().chinese())
                .put("en", dispute.state().english());
        json.put("filedAs", dispute.filedAs().name());
        if (withActors) {
            json.put("filedBy", dispute.filedBy());
        }
        json.put("filedAt", dispute.filedAt().toString());
        json.put("dueOn", dispute.dueOn().toString());
        var fields = json.putArray("fields");
        dispute.claim().fields().forEach(point -> {
            var field = fields.addObject().put("field", point.field());
            if (!point.shouldBe().isEmpty()) {
                field.put("shouldBe", point.shouldBe());
            }
        });
        json.put("reason", dispute.claim().reason());
        dispute.decision().ifPresent(decision -> {
            json.put("decidedAt", decision.at().toString());
            if (withActors) {
                json.put("decidedBy", decision.by().subject());
            }
            switch (decision) {
                case Dispute.Decision.Rejected rejected -> json.put("decision", rejected.reason());
                case Dispute.Decision.Withdrawn withdrawn -> {}
                case Dispute.Decision.Corrected corrected ->
                    json.put("successor", corrected.successor().value());
            }
        });
        return json;
    }
}
