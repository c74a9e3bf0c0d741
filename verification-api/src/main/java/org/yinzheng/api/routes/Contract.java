package org.yinzheng.api.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.problem.Problems;
import org.yinzheng.api.signin.Role;

/// `openapi.yaml` as the source of the routes: paths, methods and the roles that may use them. An operation
/// without a handler, or a handler without an operation, stops the start. Bodies are read by our own strict
/// reader, whose problems name a field and never quote it.
public final class Contract {
    /// As strict as a browser's reader: a name that is there twice is an error.
    private static final YAMLMapper YAML = YAMLMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private static final String WRITTEN_ADDRESS = "http://127.0.0.1:8470";

    private final String yaml;
    private final JsonNode paths;
    private final Map<String, Handler<RoutingContext>> handlers = new LinkedHashMap<>();

    public Contract(URI publicUrl) {
        this.yaml = read().replace(WRITTEN_ADDRESS, publicUrl.toString());
        try {
            this.paths = YAML.readTree(yaml).path("paths");
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("openapi.yaml is not YAML", e);
        }
    }

    /// The text that is served.
    public String yaml() {
        return yaml;
    }

    public void on(String operationId, Handler<RoutingContext> handler) {
        if (handlers.put(operationId, handler) != null) {
            throw new IllegalStateException("two handlers for " + operationId);
        }
    }

    public void register(Router router, Doorkeeper doorkeeper) {
        var left = new LinkedHashMap<>(handlers);
        for (var path : paths.properties()) {
            for (var method : path.getValue().properties()) {
                var id = method.getValue().path("operationId").asText();
                var handler = left.remove(id);
                if (handler == null) {
                    throw new IllegalStateException("no handler for " + id);
                }
                var route = router.route(
                        HttpMethod.valueOf(method.getKey().toUpperCase(Locale.ROOT)),
                        path.getKey().replaceAll("\\{(.*?)}", ":$1"));
                route.handler(request -> {
                    request.put(Problems.OPERATION, id);
                    request.next();
                });
                var roles = roles(id, method.getValue());
                if (!roles.isEmpty()) {
                    route.handler(request -> doorkeeper.admit(request, roles));
                }
                route.handler(handler);
            }
        }
        if (!left.isEmpty()) {
            throw new IllegalStateException("the contract knows no " + left.keySet());
        }
    }

    /// Open to all only where the contract says `security: []`; every other operation names its roles.
    private static Set<Role> roles(String id, JsonNode operation) {
        var roles = new HashSet<Role>();
        operation
                .path("x-roles")
                .forEach(name -> roles.add(Role.find(name.asText())
                        .orElseThrow(() -> new IllegalStateException(id + ": no such role: " + name))));
        var open = operation.path("security").isArray()
                && operation.path("security").isEmpty();
        if (open != roles.isEmpty()) {
            throw new IllegalStateException(id + ": either security: [] or x-roles");
        }
        return roles;
    }

    private static String read() {
        try (var file = Objects.requireNonNull(Contract.class.getResourceAsStream("/openapi.yaml"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("openapi.yaml cannot be read", e);
        }
    }
}
