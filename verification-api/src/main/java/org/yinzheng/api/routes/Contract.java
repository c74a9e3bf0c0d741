package org.yinzheng.api.routes;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.openapi.router.RouterBuilder;
import io.vertx.openapi.contract.OpenAPIContract;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.signin.Role;

/// `openapi.yaml` as the source of the routes: an operation without a handler, or a handler without an
/// operation, stops the start. Bodies are read by our own strict reader, whose problems name a field and never
/// quote it; the router's own validation would quote.
public final class Contract {
    private static final String WRITTEN_ADDRESS = "http://127.0.0.1:8470";

    private final Vertx vertx;
    private final String yaml;
    private final Map<String, Handler<RoutingContext>> handlers = new LinkedHashMap<>();

    public Contract(Vertx vertx, URI publicUrl) {
        this.vertx = vertx;
        this.yaml = read().replace(WRITTEN_ADDRESS, publicUrl.toString());
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

    /// @param first runs before every route of this router, also those that are added later
    public Future<Router> router(Doorkeeper doorkeeper, Handler<RoutingContext> first) {
        return OpenAPIContract.from(vertx, json()).map(contract -> {
            var builder = RouterBuilder.create(vertx, contract).rootHandler(first);
            var left = new LinkedHashMap<>(handlers);
            for (var route : builder.getRoutes()) {
                var operation = route.getOperation();
                var handler = left.remove(operation.getOperationId());
                if (handler == null) {
                    throw new IllegalStateException("no handler for " + operation.getOperationId());
                }
                route.setDoValidation(false).setDoSecurity(false);
                var roles = roles(
                        contract.getRawContract(),
                        operation.getOpenAPIPath(),
                        operation.getHttpMethod().name());
                if (!roles.isEmpty()) {
                    route.addHandler(request -> doorkeeper.admit(request, roles));
                }
                route.addHandler(handler);
            }
            if (!left.isEmpty()) {
                throw new IllegalStateException("the contract knows no " + left.keySet());
            }
            return builder.createRouter();
        });
    }

    /// Open to all only where the contract says `security: []`; a protected operation names its roles.
    private static Set<Role> roles(JsonObject contract, String path, String method) {
        var operation = contract.getJsonObject("paths")
                .getJsonObject(path)
                .getJsonObject(method.toLowerCase(java.util.Locale.ROOT));
        var open = operation.containsKey("security")
                && operation.getJsonArray("security").isEmpty();
        var roles = operation.getJsonArray("x-roles", new JsonArray()).stream()
                .map(name -> Role.find(String.valueOf(name)).orElseThrow())
                .collect(Collectors.toUnmodifiableSet());
        if (open != roles.isEmpty()) {
            throw new IllegalStateException(method + " " + path + ": either security: [] or x-roles");
        }
        return roles;
    }

    private JsonObject json() {
        try {
            return new JsonObject(new YAMLMapper().readValue(yaml, new TypeReference<Map<String, Object>>() {}));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("openapi.yaml is not YAML", e);
        }
    }

    private static String read() {
        try (var file = Objects.requireNonNull(Contract.class.getResourceAsStream("/openapi.yaml"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("openapi.yaml cannot be read", e);
        }
    }
}
