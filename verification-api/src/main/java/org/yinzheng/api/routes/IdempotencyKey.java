package org.yinzheng.api.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.Digest;

/// A caller's name for a request. It is the caller's own: another's equal key is another request.
final class IdempotencyKey {
    private IdempotencyKey() {}

    /// Fails with `header-missing`.
    static Future<String> required(RoutingContext request, Actor actor) {
        return sent(request).map(key -> own(actor, key));
    }

    /// As the caller chose it. Fails with `header-missing`.
    static Future<String> sent(RoutingContext request) {
        return read(request).compose(key -> key.map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(new Refused(ProblemCode.HEADER_MISSING))));
    }

    /// Fails with `header-missing` when it is there and malformed.
    static Future<Optional<String>> optional(RoutingContext request, Actor actor) {
        return read(request).map(sent -> sent.map(key -> own(actor, key)));
    }

    private static Future<Optional<String>> read(RoutingContext request) {
        var key = request.request().getHeader("Idempotency-Key");
        if (key == null) {
            return Future.succeededFuture(Optional.empty());
        }
        return key.matches("[!-~]{8,128}")
                ? Future.succeededFuture(Optional.of(key))
                : Future.failedFuture(new Refused(ProblemCode.HEADER_MISSING));
    }

    static String own(Actor actor, String key) {
        return Digest.sha256((actor.subject() + "\0" + key).getBytes(UTF_8)).hex();
    }
}
