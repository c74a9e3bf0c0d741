package org.yinzheng.api.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.registry.witness.Witness;
import org.yinzheng.registry.witness.Witness.Answer;

/// Our eye on other cities' logs (C2SP tlog-witness): anybody may ask, and the log's own signature is what counts.
public final class WitnessRoutes {
    public static final String PREFIX = "/witness/";

    private final Witness witness;
    private final Bodies bodies;
    private final Bridge bridge;

    public WitnessRoutes(Witness witness, Bodies bodies, Bridge bridge) {
        this.witness = witness;
        this.bodies = bodies;
        this.bridge = bridge;
    }

    public void register(Router router) {
        router.get(PREFIX + "key")
                .handler(request ->
                        Replies.text(request, "text/plain", witness.key().text() + "\n"));
        router.post(PREFIX + "add-checkpoint").handler(this::addCheckpoint);
    }

    private void addCheckpoint(RoutingContext request) {
        bodies.any(request, Witness.LONGEST)
                .compose(body -> bridge.run(() -> witness.add(new String(body.toByteArray(), UTF_8))))
                .onSuccess(answer -> answer(request, answer))
                .onFailure(request::fail);
    }

    private static void answer(RoutingContext request, Answer answer) {
        switch (answer) {
            case Answer.Cosigned cosigned -> Replies.text(request, "text/plain; charset=utf-8", cosigned.line());
            case Answer.Conflict conflict -> {
                request.response().setStatusCode(409);
                Replies.text(request, "text/x.tlog.size", conflict.size() + "\n");
            }
            case Answer.LogUnknown unknown -> refuse(request, 404, "this witness does not watch that log");
            case Answer.NotSigned notSigned -> refuse(request, 403, "not signed by that log's key");
            case Answer.Malformed malformed ->
                refuse(request, 400, "old and a size, hashes, an empty line, a checkpoint");
            case Answer.Inconsistent inconsistent -> refuse(request, 422, "not the continuation of what was seen");
        }
    }

    private static void refuse(RoutingContext request, int status, String why) {
        request.response().setStatusCode(status);
        Replies.text(request, "text/plain", why + "\n");
    }
}
