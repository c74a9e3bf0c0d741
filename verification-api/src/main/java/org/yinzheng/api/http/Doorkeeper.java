package org.yinzheng.api.http;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Problems;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Rights;
import org.yinzheng.api.signin.Role;
import org.yinzheng.api.signin.TokenCheck;
import org.yinzheng.api.signin.TokenResult;

/// Lets a request in, or does not. Programs bring a bearer token; browsers bring the same token in an HttpOnly
/// cookie, and then every request that changes something must come from a page of this site.
public final class Doorkeeper {
    public static final String COOKIE = "yinzheng_session";
    private static final String IDENTITY = Identity.class.getName();
    private static final String BEARER = "Bearer ";

    private final TokenCheck tokens;
    private final Rights rights;
    private final AccessLog log;
    private final Bridge bridge;

    public Doorkeeper(TokenCheck tokens, Rights rights, AccessLog log, Bridge bridge) {
        this.tokens = tokens;
        this.rights = rights;
        this.log = log;
        this.bridge = bridge;
    }

    /// The handler for routes that need one of `roles`.
    public void admit(RoutingContext request, Set<Role> roles) {
        if (!changesNothing(request)) {
            request.request().pause(); // the body waits, or is dropped by whoever answers
        }
        identify(request)
                .onSuccess(identity -> {
                    if (identity.conflicted()) {
                        refuse(request, identity, ProblemCode.ROLES_EXCLUSIVE);
                    } else if (Collections.disjoint(identity.roles(), roles)) {
                        refuse(request, identity, ProblemCode.ROLE_MISSING);
                    } else {
                        request.put(IDENTITY, identity);
                        request.next();
                    }
                })
                .onFailure(request::fail);
    }

    private void refuse(RoutingContext request, Identity identity, ProblemCode why) {
        var operation = Problems.operation(request);
        bridge.run(() -> {
                    log.refused(identity, operation, why);
                    return why;
                })
                .onComplete(written -> request.fail(new Refused(why)));
    }

    /// Who is asking, for pages that have something to say to nobody as well.
    public Future<Optional<Identity>> known(RoutingContext request) {
        return cookie(request) == null
                ? Future.succeededFuture(Optional.empty())
                : identify(request)
                        .map(Optional::of)
                        .recover(failure -> failure instanceof Refused
                                ? Future.succeededFuture(Optional.empty())
                                : Future.failedFuture(failure));
    }

    /// Who is asking, for routes that are open to all and tell some more. A token that is not acceptable is a problem.
    public Future<Optional<Identity>> presented(RoutingContext request) {
        return request.request().getHeader("Authorization") == null && cookie(request) == null
                ? Future.succeededFuture(Optional.empty())
                : identify(request).map(Optional::of);
    }

    public static Identity identity(RoutingContext request) {
        Identity identity = request.get(IDENTITY);
        if (identity == null) {
            throw new IllegalStateException("the route was reached without the doorkeeper");
        }
        return identity;
    }

    /// Whether a browser sent this from a page of this site (or it changes nothing). Fetch metadata where the
    /// browser has it, else Origin against Host; a browser that says neither is refused.
    public static void requireSameSite(RoutingContext request) {
        if (changesNothing(request)) {
            return;
        }
        var site = request.request().getHeader("Sec-Fetch-Site");
        var origin = request.request().getHeader("Origin");
        var host = request.request().getHeader("Host");
        var same = site != null
                ? site.equals("same-origin")
                : origin != null
                        && host != null
                        && (origin.equals("http://" + host) || origin.equals("https://" + host));
        if (!same) {
            throw new Refused(ProblemCode.CROSS_SITE);
        }
    }

    private static boolean changesNothing(RoutingContext request) {
        var method = request.request().method();
        return method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    }

    private Future<Identity> identify(RoutingContext request) {
        var header = request.request().getHeader("Authorization");
        String token;
        if (header != null) {
            if (!header.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                return Future.failedFuture(new Refused(ProblemCode.TOKEN_INVALID));
            }
            token = header.substring(BEARER.length()).strip();
        } else {
            token = cookie(request);
            if (token == null) {
                return Future.failedFuture(new Refused(ProblemCode.TOKEN_MISSING));
            }
            try {
                requireSameSite(request);
            } catch (Refused refused) {
                return Future.failedFuture(refused);
            }
        }
        var presented = token;
        return bridge.run(() -> switch (tokens.check(presented)) {
            case TokenResult.Accepted accepted -> {
                var identity = rights.of(accepted.identity());
                log.signedIn(identity, presented);
                yield identity;
            }
            case TokenResult.Expired expired -> throw new Refused(ProblemCode.TOKEN_EXPIRED);
            case TokenResult.Rejected rejected -> throw new Refused(ProblemCode.TOKEN_INVALID);
        });
    }

    private static @Nullable String cookie(RoutingContext request) {
        var cookie = request.request().getCookie(COOKIE);
        return cookie == null ? null : cookie.getValue();
    }
}
