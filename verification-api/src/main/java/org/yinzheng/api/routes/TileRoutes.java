package org.yinzheng.api.routes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.util.Objects;
import java.util.Optional;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.registry.audit.Tile;

/// The audit log as static files (C2SP tlog-tiles) for everybody who wants to mirror or watch it: `checkpoint`,
/// `tile/<L>/<N>[.p/<W>]` and `tile/entries/<N>[.p/<W>]` under [#PREFIX]. An entry is its commitment: it names nobody.
public final class TileRoutes {
    public static final String PREFIX = "/audit/log/";

    private static final String NUMBER = "((?:x[0-9]{3}/){0,5}[0-9]{3})(?:\\.p/([1-9][0-9]{0,2}))?";

    private final AuditLog log;
    private final Bridge bridge;

    public TileRoutes(AuditLog log, Bridge bridge) {
        this.log = log;
        this.bridge = bridge;
    }

    public void register(Router router) {
        router.get(PREFIX + "checkpoint").handler(this::checkpoint);
        router.getWithRegex(PREFIX + "tile/([0-7])/" + NUMBER)
                .handler(request ->
                        serve(request, tile(Integer.parseInt(request.pathParam("param0")), request, 1), log::tile));
        router.getWithRegex(PREFIX + "tile/entries/" + NUMBER)
                .handler(request -> serve(request, tile(0, request, 0), log::commitments));
    }

    private void checkpoint(RoutingContext request) {
        bridge.run(() -> log.checkpoint().orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND)))
                .onSuccess(note -> Replies.text(request, "text/plain; charset=utf-8", note))
                .onFailure(request::fail);
    }

    private record Wanted(Tile tile, int width) {}

    private interface Source {
        Optional<byte[]> read(Tile tile, int width);
    }

    /// @param at of the path's groups, that of the number
    private static Wanted tile(int level, RoutingContext request, int at) {
        long number = Long.parseLong(
                Objects.requireNonNull(request.pathParam("param" + at)).replaceAll("[x/]", ""));
        var width = Optional.ofNullable(request.pathParam("param" + (at + 1)));
        // a part is less than the whole
        return new Wanted(
                new Tile(level, number),
                width.map(Integer::parseInt)
                        .map(part -> part < Tile.WIDTH ? part : Integer.MAX_VALUE)
                        .orElse(Tile.WIDTH));
    }

    private void serve(RoutingContext request, Wanted wanted, Source source) {
        bridge.run(() -> Optional.of(wanted)
                        .filter(one -> one.width() <= Tile.WIDTH)
                        .flatMap(one -> source.read(one.tile(), one.width()))
                        .orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND)))
                // what a tile of this width says never changes
                .onSuccess(bytes -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "public, max-age=31536000, immutable")
                        .end(Buffer.buffer(bytes)))
                .onFailure(request::fail);
    }
}
