package org.yinzheng.api.client;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.yinzheng.api.client.ServerConnection.LONG_PATIENCE;
import static org.yinzheng.api.client.ServerConnection.segment;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;

/// Verdicts on documents, their receipts, and the key by which the log that proves them is known.
public final class VerificationRoutes {
    private static final String ALL = "/api/v1/verifications";

    private final ServerConnection server;

    VerificationRoutes(ServerConnection server) {
        this.server = server;
    }

    /// Has a document verified, and waits when the server answers large ones later; the answer is as design §9 and
    /// `Verification` in `openapi.yaml`.
    ///
    /// @throws Failure.NotDone when it broke off, or took longer than anybody waits
    public JsonNode verify(DocumentBytes document) {
        var end = Instant.now().plus(LONG_PATIENCE);
        var response = server.send(
                server.request(ALL)
                        .timeout(LONG_PATIENCE)
                        .header("Content-Type", "application/octet-stream")
                        .POST(BodyPublishers.ofByteArray(document.toByteArray())),
                false);
        while (true) {
            var answer = ServerConnection.json(response);
            switch (answer.path("state").asText()) {
                case "pending" -> pause(response, end);
                case "broken-off" ->
                    throw new Failure.NotDone("the server broke the verification off: send the document again", null);
                default -> {
                    return answer;
                }
            }
            response = server.send(server.request(of(answer)).GET(), false);
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
        return new String(server.file(of(verification) + "/receipt"), US_ASCII);
    }

    /// The key by which the server's audit log is known (C2SP signed-note), by the server's own word.
    public String logKey() {
        return new String(server.file("/api/v1/audit/key"), US_ASCII);
    }

    private static String of(JsonNode verification) {
        return ALL + "/" + segment(verification.path("id").asText());
    }
}
