package org.yinzheng.api.client;

import static org.yinzheng.api.client.ServerConnection.LONG_PATIENCE;
import static org.yinzheng.api.client.ServerConnection.query;
import static org.yinzheng.api.client.ServerConnection.segment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Map;
import java.util.Optional;
import org.yinzheng.signing.DocumentBytes;

/// A seal's life, from the application for it to its destruction, and the log of its uses.
public final class SealRoutes {
    private static final String ALL = "/api/v1/seals";

    private final ServerConnection server;

    SealRoutes(ServerConnection server) {
        this.server = server;
    }

    /// One page of the seals that the signed-in person may see.
    public JsonNode page(Optional<String> cursor) {
        return server.get(ALL + query(cursor.map(at -> Map.of("cursor", at)).orElseGet(Map::of)));
    }

    /// A seal with its history.
    public JsonNode get(String id) {
        return server.get(of(id));
    }

    /// @param application as `SealApplication` in `openapi.yaml`
    public JsonNode apply(JsonNode application) {
        return server.post(ALL, application);
    }

    /// @param step as `SealStep` in `openapi.yaml`
    public JsonNode take(String id, JsonNode step) {
        return server.post(of(id) + "/steps", step);
    }

    /// @param part `certificates` or `guard-rails`
    public JsonNode put(String id, String part, JsonNode body) {
        return server.put(of(id) + "/" + part, body);
    }

    /// @param file `picture/png`, `picture/svg`, `csr/rsa` or `csr/sm2`
    public DocumentBytes file(String id, String file) {
        return DocumentBytes.owning(server.file(of(id) + "/" + file));
    }

    /// One page of the log of uses.
    ///
    /// @param id absent: of every seal
    public JsonNode uses(Optional<String> id, Map<String, String> parameters) {
        return server.get(id.map(seal -> of(seal) + "/uses").orElse("/api/v1/seal-uses") + query(parameters));
    }

    public JsonNode blastRadius(String id) {
        return server.get(of(id) + "/blast-radius");
    }

    /// @param most of the newest documents, 1 to 1000
    public JsonNode rehearse(String id, String with, int most) {
        var body = JsonNodeFactory.instance.objectNode().put("with", with).put("most", most);
        return ServerConnection.json(
                server.send(server.posting(of(id) + "/rehearsal", body).timeout(LONG_PATIENCE), false));
    }

    private static String of(String id) {
        return ALL + "/" + segment(id);
    }
}
