package org.yinzheng.api.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerFileUpload;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.signing.Failure;

/// Receives documents that are too large for memory: a `multipart/form-data` body with one text part `request`
/// and files in parts named `file`, written to a folder of their own under a limit that holds while they arrive.
public final class Spool {
    /// @param request the text part `request`, as it came
    /// @param files in the order in which they were sent
    public record Received(Path folder, String request, List<Sent> files) implements AutoCloseable {
        public Received {
            files = List.copyOf(files);
        }

        /// Deletes the files.
        @Override
        public void close() {
            delete(folder);
        }
    }

    /// @param name as the sender gave it, without its folders
    public record Sent(String name, Path file) {}

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final Vertx vertx;
    private final Path folder;
    private final long limit;
    private final int mostFiles;
    private final ByteBudget budget;
    private final Duration deadline;

    /// @param folder emptied now: what is in it was left by a process that died
    /// @param limit of one request, in bytes
    /// @param budget of all requests together
    /// @param deadline for a whole body
    public Spool(Vertx vertx, Path folder, long limit, int mostFiles, ByteBudget budget, Duration deadline) {
        this.vertx = vertx;
        this.folder = folder;
        this.limit = limit;
        this.mostFiles = mostFiles;
        this.budget = budget;
        this.deadline = deadline;
        delete(folder);
        make(folder);
    }

    /// A new, empty folder, for the caller to delete.
    public Path folder() {
        var made = folder.resolve(UUID.randomUUID().toString());
        make(made);
        return made;
    }

    /// The name of a file that is not there yet, for the caller to delete.
    public Path file() {
        return folder.resolve(UUID.randomUUID().toString());
    }

    /// Whoever gets the files closes them.
    public Future<Received> receive(RoutingContext routing) {
        var arrival = new Arrival(routing);
        var timer = vertx.setTimer(deadline.toMillis(), ignored -> arrival.refuse(ProblemCode.TOO_SLOW));
        return arrival.start().onComplete(ignored -> vertx.cancelTimer(timer));
    }

    /// One body on its way in, on its request's context.
    private final class Arrival {
        private final HttpServerRequest request;
        private final Path place = folder();
        private final List<Sent> files = new ArrayList<>();
        private final List<Future<Void>> written = new ArrayList<>();
        private final Promise<Received> outcome = Promise.promise();
        private long seen;
        private boolean settled;

        Arrival(RoutingContext routing) {
            this.request = routing.request();
            routing.addEndHandler(ignored -> budget.giveBack(seen));
        }

        Future<Received> start() {
            request.exceptionHandler(lost -> refuse(ProblemCode.BODY_TRUNCATED));
            request.handler(this::chunk);
            request.endHandler(ignored -> end());
            request.setExpectMultipart(true);
            request.uploadHandler(this::file);
            request.resume();
            return outcome.future();
        }

        private void chunk(Buffer chunk) {
            if (settled) {
                return;
            }
            if (seen + chunk.length() > limit) {
                refuse(ProblemCode.BODY_TOO_LARGE);
            } else if (!budget.take(chunk.length())) {
                refuse(ProblemCode.BUSY);
            } else {
                seen += chunk.length();
            }
        }

        private void file(HttpServerFileUpload upload) {
            if (settled || files.size() == mostFiles || !upload.name().equals("file")) {
                upload.handler(ignored -> {});
                refuse(ProblemCode.BODY_MALFORMED);
                return;
            }
            var file = place.resolve(String.valueOf(files.size()));
            var name = upload.filename() == null ? "" : upload.filename();
            files.add(new Sent(Upload.cleaned(name), file));
            written.add(upload.streamToFileSystem(file.toString()).onFailure(Arrival::lost));
        }

        private static void lost(Throwable failure) {
            if (!(failure instanceof HttpClosedException)) { // the sender may go; the disk may not
                LOG.warn("an upload could not be kept", failure);
            }
        }

        private void end() {
            var text = request.formAttributes().get("request");
            Future.all(List.copyOf(written)).onComplete(all -> {
                if (text == null || files.isEmpty()) {
                    refuse(ProblemCode.BODY_MALFORMED);
                } else if (all.failed()) {
                    refuse(ProblemCode.UNAVAILABLE);
                } else if (settled) {
                    delete(place);
                } else {
                    settled = true;
                    outcome.complete(new Received(place, text, files));
                }
            });
        }

        /// Nothing more of this body is wanted: with the answer the connection ends.
        private void refuse(ProblemCode code) {
            if (!settled) {
                settled = true;
                request.response().putHeader("Connection", "close");
                outcome.fail(new Refused(code));
            }
            delete(place);
        }
    }

    private static void make(Path folder) {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw new Failure.NotDone("uploads cannot be kept: " + folder, e);
        }
    }

    /// A file, or a folder with all that is in it.
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> inside = Files.walk(folder)) {
            for (var file : inside.sorted(java.util.Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            LOG.warn("left behind: {}", folder, e);
        }
    }
}
