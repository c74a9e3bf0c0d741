package org.yinzheng.api.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import java.util.Optional;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Meters;
import org.yinzheng.api.http.Readiness;

/// For whoever runs the service: health, readiness, metrics, the contract itself.
public final class OperationRoutes {
    private final Readiness readiness;
    private final Meters meters;
    private final Bridge bridge;

    public OperationRoutes(Readiness readiness, Meters meters, Bridge bridge) {
        this.readiness = readiness;
        this.meters = meters;
        this.bridge = bridge;
    }

    public void register(Contract contract) {
        contract.on("health", request -> Replies.text(request, "text/plain; charset=utf-8", "ok\n"));
        contract.on("readiness", this::ready);
        contract.on("metrics", this::metrics);
        contract.on("contract", request -> Replies.text(request, "application/yaml; charset=utf-8", contract.yaml()));
    }

    private void ready(RoutingContext request) {
        bridge.run(readiness::ask)
                .onSuccess(parts -> {
                    var ready = parts.values().stream().allMatch(Optional::isEmpty);
                    Replies.json(request, ready ? 200 : 503, json(ready, parts));
                })
                .onFailure(request::fail);
    }

    /// Asks for readiness first, so that the gauges are as fresh as the scrape.
    private void metrics(RoutingContext request) {
        bridge.run(() -> {
                    readiness.ask();
                    return meters.registry().scrape();
                })
                .onSuccess(text -> Replies.text(request, "text/plain; version=0.0.4; charset=utf-8", text))
                .onFailure(request::fail);
    }

    private static ObjectNode json(boolean ready, Map<String, Optional<String>> parts) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("ready", ready);
        var named = json.putObject("parts");
        parts.forEach((name, trouble) -> {
            var part = named.putObject(name).put("ready", trouble.isEmpty());
            trouble.ifPresent(message -> part.put("message", message));
        });
        return json;
    }
}
