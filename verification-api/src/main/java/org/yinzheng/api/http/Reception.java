package org.yinzheng.api.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.util.ArrayList;
import java.util.List;
import org.yinzheng.api.problem.Problem;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.signing.DocumentBytes;

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
    private final int mostFiles;
    private final List<Part> files = new ArrayList<>();
    private final Promise<List<Upload>> outcome = Promise.promise();
    private long seen;
    private long reserved;
    private long kept;
    private boolean settled;

    /// One file, as it comes in: in the pieces in which it came, so that it lies in memory once.
    private static final class Part {
        private final String name;
        private final List<byte[]> pieces = new ArrayList<>();
        private boolean ended;

        Part(String name) {
            this.name = name;
        }

        Upload whole() {
            var bytes = new byte[pieces.stream().mapToInt(piece -> piece.length).sum()];
            int at = 0;
            for (var piece : pieces) {
                System.arraycopy(piece, 0, bytes, at, piece.length);
                at += piece.length;
            }
            pieces.clear();
            return new Upload(name, DocumentBytes.owning(bytes));
        }
    }

    /// @param limit of all files together
    Reception(RoutingContext routing, Kind kind, long limit, int mostFiles, ByteBudget budget) {
        this.request = routing.request();
        this.kind = kind;
        this.limit = limit;
        this.mostFiles = mostFiles;
        this.budget = budget;
        // the bytes live until the answer is out, or the connection is gone
        routing.addEndHandler(ignored -> budget.giveBack(reserved));
    }

    Future<List<Upload>> start(boolean expectsContinue) {
        request.exceptionHandler(this::broken);
        request.endHandler(ignored -> end());
        request.handler(this::chunk);
        if (declaredLength() > limit + (kind == Kind.MULTIPART ? MULTIPART_FRAMING : 0)) {
            refuse(ProblemCode.BODY_TOO_LARGE);
        } else {
            if (kind == Kind.RAW) {
                files.add(new Part(Upload.cleaned("")));
            } else {
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
            files.forEach(part -> part.pieces.clear());
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
            keep(files.getFirst(), chunk);
        } else if (seen > limit + MULTIPART_FRAMING) {
            refuse(ProblemCode.BODY_TOO_LARGE);
        }
    }

    private void file(HttpServerFileUpload upload) {
        upload.exceptionHandler(this::broken);
        if (kind == Kind.FORM
                || settled
                || files.size() == mostFiles
                || !upload.name().equals("file")) {
            upload.handler(ignored -> {});
            refuse(ProblemCode.BODY_MALFORMED);
            return;
        }
        var part = new Part(Upload.cleaned(upload.filename() == null ? "" : upload.filename()));
        files.add(part);
        upload.handler(chunk -> keep(part, chunk));
        upload.endHandler(ignored -> part.ended = true);
    }

    private void keep(Part part, Buffer chunk) {
        if (settled) {
            return;
        }
        if (kept + chunk.length() > limit) {
            refuse(ProblemCode.BODY_TOO_LARGE);
        } else if (!budget.take(chunk.length())) {
            refuse(Problem.of(ProblemCode.BUSY).after(2));
        } else {
            reserved += chunk.length();
            kept += chunk.length();
            part.pieces.add(chunk.getBytes());
        }
    }

    private void end() {
        if (kind == Kind.MULTIPART && files.stream().anyMatch(part -> !part.ended)) {
            refuse(ProblemCode.BODY_TRUNCATED);
        } else if (kind == Kind.MULTIPART && files.isEmpty()) {
            refuse(seen == 0 ? ProblemCode.BODY_EMPTY : ProblemCode.BODY_MALFORMED);
        } else if (kind != Kind.FORM && files.stream().anyMatch(part -> part.pieces.isEmpty())) {
            refuse(ProblemCode.BODY_EMPTY);
        }
        if (!settled) {
            settled = true;
            outcome.complete(files.stream().map(Part::whole).toList());
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
