package org.yinzheng.api.client;

import static org.yinzheng.api.client.ServerConnection.LONG_PATIENCE;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.FileNotFoundException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodySubscribers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.yinzheng.signing.InvalidInput;

/// Stamping documents of any size; nothing of them is held in memory.
public final class StampRoutes {
    private final ServerConnection server;

    StampRoutes(ServerConnection server) {
        this.server = server;
    }

    /// Has documents stamped.
    ///
    /// @param request as `StampRequest` in `openapi.yaml`
    /// @param files streamed, whatever their size; empty when the request has digests
    /// @return as `Stamping` in `openapi.yaml`; in state `awaiting-release` nothing is stamped yet
    public JsonNode stamp(String idempotencyKey, JsonNode request, List<Path> files) {
        var sending = server.posting("/api/v1/stamps", idempotencyKey, request).timeout(LONG_PATIENCE);
        if (!files.isEmpty()) {
            var boundary = "yinzheng-" + UUID.randomUUID();
            sending.setHeader("Content-Type", "multipart/form-data; boundary=" + boundary)
                    .POST(multipart(boundary, request, files));
        }
        return ServerConnection.json(server.send(sending, true));
    }

    /// Fetches a stamped document into a file, whatever its size.
    ///
    /// @param href as the answer to [#stamp] has it
    public void fetch(String href, Path into) {
        server.send(
                server.request(href).timeout(LONG_PATIENCE).GET(),
                head -> head.statusCode() == 200
                        ? BodySubscribers.mapping(BodySubscribers.ofFile(into), file -> new byte[0])
                        : BodySubscribers.ofByteArray(),
                false);
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
}
