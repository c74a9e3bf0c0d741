package org.yinzheng.api.verification;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.api.http.Spool;
import org.yinzheng.api.http.Upload;
import org.yinzheng.api.problem.Problem;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.registry.licence.HolderKey;
import org.yinzheng.registry.verification.StoredVerification;
import org.yinzheng.registry.verification.VerificationId;
import org.yinzheng.registry.verification.Verifications;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Verifications that are answered later. The documents lie in a folder of this node, one of its own for each
/// verification, and the promise in the registry; both are there before the promise is given, and the folder goes when
/// it is kept. So a start finds in the folders what a crash left, and finishes it.
public final class Jobs {
    private static final Logger LOG = LoggerFactory.getLogger(Jobs.class);
    private static final int MOST_WAITING = 64;
    private static final int RETRY_SECONDS = 10;

    private final Examiner examiner;
    private final Verifications kept;
    private final Path folder;
    private final ThreadPoolExecutor workers;
    private volatile boolean stopping;

    /// @param folder of this node alone
    public Jobs(Examiner examiner, Verifications kept, Path folder, int workers) {
        this.examiner = examiner;
        this.kept = kept;
        this.folder = folder;
        this.workers = new ThreadPoolExecutor(
                workers,
                workers,
                0,
                TimeUnit.SECONDS,
                new ArrayBlockingQueue<>(MOST_WAITING),
                Thread.ofPlatform().name("verification-", 0).factory());
    }

    /// Finishes what an earlier run left. Called once, before anything is accepted.
    public void resume() {
        for (var place : places()) {
            try {
                var id = new VerificationId(place.getFileName().toString());
                if (kept.find(id)
                        .filter(one -> one.state() == StoredVerification.State.PENDING)
                        .isPresent()) {
                    LOG.info("a verification that was interrupted is taken up again");
                    workers.execute(() -> work(id));
                } else {
                    Spool.delete(place); // given up before it was promised, or finished just before the end
                }
            } catch (InvalidInput notOurs) {
                LOG.warn("not a verification: {}", place);
            } catch (Failure.NotDone | RejectedExecutionException later) {
                LOG.warn("left for the next start: {}", later.getMessage());
            }
        }
    }

    private List<Path> places() {
        try {
            Files.createDirectories(folder);
            try (Stream<Path> inside = Files.list(folder)) {
                return inside.filter(Files::isDirectory).toList();
            }
        } catch (IOException e) {
            throw new Failure.NotDone("the folder of waiting verifications cannot be used: " + folder, e);
        }
    }

    /// @throws Refused `busy`
    /// @throws Failure.NotDone nothing is promised
    StoredVerification accept(Question question) {
        if (stopping || workers.getQueue().remainingCapacity() == 0) {
            throw busy();
        }
        var id = VerificationId.random();
        var place = folder.resolve(id.value());
        try {
            // A crash here leaves files that no promise names: deleted at the next start.
            var request = write(question, place);
            // A crash after this commit leaves both: finished at the next start.
            var accepted = kept.accept(id, request);
            workers.execute(() -> work(id));
            return accepted;
        } catch (IOException e) {
            Spool.delete(place);
            throw new Failure.NotDone("the document cannot be kept until it is judged", e);
        } catch (RejectedExecutionException full) {
            kept.breakOff(id);
            Spool.delete(place);
            throw busy();
        } catch (Failure.NotDone e) {
            Spool.delete(place);
            throw e;
        }
    }

    private static Refused busy() {
        return new Refused(Problem.of(ProblemCode.BUSY).after(RETRY_SECONDS));
    }

    private void work(VerificationId id) {
        if (stopping) {
            return; // it stays promised, and its files stay
        }
        var place = folder.resolve(id.value());
        try {
            var request = kept.begin(id);
            if (request.isPresent()) {
                var question = read(request.get(), place);
                if (question.isPresent()) {
                    kept.finish(id, patiently(question.get()));
                } else {
                    kept.breakOff(id);
                }
            }
            Spool.delete(place);
        } catch (Failure away) {
            LOG.warn("a verification is left for the next start: {}", away.getMessage());
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (Refused refused) {
            if (!stopping) { // else it stays promised, as if it had not begun
                kept.breakOff(id);
                Spool.delete(place);
            }
        } catch (Exception | StackOverflowError | OutOfMemoryError bug) {
            LOG.error("a verification broke off", bug);
            kept.breakOff(id);
            Spool.delete(place);
        }
    }

    /// Those who wait for their answer at the window go first.
    private ObjectNode patiently(Question question) throws Exception {
        while (true) {
            try {
                return examiner.examine(question);
            } catch (Refused refused) {
                if (stopping || !refused.problem().code().equals(ProblemCode.BUSY.wireName())) {
                    throw refused;
                }
            }
        }
    }

    /// What is under way ends; what waits stays for the next start.
    public void stop(Duration wait) throws InterruptedException {
        stopping = true;
        workers.shutdown();
        if (!workers.awaitTermination(wait.toMillis(), TimeUnit.MILLISECONDS)) {
            LOG.warn("stopped with a verification under way; it is taken up at the next start");
        }
    }

    private static ObjectNode write(Question question, Path place) throws IOException {
        Files.createDirectories(place);
        var request = JsonNodeFactory.instance.objectNode();
        var files = request.putArray("files");
        if (!(question.subject() instanceof Question.Subject.Documents documents)) {
            throw new IllegalArgumentException("only documents wait");
        }
        for (var file : documents.files()) {
            try (var channel = FileChannel.open(
                    place.resolve(String.valueOf(files.size())),
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.WRITE)) {
                var bytes = java.nio.ByteBuffer.wrap(file.bytes().toByteArray());
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            }
            files.addObject()
                    .put("name", file.name())
                    .put("sha256", file.bytes().sha256().hex());
        }
        question.holder()
                .ifPresent(holder -> request.put("holder", holder.digest().hex()));
        question.purpose().ifPresent(purpose -> request.put("purpose", purpose));
        question.at().ifPresent(at -> request.put("at", at.toString()));
        question.asker().ifPresent(asker -> request.put("asker", asker));
        return request;
    }

    /// @return empty when the files are not those that were accepted
    private static Optional<Question> read(JsonNode request, Path place) throws IOException {
        var files = new ArrayList<Upload>();
        for (var entry : request.path("files")) {
            var file = place.resolve(String.valueOf(files.size()));
            if (!Files.exists(file)) {
                return Optional.empty();
            }
            var bytes = DocumentBytes.owning(Files.readAllBytes(file));
            if (!bytes.sha256().hex().equals(entry.path("sha256").asText())) {
                return Optional.empty();
            }
            files.add(new Upload(entry.path("name").asText(), bytes));
        }
        return Optional.of(new Question(
                new Question.Subject.Documents(files),
                text(request, "holder").map(hex -> new HolderKey(new Digest(hex))),
                text(request, "purpose"),
                text(request, "at").map(Instant::parse),
                text(request, "asker")));
    }

    private static Optional<String> text(JsonNode request, String member) {
        return Optional.ofNullable(request.path(member).textValue());
    }
}
