package org.yinzheng.api.client;

import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Optional;

/// Calls a Yinzheng server; what its routes serve is told apart as `openapi.yaml` does. A problem document of 4xx
/// becomes [InvalidInput] with the problem's code and field; 503 and a server that does not answer become
/// [Failure.NotDone]; a connection that breaks after a request that changes something was sent becomes
/// [Failure.Unknown], and the same idempotency key makes the repetition safe.
public final class ApiClient implements AutoCloseable {
    private final ServerConnection connection;

    public ApiClient(URI server, Optional<String> bearerToken) {
        this.connection = new ServerConnection(server, bearerToken);
    }

    /// A client signed in at the server's built-in provider, 仅供演示.
    public static ApiClient signedIn(URI server, String demoUser) {
        try (var anybody = new ServerConnection(server, Optional.empty())) {
            var answer = ServerConnection.json(anybody.send(
                    anybody.request("/demo-idp/token")
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(BodyPublishers.ofString("user=" + ServerConnection.segment(demoUser))),
                    false));
            return new ApiClient(server, Optional.of(answer.path("access_token").asText()));
        }
    }

    public LicenceRoutes licences() {
        return new LicenceRoutes(connection);
    }

    public DisputeRoutes disputes() {
        return new DisputeRoutes(connection);
    }

    public StandingRoutes standings() {
        return new StandingRoutes(connection);
    }

    public VerificationRoutes verifications() {
        return new VerificationRoutes(connection);
    }

    public StampRoutes stamps() {
        return new StampRoutes(connection);
    }

    public SealRoutes seals() {
        return new SealRoutes(connection);
    }

    public GrantRoutes grants() {
        return new GrantRoutes(connection);
    }

    public ErasureRoutes erasures() {
        return new ErasureRoutes(connection);
    }

    @Override
    public void close() {
        connection.close();
    }
}
