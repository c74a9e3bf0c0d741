package org.yinzheng.api.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.yinzheng.registry.witness.Witness.Answer;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Another city's witness over HTTP (C2SP tlog-witness).
public final class WitnessClient implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final int LARGEST = 16 << 10;

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI address;

    /// @param prefix the witness's submission prefix, such as `https://audit.example.cn/witness`
    /// @throws InvalidInput `witness-address`
    public WitnessClient(URI prefix) {
        if (!"http".equals(prefix.getScheme()) && !"https".equals(prefix.getScheme())) {
            throw new InvalidInput("witness-address", "witnesses.url", "a witness has an http or https address");
        }
        this.address = URI.create(prefix.toString().replaceAll("/+$", "") + "/add-checkpoint");
    }

    /// @throws Failure.NotDone when it does not answer, or not as a witness does
    public Answer ask(String request) {
        var asked = HttpRequest.newBuilder(address)
                .timeout(PATIENCE)
                .header("Content-Type", "text/plain; charset=utf-8")
                .POST(BodyPublishers.ofString(request))
                .build();
        try {
            return answer(http.send(asked, BodyHandlers.limiting(BodyHandlers.ofString(UTF_8), LARGEST)));
        } catch (IOException e) {
            throw new Failure.NotDone("it cannot be reached, or broke off its answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.NotDone("it was not waited for: the service stops", e);
        }
    }

    private static Answer answer(HttpResponse<String> response) {
        return switch (response.statusCode()) {
            case 200 -> new Answer.Cosigned(response.body());
            case 400 -> new Answer.Malformed();
            case 403 -> new Answer.NotSigned();
            case 404 -> new Answer.LogUnknown();
            case 409 -> new Answer.Conflict(size(response.body().strip()));
            case 422 -> new Answer.Inconsistent();
            default -> throw new Failure.NotDone("it answered with status " + response.statusCode(), null);
        };
    }

    private static long size(String text) {
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw new Failure.NotDone("it named no size", null);
        }
        return Long.parseLong(text);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
