package org.yinzheng.api.routes;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Gate;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.time.TimestampAuthority;
import org.yinzheng.signing.time.TimestampRequest;

/// The timestamp authority over HTTP (RFC 3161 §3.4). A request that is understood and refused is a reply like any
/// other, with status 200; only what is no request at all is a problem document.
public final class TimestampRoute {
    private final TimestampAuthority authority;
    private final Gate tokenSessions;
    private final Bodies bodies;
    private final Bridge bridge;

    public TimestampRoute(TimestampAuthority authority, Gate tokenSessions, Bodies bodies, Bridge bridge) {
        this.authority = authority;
        this.tokenSessions = tokenSessions;
        this.bodies = bodies;
        this.bridge = bridge;
    }

    public void register(Contract contract) {
        contract.on("timestamp", this::answer);
    }

    private void answer(RoutingContext request) {
        bodies.only(request, TimestampRequest.QUERY, TimestampAuthority.LARGEST_REQUEST)
                .compose(query -> bridge.run(() -> tokenSessions.pass(() -> answer(query))))
                .onSuccess(reply -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, TimestampRequest.REPLY)
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .end(Buffer.buffer(reply.toByteArray())))
                .onFailure(request::fail);
    }

    private DocumentBytes answer(DocumentBytes query) {
        try {
            return authority.answer(query);
        } catch (InvalidInput noRequest) {
            throw new Refused(ProblemCode.TIMESTAMP_REQUEST_MALFORMED);
        }
    }
}
