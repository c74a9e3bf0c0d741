package org.yinzheng.api.client;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.time.TimestampRequest;
import org.yinzheng.signing.time.TimestampSource;
import org.yinzheng.signing.time.TimestampToken;

/// A timestamp authority that is asked over HTTP (RFC 3161 §3.4). Whatever is not the answer to what was asked, in
/// time and in size, is [Failure.NotDone]; nobody is sent elsewhere.
public final class RemoteTimestampSource implements TimestampSource, AutoCloseable {
    private static final Duration CONNECTING = Duration.ofSeconds(5);

    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(CONNECTING)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();
    private final URI authority;
    private final Duration patience;

    /// @param patience for a whole answer
    /// @throws InvalidInput `timestamp-address`
    public RemoteTimestampSource(URI authority, Duration patience) {
        if (!"http".equals(authority.getScheme()) && !"https".equals(authority.getScheme())) {
            throw new InvalidInput("timestamp-address", "", "a timestamp authority has an http or https address");
        }
        this.authority = authority;
        this.patience = patience;
    }

    @Override
    public DocumentBytes tokenOver(DocumentBytes digest, Suite suite) {
        var query = TimestampRequest.over(digest, suite);
        return query.answeredBy(ask(query.der())).der();
    }

    /// The deadline is for head and body together: a request's own time-out ends with the head.
    private DocumentBytes ask(DocumentBytes query) {
        var request = HttpRequest.newBuilder(authority)
                .timeout(patience)
                .header("Content-Type", TimestampRequest.QUERY)
                .header("Accept", TimestampRequest.REPLY)
                .POST(BodyPublishers.ofByteArray(query.toByteArray()))
                .build();
        var answer = http.sendAsync(request, BodyHandlers.limiting(BodyHandlers.ofByteArray(), TimestampToken.LARGEST));
        try {
            return checked(answer.get(patience.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw away("did not answer within " + patience.toSeconds() + " seconds", e);
        } catch (ExecutionException e) {
            throw away("cannot be reached, or broke off its answer: check its address", e);
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw away("was not waited for: the work was stopped", e);
        }
    }

    private static DocumentBytes checked(HttpResponse<byte[]> response) {
        if (response.statusCode() != 200) {
            throw away("answered with status " + response.statusCode(), null);
        }
        var type = response.headers().firstValue("Content-Type").orElse("").split(";", 2)[0];
        if (!type.strip().equalsIgnoreCase(TimestampRequest.REPLY)) {
            throw away("answered with something that is no " + TimestampRequest.REPLY, null);
        }
        return DocumentBytes.owning(response.body());
    }

    private static Failure.NotDone away(String what, @Nullable Throwable cause) {
        return new Failure.NotDone("the timestamp authority " + what, cause);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
