package org.yinzheng.api.client;

import static org.yinzheng.api.client.ServerConnection.segment;

import com.fasterxml.jackson.databind.JsonNode;
import org.yinzheng.signing.DocumentBytes;

/// A licence's life, from its issue on, and the copies that are made of it.
public final class LicenceRoutes {
    private final ServerConnection server;

    LicenceRoutes(ServerConnection server) {
        this.server = server;
    }

    /// Issues a licence.
    ///
    /// @param request as `IssueRequest` in `openapi.yaml`
    /// @return the licence, and whether it was there already
    public IssueAnswer issue(String idempotencyKey, JsonNode request) {
        var response = server.send(server.posting("/api/v1/licences", idempotencyKey, request), true);
        return new IssueAnswer(ServerConnection.json(response), response.statusCode() == 200);
    }

    public record IssueAnswer(JsonNode licence, boolean alreadyIssued) {}

    /// Fetches a rendition's bytes; `format` is `pdf` or `ofd`.
    public DocumentBytes rendition(String licenceId, String format) {
        return DocumentBytes.owning(server.file(of(licenceId, "renditions") + "/" + segment(format)));
    }

    /// Changes a licence's standing.
    ///
    /// @param change `suspension`, `resumption` or `revocation`
    /// @param grounds as `Grounds` in `openapi.yaml`
    public JsonNode change(String licenceId, String change, String idempotencyKey, JsonNode grounds) {
        return server.post(of(licenceId, change), idempotencyKey, grounds);
    }

    /// Issues a licence in place of another.
    ///
    /// @param correction as `CorrectionRequest` in `openapi.yaml`
    public JsonNode correct(String licenceId, String idempotencyKey, JsonNode correction) {
        return server.post(of(licenceId, "correction"), idempotencyKey, correction);
    }

    /// Everything that happened to a licence.
    public JsonNode history(String licenceId) {
        return server.get(of(licenceId, "history"));
    }

    /// Makes a copy for one use.
    ///
    /// @param order as `CopyOrder` in `openapi.yaml`
    public JsonNode makeCopy(String licenceId, String idempotencyKey, JsonNode order) {
        return server.post(of(licenceId, "copies"), idempotencyKey, order);
    }

    /// Fetches a copy.
    ///
    /// @param href as the answer to [#makeCopy] has it
    public DocumentBytes copy(String href) {
        return DocumentBytes.owning(server.file(href));
    }

    private static String of(String licenceId, String what) {
        return "/api/v1/licences/" + segment(licenceId) + "/" + segment(what);
    }
}
