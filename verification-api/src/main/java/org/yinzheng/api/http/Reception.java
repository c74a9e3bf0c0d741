package org.yinzheng.api.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.ByteArrayOutputStream;
import org.yinzheng.api.problem.Problem;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;

/// One body on its way in. Lives on its request's context. What is refused is read on and dropped for a while,
/// so that a sender who writes first and reads later still gets the answer; then the connection is closed.
final class Reception {
    enum Kind {
        RAW,
        MULTIPART,
        FORM
    }

    private static final long MULTIPART_FRAMING = 64 << 10;
    private static final int PATIENCE = 4; // times the limit that is read and dropped after a refusal

    private final HttpServerRequest request;
    private final Kind kind;
    private final long limit;
    private final ByteBudget budget;
    private final ByteArrayOutputStream content = new ByteArrayOutputStream();
    private final Promise<byte[]> outcome = Promise.promise();
    private String name = "document";
    private long seen;
    private long reserved;
    private boolean fileBegun;
    private boolean fileEnded;
    private boolean settled;

    Reception(RoutingContext routing, Kind kind, long limit, ByteBudget budget) {
        this.request = routing.request();
        this.kind = kind;
        this.limit = limit;
        this.budget = budget;
        // the bytes live until the answer is out, or the connection is gone
        routing.addEndHandler(ignored -> budget.giveBack(reserved));
    }

    String name() {
        return name;
    }

    Future<byte[]> start(boolean expectsContinue) {
        request.exceptionHandler(this::broken);
        request.endHandler(ignored -> end());
        request.handler(this::chunk);
        if (declaredLength() > limit + (kind == Kind.MULTIPART ? MULTIPART_FRAMING : 0)) {
            refuse(ProblemCode.BODY_TOO_LARGE);
        } else {
            if (kind != Kind.RAW) {
                request.setExpectMultipart(true);
                request.uploadHandler(this::file);
            }
            if (expectsContinue) {
                request.response().writeContinue();
            }
        }
        request.resume();
        return outcome.future();
    }

    void refuse(ProblemCode code) {
        refuse(Problem.of(code));
    }

    private void refuse(Problem problem) {
        if (!settled) {
            settled = true;
            content.reset();
            outcome.fail(new Refused(problem));
        }
    }

    private void chunk(Buffer chunk) {
        seen += chunk.length();
        if (settled) {
            if (seen > PATIENCE * limit) {
                request.connection().close();
            }
        } else if (kind == Kind.RAW) {
            keep(chunk);
        } else if (seen > limit + MULTIPART_FRAMING) {
            refuse(ProblemCode.BODY_TOO_LARGE);
        }
    }

    private void file(HttpServerFileUpload upload) {
        upload.exceptionHandler(this::broken);
        if (kind == Kind.FORM || fileBegun || !upload.name().equals("file")) {
            upload.handler(ignored -> {});
            refuse(ProblemCode.BODY_MALFORMED);
            return;
        }
        fileBegun = true;
        name = Upload.cleaned(upload.filename() == null ? "" : upload.filename());
        upload.handler(this::keep);
        upload.endHandler(ignored -> fileEnded = true);
    }

    private void keep(Buffer chunk) {
        if (settled) {
            return;
        }
        if (content.size() + (long) chunk.length() > limit) {
            refuse(ProblemCode.BODY_TOO_LARGE);
        } else if (!budget.take(chunk.length())) {
            refuse(Problem.of(ProblemCode.BUSY).after(2));
        } else {
            reserved += chunk.length();
            content.writeBytes(chunk.getBytes());
        }
    }

    private void end() {
        if (kind == Kind.MULTIPART && fileBegun && !fileEnded) {
            refuse(ProblemCode.BODY_TRUNCATED);
        } else if (kind == Kind.MULTIPART && !fileBegun) {
            refuse(seen == 0 ? ProblemCode.BODY_EMPTY : ProblemCode.BODY_MALFORMED);
        } else if (kind != Kind.FORM && content.size() == 0) {
            refuse(ProblemCode.BODY_EMPTY);
        }
        if (!settled) {
            settled = true;
            outcome.complete(content.toByteArray());
        }
    }

    /// The connection was lost, or the form's decoder gave up.
    private void broken(Throwable failure) {
        refuse(failure instanceof HttpClosedException ? ProblemCode.BODY_TRUNCATED : ProblemCode.BODY_MALFORMED);
    }

    private long declaredLength() {
        var declared = request.getHeader("Content-Length");
        return declared == null || !declared.matches("[0-9]{1,18}") ? -1 : Long.parseLong(declared);
    }
}
