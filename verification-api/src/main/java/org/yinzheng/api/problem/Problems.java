package org.yinzheng.api.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Turns what a handler failed with into the problem that the outside sees, and writes it. The only place that
/// does.
public final class Problems {
    /// Under this name a route keeps its operation, for the log.
    public static final String OPERATION = "operation";

    private static final int RETRY_SECONDS = 5;

    private Problems() {}

    /// The problem of a failed request; logs what only the operator should read.
    public static Problem of(RoutingContext request) {
        var failure = request.failure();
        if (failure == null) {
            return ofStatus(request.statusCode());
        }
        var operation = operation(request);
        return switch (failure) {
            case Refused refused -> refused.problem();
            case InvalidInput broken -> Problem.of(broken);
            case Failure.NotDone notDone ->
                Problem.of(ProblemCode.UNAVAILABLE).after(RETRY_SECONDS).at(Incidents.unavailable(operation, notDone));
            case Failure.Unknown unknown ->
                Problem.of(ProblemCode.OUTCOME_UNKNOWN).at(Incidents.unavailable(operation, unknown));
            default -> Problem.of(ProblemCode.INTERNAL).at(Incidents.bug(operation, failure));
        };
    }

    public static void writeJson(RoutingContext request) {
        var problem = of(request);
        var response = request.response();
        if (response.ended() || response.closed()) {
            return;
        }
        head(request, problem).putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json; charset=utf-8");
        response.end(problem.json(wantsEnglish(request)).toString());
        request.request().resume(); // what is left of the body is read and dropped
    }

    /// Sets status and headers; the body is the caller's.
    public static io.vertx.core.http.HttpServerResponse head(RoutingContext request, Problem problem) {
        var response = request.response();
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        problem.retryAfter().ifPresent(seconds -> response.putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds)));
        if (problem.status() == 401) {
            response.putHeader(
                    "WWW-Authenticate",
                    problem.code().equals(ProblemCode.TOKEN_MISSING.wireName())
                            ? "Bearer realm=\"yinzheng\""
                            : "Bearer realm=\"yinzheng\", error=\"invalid_token\"");
        }
        return response;
    }

    public static boolean wantsEnglish(RoutingContext request) {
        var languages = request.request().getHeader(HttpHeaders.ACCEPT_LANGUAGE);
        return languages != null && languages.startsWith("en");
    }

    private static Problem ofStatus(int status) {
        return Problem.of(
                switch (status) {
                    case 400 -> ProblemCode.BODY_MALFORMED;
                    case 404 -> ProblemCode.NOT_FOUND;
                    case 405 -> ProblemCode.METHOD_NOT_ALLOWED;
                    case 413 -> ProblemCode.BODY_TOO_LARGE;
                    case 415 -> ProblemCode.MEDIA_TYPE_UNSUPPORTED;
                    case 417 -> ProblemCode.EXPECTATION_FAILED;
                    default -> ProblemCode.INTERNAL;
                });
    }

    /// The contract's name for it, never the path as sent: a caller may have put a number into it.
    public static String operation(RoutingContext request) {
        String operation = request.get(OPERATION);
        return operation == null ? "a page" : operation;
    }
}
