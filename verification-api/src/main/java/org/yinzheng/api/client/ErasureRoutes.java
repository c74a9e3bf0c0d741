package org.yinzheng.api.client;

import static org.yinzheng.api.client.ServerConnection.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Map;

/// Erasure of a person: a system administrator proposes, a security administrator confirms.
public final class ErasureRoutes {
    private static final String ALL = "/api/v1/erasures";

    private final ServerConnection server;

    ErasureRoutes(ServerConnection server) {
        this.server = server;
    }

    /// @return the order with its plan
    public JsonNode propose(String holderId) {
        return server.post(ALL, holder(holderId));
    }

    /// Executes an order that somebody else proposed.
    public JsonNode confirm(String id, String holderId) {
        return server.post(ALL + "/" + segment(id) + "/confirmation", holder(holderId));
    }

    public JsonNode withdraw(String id) {
        var request = server.request(ALL + "/" + segment(id) + "/withdrawal");
        return ServerConnection.json(server.send(request.POST(BodyPublishers.noBody()), true));
    }

    public JsonNode get(String id) {
        return server.get(ALL + "/" + segment(id));
    }

    /// All of them, newest first.
    public List<JsonNode> all() {
        return server.all(ALL, Map.of());
    }

    private static JsonNode holder(String holderId) {
        return JsonNodeFactory.instance.objectNode().put("holderId", holderId);
    }
}
