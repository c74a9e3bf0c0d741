package org.yinzheng.api.client;

import static org.yinzheng.api.client.ServerConnection.segment;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;

/// 异议: that a licence is wrong, and what is decided of it.
public final class DisputeRoutes {
    private final ServerConnection server;

    DisputeRoutes(ServerConnection server) {
        this.server = server;
    }

    /// Says that a licence is wrong.
    ///
    /// @param claim as `DisputeClaim` in `openapi.yaml`
    public JsonNode open(String licenceId, String idempotencyKey, JsonNode claim) {
        return server.post("/api/v1/licences/" + segment(licenceId) + "/disputes", idempotencyKey, claim);
    }

    /// The open disputes of the signed-in person's authority, the most urgent first.
    public List<JsonNode> all(boolean overdue) {
        return server.all("/api/v1/disputes", overdue ? Map.of("overdue", "true") : Map.of());
    }

    /// @param decision `rejection` or `withdrawal`
    public JsonNode decide(String id, String decision, JsonNode body) {
        return server.post("/api/v1/disputes/" + segment(id) + "/" + segment(decision), body);
    }
}
