package org.yinzheng.api.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.erasure.ErasureOrder;
import org.yinzheng.registry.erasure.ErasurePlan;

/// Orders to erase somebody, as JSON. They name nobody.
public final class ErasureJson {
    private ErasureJson() {}

    public static ObjectNode of(ErasureOrder order) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", order.id().toString());
        json.put("state", order.state().name());
        deed(json, "proposed", order.proposed());
        json.put("lapsesAt", order.lapsesAt().toString());
        order.decided().ifPresent(deed -> deed(json, "decided", deed));
        order.plan().ifPresent(plan -> json.set("plan", of(plan)));
        order.outcome().ifPresent(outcome -> json.putObject("outcome")
                .put("licences", outcome.licences())
                .put("documents", outcome.documents())
                .put("entries", outcome.entries()));
        return json;
    }

    public static ObjectNode of(ErasurePlan plan) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("allowed", plan.allowed());
        json.put("documents", plan.documents());
        json.put("entries", plan.entries());
        var licences = json.putArray("licences");
        for (var licence : plan.licences()) {
            var obstacles = licences.addObject()
                    .put("id", licence.id().value())
                    .put("type", licence.typeName())
                    .put("firstHolder", licence.first())
                    .putArray("obstacles");
            licence.obstacles().stream().sorted().forEach(obstacle -> obstacles.add(obstacle.name()));
        }
        return json;
    }

    public static ObjectNode page(List<ErasureOrder> orders, Optional<String> next) {
        var json = JsonNodeFactory.instance.objectNode();
        var items = json.putArray("items");
        orders.forEach(order -> items.add(of(order)));
        next.ifPresent(cursor -> json.put("next", cursor));
        return json;
    }

    private static void deed(ObjectNode json, String what, ErasureOrder.Deed deed) {
        json.put(what + "By", deed.by().subject()).put(what + "At", deed.at().toString());
    }
}
