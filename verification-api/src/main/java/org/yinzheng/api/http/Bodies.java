package org.yinzheng.api.http;

import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;

/// Reads request bodies into memory under a limit that holds while they arrive.
public final class Bodies {
    private static final long JSON_LIMIT = 2 << 20;
    private static final long FORM_LIMIT = 16 << 10;

    private final Vertx vertx;
    private final ByteBudget budget;
    private final long fileLimit;
    private final Duration deadline;

    /// @param deadline for a whole body: a sender who trickles is cut off
    public Bodies(Vertx vertx, ByteBudget budget, long fileLimit, Duration deadline) {
        this.vertx = vertx;
        this.budget = budget;
        this.fileLimit = fileLimit;
        this.deadline = deadline;
    }

    public long fileLimit() {
        return fileLimit;
    }

    public Future<JsonBody> json(RoutingContext request) {
        var type = contentType(request);
        if (!type.equals("application/json") && !type.endsWith("+json")) {
            return Future.failedFuture(new Refused(ProblemCode.MEDIA_TYPE_UNSUPPORTED));
        }
        return read(request, Reception.Kind.RAW, JSON_LIMIT, 1)
                .map(body -> JsonBody.parse(body.getFirst().bytes().toByteArray()));
    }

    /// Files, and what else a form says.
    ///
    /// @param fields the text parts; treat them as unread input
    public record Form(List<Upload> files, MultiMap fields) {
        /// A field that is there once and not blank.
        public Optional<String> field(String name) {
            var values = fields.getAll(name);
            if (values.size() > 1) {
                throw new InvalidInput("repeated", name, "must be there once");
            }
            return values.stream().filter(value -> !value.isBlank()).findFirst();
        }
    }

    /// A `multipart/form-data` body with parts named `file`, or a body that is the file itself.
    public Future<Form> files(RoutingContext request, int most) {
        var kind = contentType(request).equals("multipart/form-data") ? Reception.Kind.MULTIPART : Reception.Kind.RAW;
        return read(request, kind, fileLimit, most)
                .map(files -> new Form(files, request.request().formAttributes()));
    }

    /// Whether the body says that it is JSON.
    public static boolean isJson(RoutingContext request) {
        return contentType(request).equals("application/json");
    }

    /// A body of that one type, and no longer than `limit`.
    public Future<DocumentBytes> only(RoutingContext request, String type, long limit) {
        if (!contentType(request).equals(type)) {
            return Future.failedFuture(new Refused(ProblemCode.MEDIA_TYPE_UNSUPPORTED));
        }
        return any(request, limit);
    }

    /// A body of whatever type, and no longer than `limit`.
    public Future<DocumentBytes> any(RoutingContext request, long limit) {
        return read(request, Reception.Kind.RAW, limit, 1)
                .map(body -> body.getFirst().bytes());
    }

    /// The fields of a page's form; they are then in `request.request().formAttributes()`.
    public Future<Void> form(RoutingContext request) {
        if (!contentType(request).equals("application/x-www-form-urlencoded")) {
            return Future.failedFuture(new Refused(ProblemCode.MEDIA_TYPE_UNSUPPORTED));
        }
        return read(request, Reception.Kind.FORM, FORM_LIMIT, 0).mapEmpty();
    }

    private Future<List<Upload>> read(RoutingContext request, Reception.Kind kind, long limit, int mostFiles) {
        var expect = request.request().getHeader(HttpHeaders.EXPECT);
        if (expect != null && !expect.equalsIgnoreCase("100-continue")) {
            return Future.failedFuture(new Refused(ProblemCode.EXPECTATION_FAILED));
        }
        var reception = new Reception(request, kind, limit, mostFiles, budget);
        var timer = vertx.setTimer(deadline.toMillis(), ignored -> reception.refuse(ProblemCode.TOO_SLOW));
        var received = reception.start(expect != null);
        return received.onComplete(ignored -> vertx.cancelTimer(timer));
    }

    private static String contentType(RoutingContext request) {
        var header = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return header == null ? "" : header.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    }
}
