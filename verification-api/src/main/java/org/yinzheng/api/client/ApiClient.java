package org.yinzheng.api.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.yinzheng.registry.copy.CopyFacts;
import org.yinzheng.registry.copy.CopyId;
import org.yinzheng.registry.copy.CopyUse;
import org.yinzheng.registry.copy.Purpose;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Part;
import org.yinzheng.registry.licence.Parts;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.licence.StandingFact;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Calls a Yinzheng server. A problem document of 4xx becomes [InvalidInput] with the problem's code and field;
/// 503 and a server that does not answer become [Failure.NotDone]; a connection that breaks after an issue
/// request was sent
/// becomes [Failure.Unknown], and the same idempotency key makes the repetition safe.
public final class ApiClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(15);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final URI server;
    private final Optional<String> bearerToken;

    public ApiClient(URI server, Optional<String> bearerToken) {
        this.server = server;
        this.bearerToken = bearerToken;
    }

    /// A client signed in at the server's built-in provider, 仅供演示.
    public static ApiClient signedIn(URI server, String demoUser) {
        try (var anybody = new ApiClient(server, Optional.empty())) {
            var answer = anybody.send(
                    anybody.request("/demo-idp/token")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("user=" + segment(demoUser))),
                    false);
            return new ApiClient(
                    server, Optional.of(json(answer).path("access_token").asText()));
        }
    }

    /// Issues a licence.
    ///
    /// @param request as `IssueRequest` in `openapi.yaml`
    /// @return the licence, and whether it was there already
    public IssueAnswer issue(String idempotencyKey, JsonNode request) {
        var response = send(
                request("/api/v1/licences")
                        .header("Idempotency-Key", idempotencyKey)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(bytes(request))),
                true);
        return new IssueAnswer(json(response), response.statusCode() == 200);
    }

    public record IssueAnswer(JsonNode licence, boolean alreadyIssued) {}

    /// Fetches a rendition's bytes; `format` is `pdf` or `ofd`.
    public DocumentBytes rendition(String licenceId, String format) {
        var path = "/api/v1/licences/" + segment(licenceId) + "/renditions/" + segment(format);
        return DocumentBytes.owning(send(request(path).GET(), false).body());
    }

    /// Has a document verified, and waits when the server answers large ones later; the answer is as design §9 and
    /// `Verification` in `openapi.yaml`.
    ///
    /// @throws Failure.NotDone when it broke off, or took longer than anybody waits
    public JsonNode verify(DocumentBytes document) {
        var end = Instant.now().plus(LONG_PATIENCE);
        var response = send(
                request("/api/v1/verifications")
                        .timeout(LONG_PATIENCE)
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(document.toByteArray())),
                false);
        while (true) {
            var answer = json(response);
            switch (answer.path("state").asText()) {
                case "pending" -> pause(response, end);
                case "broken-off" ->
                    throw new Failure.NotDone("the server broke the verification off: send the document again", null);
                default -> {
                    return answer;
                }
            }
            response = send(
                    request("/api/v1/verifications/" + segment(answer.path("id").asText()))
                            .GET(),
                    false);
        }
    }

    /// As long as the server asks for, within reason.
    private void pause(HttpResponse<byte[]> response, Instant end) {
        if (Instant.now().isAfter(end)) {
            throw new Failure.NotDone(server + " has no answer after " + LONG_PATIENCE.toMinutes() + " minutes", null);
        }
        var asked = response.headers().firstValue("Retry-After").filter(text -> text.matches("[0-9]{1,4}"));
        try {
            Thread.sleep(
                    Duration.ofSeconds(Math.clamp(asked.map(Long::parseLong).orElse(1L), 1, 30)));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.NotDone("interrupted while waiting for " + server, e);
        }
    }

    /// The receipt (JWS) for what [#verify] answered.
    ///
    /// @throws Failure.NotDone when the server could not keep the answer
    public String receipt(JsonNode verification) {
        if (!verification.has("id")) {
            throw new Failure.NotDone("the server could not keep its answer, so that there is no receipt", null);
        }
        var path = "/api/v1/verifications/" + segment(verification.path("id").asText()) + "/receipt";
        return new String(send(request(path).GET(), false).body(), java.nio.charset.StandardCharsets.US_ASCII);
    }

    /// The key by which the server's audit log is known (C2SP signed-note), by the server's own word.
    public String logKey() {
        return new String(
                send(request("/api/v1/audit/key").GET(), false).body(), java.nio.charset.StandardCharsets.US_ASCII);
    }

    /// Has documents stamped.
    ///
    /// @param request as `StampRequest` in `openapi.yaml`
    /// @param files streamed, whatever their size; empty when the request has digests
    /// @return as `Stamping` in `openapi.yaml`; in state `awaiting-release` nothing is stamped yet
    public JsonNode stamp(String idempotencyKey, JsonNode request, List<Path> files) {
        var sending = request("/api/v1/stamps")
                .header("Idempotency-Key", idempotencyKey)
                .timeout(LONG_PATIENCE);
        if (files.isEmpty()) {
            sending.header("Content-Type", "application/json").POST(BodyPublishers.ofByteArray(bytes(request)));
        } else {
            var boundary = "yinzheng-" + UUID.randomUUID();
            sending.header("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(multipart(boundary, request, files));
        }
        return json(send(sending, true));
    }

    /// Fetches a stamped document into a file, whatever its size.
    ///
    /// @param href as the answer to [#stamp] has it
    public void stampedDocument(String href, Path into) {
        var request = request(href).timeout(LONG_PATIENCE).GET().build();
        try {
            var response = http.send(
                    request,
                    head -> head.statusCode() == 200
                            ? BodySubscribers.mapping(BodySubscribers.ofFile(into), file -> new byte[0])
                            : BodySubscribers.ofByteArray());
            accepted(response);
        } catch (IOException e) {
            throw new Failure.NotDone("the stamped document could not be fetched from " + server, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.NotDone("interrupted while waiting for " + server, e);
        }
    }

    private static BodyPublisher multipart(String boundary, JsonNode request, List<Path> files) {
        var parts = new ArrayList<BodyPublisher>();
        parts.add(text("--" + boundary + "\r\nContent-Disposition: form-data; name=\"request\"\r\n\r\n" + request));
        for (var file : files) {
            var name = String.valueOf(file.getFileName()).replaceAll("[\"\\\\\\p{Cntrl}]", "_");
            parts.add(text("\r\n--" + boundary + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"" + name
                    + "\"\r\nContent-Type: application/octet-stream\r\n\r\n"));
            try {
                parts.add(BodyPublishers.ofFile(file));
            } catch (FileNotFoundException e) {
                throw (InvalidInput)
                        new InvalidInput("no-such-file", "", "there is no such file: " + file).initCause(e);
            }
        }
        parts.add(text("\r\n--" + boundary + "--\r\n"));
        return BodyPublishers.concat(parts.toArray(BodyPublisher[]::new));
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofString(text, StandardCharsets.UTF_8);
    }

    /// Changes a licence's standing.
    ///
    /// @param change `suspension`, `resumption` or `revocation`
    /// @param grounds as `Grounds` in `openapi.yaml`
    public JsonNode change(String licenceId, String change, String idempotencyKey, JsonNode grounds) {
        return json(send(
                request("/api/v1/licences/" + segment(licenceId) + "/" + segment(change))
                        .header("Idempotency-Key", idempotencyKey)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(bytes(grounds))),
                true));
    }

    /// Says that a licence is wrong.
    ///
    /// @param claim as `DisputeClaim` in `openapi.yaml`
    public JsonNode dispute(String licenceId, String idempotencyKey, JsonNode claim) {
        return posted("/api/v1/licences/" + segment(licenceId) + "/disputes", Optional.of(idempotencyKey), claim);
    }

    /// The open disputes of the signed-in person's authority, the most urgent first.
    public List<JsonNode> disputes(boolean overdue) {
        return all("/api/v1/disputes", overdue ? Map.of("overdue", "true") : Map.of());
    }

    /// @param decision `rejection` or `withdrawal`
    public JsonNode decideDispute(String id, String decision, JsonNode body) {
        return posted("/api/v1/disputes/" + segment(id) + "/" + segment(decision), Optional.empty(), body);
    }

    /// Issues a licence in place of another.
    ///
    /// @param correction as `CorrectionRequest` in `openapi.yaml`
    public JsonNode correct(String licenceId, String idempotencyKey, JsonNode correction) {
        return posted(
                "/api/v1/licences/" + segment(licenceId) + "/correction", Optional.of(idempotencyKey), correction);
    }

    private JsonNode posted(String path, Optional<String> idempotencyKey, JsonNode body) {
        var request = request(path).header("Content-Type", "application/json");
        idempotencyKey.ifPresent(key -> request.header("Idempotency-Key", key));
        return json(send(request.POST(BodyPublishers.ofByteArray(bytes(body))), true));
    }

    /// Every page of a list.
    private List<JsonNode> all(String path, Map<String, String> parameters) {
        var all = new ArrayList<JsonNode>();
        var asked = new TreeMap<>(parameters);
        while (true) {
            var page = json(send(request(path + query(asked)).GET(), false));
            page.path("items").forEach(all::add);
            if (!page.has("next")) {
                return all;
            }
            asked.put("cursor", page.path("next").asText());
        }
    }

    /// Makes a copy for one use.
    ///
    /// @param order as `CopyOrder` in `openapi.yaml`
    public JsonNode makeCopy(String licenceId, String idempotencyKey, JsonNode order) {
        return posted("/api/v1/licences/" + segment(licenceId) + "/copies", Optional.of(idempotencyKey), order);
    }

    /// Fetches a document.
    ///
    /// @param href as an answer has it
    public DocumentBytes document(String href) {
        return DocumentBytes.owning(send(request(href).GET(), false).body());
    }

    /// Everything that happened to a licence.
    public JsonNode history(String licenceId) {
        return json(send(
                request("/api/v1/licences/" + segment(licenceId) + "/history").GET(), false));
    }

    /// What the registry says of a licence; empty when it does not know the identifier.
    public Optional<StandingFact> standing(String licenceId) {
        var request = request("/api/v1/standing/" + segment(licenceId)).GET();
        var response = exchange(request.build(), false);
        return response.statusCode() == 404 ? Optional.empty() : Optional.of(standing(json(accepted(response))));
    }

    /// A copy for one use as the registry has it.
    ///
    /// @param licence the standing of the licence behind it
    public record CopyAnswer(CopyFacts copy, StandingFact licence, boolean expired) {}

    /// What the registry says of a copy; empty when it does not know the identifier.
    public Optional<CopyAnswer> copy(CopyId id) {
        var request = request("/api/v1/standing/" + id).GET();
        var response = exchange(request.build(), false);
        if (response.statusCode() == 404) {
            return Optional.empty();
        }
        var json = json(accepted(response));
        var copy = json.path("copy");
        try {
            var use = new CopyUse(
                    new Purpose(copy.path("purpose").asText()),
                    copy.path("recipient").asText(),
                    LocalDate.parse(copy.path("lastDay").asText()));
            var facts = new CopyFacts(
                    id,
                    use,
                    copy.path("madeAs").asText().equals("HOLDER"),
                    Instant.parse(copy.path("madeAt").asText()),
                    copy.path("body").asText());
            return Optional.of(
                    new CopyAnswer(facts, standing(json), copy.path("expired").asBoolean()));
        } catch (InvalidInput | DateTimeException e) {
            throw unexpected(e);
        }
    }

    private static Failure.Unknown unexpected(Exception e) {
        return new Failure.Unknown("the server's answer does not follow openapi.yaml", e);
    }

    private static StandingFact standing(JsonNode json) {
        try {
            return new StandingFact(
                    new LicenceId(json.path("licenceId").asText()),
                    json.path("typeName").asText(),
                    json.path("authorityName").asText(),
                    Optional.ofNullable(json.path("succeededBy").textValue()),
                    json.has("because") ? Standing.IN_FORCE : standingName(json),
                    json.path("disputed").asBoolean(),
                    Optional.ofNullable(json.path("supersededBy").textValue()).map(LicenceId::new),
                    LocalDate.parse(json.path("validFrom").asText()),
                    Optional.ofNullable(json.path("validUntil").textValue()).map(LocalDate::parse),
                    parts(json),
                    Instant.parse(json.path("asOf").asText()));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw unexpected(e);
        }
    }

    private static Standing standingName(JsonNode json) {
        return Standing.valueOf(json.path("standing").asText());
    }

    private static Parts parts(JsonNode json) {
        return new Parts(StreamSupport.stream(json.path("parts").spliterator(), false)
                .map(part -> new Part(
                        new LicenceId(part.path("licenceId").asText()),
                        part.path("typeName").asText(),
                        part.path("maskedNumber").asText(),
                        standingName(part),
                        part.path("disputed").asBoolean(),
                        Optional.ofNullable(part.path("supersededBy").textValue())
                                .map(LicenceId::new)))
                .toList());
    }

    /// Proposes a right for somebody.
    public JsonNode proposeGrant(String subject, String role) {
        var grant = JSON.createObjectNode().put("subject", subject).put("role", role);
        return posted("/api/v1/grants", Optional.empty(), grant);
    }

    /// @param step `confirmation`, `refusal` or `end`
    public JsonNode stepOfGrant(String id, String step) {
        return json(send(
                request("/api/v1/grants/" + segment(id) + "/" + segment(step)).POST(BodyPublishers.noBody()), true));
    }

    /// All of them, newest first.
    public List<JsonNode> grants() {
        return all("/api/v1/grants", Map.of());
    }

    /// One page of the seals that the signed-in person may see.
    public JsonNode seals(Optional<String> cursor) {
        return json(send(
                request("/api/v1/seals"
                                + query(cursor.map(at -> Map.of("cursor", at)).orElseGet(Map::of)))
                        .GET(),
                false));
    }

    /// A seal with its history.
    public JsonNode seal(String id) {
        return json(send(request("/api/v1/seals/" + segment(id)).GET(), false));
    }

    /// @param application as `SealApplication` in `openapi.yaml`
    public JsonNode applyForSeal(JsonNode application) {
        return json(send(
                request("/api/v1/seals")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(bytes(application))),
                true));
    }

    /// @param step as `SealStep` in `openapi.yaml`
    public JsonNode takeSealStep(String id, JsonNode step) {
        return json(send(
                request("/api/v1/seals/" + segment(id) + "/steps")
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(bytes(step))),
                true));
    }

    /// @param part `certificates` or `guard-rails`
    public JsonNode putOfSeal(String id, String part, JsonNode body) {
        return json(send(
                request("/api/v1/seals/" + segment(id) + "/" + part)
                        .header("Content-Type", "application/json")
                        .PUT(BodyPublishers.ofByteArray(bytes(body))),
                true));
    }

    /// @param file `picture/png`, `picture/svg`, `csr/rsa` or `csr/sm2`
    public DocumentBytes fileOfSeal(String id, String file) {
        return DocumentBytes.owning(
                send(request("/api/v1/seals/" + segment(id) + "/" + file).GET(), false)
                        .body());
    }

    /// One page of the log of uses.
    ///
    /// @param id absent: of every seal
    public JsonNode sealUses(Optional<String> id, Map<String, String> parameters) {
        var path = id.map(seal -> "/api/v1/seals/" + segment(seal) + "/uses").orElse("/api/v1/seal-uses");
        return json(send(request(path + query(parameters)).GET(), false));
    }

    public JsonNode blastRadius(String id) {
        return json(
                send(request("/api/v1/seals/" + segment(id) + "/blast-radius").GET(), false));
    }

    /// @param most of the newest documents, 1 to 1000
    public JsonNode rehearse(String id, String with, int most) {
        var body = JSON.createObjectNode().put("with", with).put("most", most);
        return json(send(
                request("/api/v1/seals/" + segment(id) + "/rehearsal")
                        .timeout(LONG_PATIENCE)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofByteArray(bytes(body))),
                false));
    }

    private static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : parameters.entrySet().stream()
                        .map(one -> one.getKey() + "=" + segment(one.getValue()))
                        .collect(Collectors.joining("&", "?", ""));
    }

    @Override
    public void close() {
        http.close();
    }

    private HttpRequest.Builder request(String path) {
        var request = HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
        bearerToken.ifPresent(token -> request.header("Authorization", "Bearer " + token));
        return request;
    }

    private HttpResponse<byte[]> send(HttpRequest.Builder request, boolean changes) {
        return accepted(exchange(request.build(), changes));
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, boolean changes) {
        try {
            return http.send(request, BodyHandlers.ofByteArray());
        } catch (java.net.ConnectException e) {
            throw new Failure.NotDone("no server answers at " + server + ": is `yinzheng serve` running?", e);
        } catch (IOException e) {
            var message = "the connection to " + server + " broke before the answer came";
            throw changes ? new Failure.Unknown(message, e) : new Failure.NotDone(message, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.Unknown("interrupted while waiting for " + server, e);
        }
    }

    private static HttpResponse<byte[]> accepted(HttpResponse<byte[]> response) {
        var status = response.statusCode();
        if (status < 300) {
            return response;
        }
        var problem = problem(response);
        var detail = problem.path("detail").asText("HTTP status " + status);
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

    private static JsonNode json(HttpResponse<byte[]> response) {
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

    private static String segment(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
