package org.yinzheng.api.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// One server, as one caller: requests go out with the caller's token, and problem documents come back as this
/// project's failures. What the routes are is said elsewhere.
final class ServerConnection implements AutoCloseable {
    /// For what works through whole documents.
    static final Duration LONG_PATIENCE = Duration.ofMinutes(15);

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI server;
    private final Optional<String> bearerToken;

    ServerConnection(URI server, Optional<String> bearerToken) {
        this.server = server;
        this.bearerToken = bearerToken;
    }

    HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
        bearerToken.ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    HttpRequest.Builder posting(String path, JsonNode body) {
        return request(path).header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(bytes(body)));
    }

    HttpRequest.Builder posting(String path, String idempotencyKey, JsonNode body) {
        return posting(path, body).header("Idempotency-Key", idempotencyKey);
    }

    JsonNode post(String path, JsonNode body) {
        return json(send(posting(path, body), true));
    }

    JsonNode post(String path, String idempotencyKey, JsonNode body) {
        return json(send(posting(path, idempotencyKey, body), true));
    }

    JsonNode put(String path, JsonNode body) {
        return json(send(
                request(path).header("Content-Type", "application/json").PUT(BodyPublishers.ofByteArray(bytes(body))),
                true));
    }

    JsonNode get(String path) {
        return json(send(request(path).GET(), false));
    }

    /// Empty when the server knows no such thing.
    Optional<JsonNode> find(String path) {
        var response = exchange(request(path).GET(), BodyHandlers.ofByteArray(), false);
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(json(accepted(response)));
    }

    byte[] file(String path) {
        return send(request(path).GET(), false).body();
    }

    /// Every page of a list.
    List<JsonNode> all(String path, Map<String, String> parameters) {
        var all = new ArrayList<JsonNode>();
        var asked = new TreeMap<>(parameters);
        while (true) {
            var page = get(path + query(asked));
            page.path("items").forEach(all::add);
            if (!page.has("next")) {
                return all;
            }
            asked.put("cursor", page.path("next").asText());
        }
    }

    /// @param changes whether an answer that is lost leaves it open what happened
    HttpResponse<byte[]> send(HttpRequest.Builder request, boolean changes) {
        return send(request, BodyHandlers.ofByteArray(), changes);
    }

    HttpResponse<byte[]> send(HttpRequest.Builder request, BodyHandler<byte[]> body, boolean changes) {
        return accepted(exchange(request, body, changes));
    }

    private HttpResponse<byte[]> exchange(HttpRequest.Builder request, BodyHandler<byte[]> body, boolean changes) {
        try {
            return http.send(request.build(), body);
        } catch (ConnectException e) {
            throw new Failure.NotDone("no server answers at " + server + ": is `yinzheng serve` running?", e);
        } catch (IOException e) {
            var message = "the connection to " + server + " broke before the answer came";
            throw changes ? new Failure.Unknown(message, e) : new Failure.NotDone(message, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            var message = "interrupted while waiting for " + server;
            throw changes ? new Failure.Unknown(message, e) : new Failure.NotDone(message, e);
        }
    }

    private static HttpResponse<byte[]> accepted(HttpResponse<byte[]> response) {
        var status = response.statusCode();
        if (status < 300) {
            return response;
        }
        var problem = problem(response);
        var said = problem.path("details");
        var detail = said.has("zh")
                ? said.path("zh").asText() + " " + said.path("en").asText()
                : "HTTP status " + status;
        if (status >= 400 && status < 500) {
            throw new InvalidInput(
                    problem.path("code").asText("http-" + status),
                    problem.path("field").asText(""),
                    detail);
        }
        if (status == 503 && response.headers().firstValue("Retry-After").isPresent()) {
            throw new Failure.NotDone(detail, null);
        }
        throw new Failure.Unknown(detail, null);
    }

    private static JsonNode problem(HttpResponse<byte[]> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException notJson) {
            return JSON.createObjectNode();
        }
    }

    static JsonNode json(HttpResponse<byte[]> response) {
        try {
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new Failure.Unknown("the server's answer is not JSON", e);
        }
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a JSON tree can be written", e);
        }
    }

    static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(one -> one.getKey() + "=" + segment(one.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    static String segment(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }

    @Override
    public String toString() {
        return server.toString();
    }

    @Override
    public void close() {
        http.close();
    }
}
