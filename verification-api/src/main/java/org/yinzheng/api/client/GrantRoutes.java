package org.yinzheng.api.client;

import static org.yinzheng.api.client.ServerConnection.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;

/// Who may do what: one security administrator proposes a right, another confirms it.
public final class GrantRoutes {
    private static final String ALL = "/api/v1/grants";

    private final ServerConnection server;

    GrantRoutes(ServerConnection server) {
        this.server = server;
    }

    /// Proposes a right for somebody.
    public JsonNode propose(String subject, String role) {
        var grant = JsonNodeFactory.instance.objectNode();
        return server.post(ALL, grant.put("subject", subject).put("role", role));
    }

    /// @param step `confirmation`, `refusal` or `end`
    public JsonNode take(String id, String step) {
        var request = server.request(ALL + "/" + segment(id) + "/" + segment(step));
        return ServerConnection.json(server.send(request.POST(BodyPublishers.noBody()), true));
    }

    /// All of them, newest first.
    public List<JsonNode> all() {
        return server.all(ALL, Map.of());
    }
}
