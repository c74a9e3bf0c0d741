package org.yinzheng.api.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.RevocationSource;
import org.yinzheng.signing.verdict.Report;

/// One worker, seen from the service. Used by one thread at a time.
final class WorkerProcess implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);
    private static final int MOST_QUESTIONS = 50;
    /// What `-XX:+ExitOnOutOfMemoryError` ends with.
    private static final int OUT_OF_MEMORY = 3;

    /// What came of one document.
    sealed interface Outcome {
        record Answered(Report report) implements Outcome {}

        /// A bug in a verifier; the worker lives.
        record Fault(String trace) implements Outcome {}

        /// The worker is no more.
        record Lost(Cause cause) implements Outcome {}
    }

    enum Cause {
        DEADLINE,
        MEMORY,
        /// Killed from outside, crashed, or not speaking our language.
        UNKNOWN
    }

    private final Process process;
    private final DataInputStream input;
    private final DataOutputStream output;
    private final ScheduledExecutorService timer;
    private byte[] trust = new byte[0];

    private WorkerProcess(Process process, ScheduledExecutorService timer) {
        this.process = process;
        this.timer = timer;
        this.input = new DataInputStream(new BufferedInputStream(process.getInputStream()));
        this.output = new DataOutputStream(new BufferedOutputStream(process.getOutputStream()));
    }

    /// Returns when it is warm.
    ///
    /// @param timer that kills it when it is late
    /// @throws IOException when it does not start
    /// @throws RejectedExecutionException when the timer has ended
    static WorkerProcess start(ScheduledExecutorService timer) throws IOException {
        var worker = new WorkerProcess(Sandbox.process(Worker.class).start(), timer);
        try {
            var late = timer.schedule(worker::close, START.toMillis(), TimeUnit.MILLISECONDS);
            if (Frame.read(worker.input, 0).kind() == Frame.Kind.READY && late.cancel(false)) {
                return worker;
            }
            throw new IOException("a worker did not say in time that it is ready");
        } catch (IOException | RejectedExecutionException e) {
            worker.close();
            throw e;
        }
    }

    /// @param believed whom, as [TrustCodec] writes it; handed over when it is not the same object as before
    /// @param source fetches what the worker asks for; the time that it takes is not the document's
    Outcome verify(DocumentBytes document, Instant at, byte[] believed, RevocationSource source, Duration deadline) {
        long end = System.nanoTime() + deadline.toNanos();
        var late = killAt(end);
        Outcome outcome;
        try {
            if (!Arrays.equals(believed, trust)) {
                new Frame(Frame.Kind.TRUST, believed).write(output);
                trust = believed;
            }
            new Frame(Frame.Kind.DOCUMENT, message(document, at)).write(output);
            var answer = Frame.read(input, ReportCodec.LARGEST);
            for (int asked = 0; answer.kind() == Frame.Kind.ASK && asked < MOST_QUESTIONS; asked++) {
                if (!late.cancel(false)) {
                    return new Outcome.Lost(Cause.DEADLINE);
                }
                long begun = System.nanoTime();
                var found = TrustCodec.write(fetch(answer.content(), source));
                end += System.nanoTime() - begun;
                late = killAt(end);
                new Frame(Frame.Kind.REVOCATION, found).write(output);
                answer = Frame.read(input, ReportCodec.LARGEST);
            }
            outcome = outcome(answer);
        } catch (IOException e) {
            outcome = new Outcome.Lost(Cause.UNKNOWN);
        }
        if (!late.cancel(false)) {
            return new Outcome.Lost(Cause.DEADLINE); // also when the answer came while the timer struck
        }
        if (outcome instanceof Outcome.Lost) {
            return new Outcome.Lost(exitValue() == OUT_OF_MEMORY ? Cause.MEMORY : Cause.UNKNOWN);
        }
        return outcome;
    }

    private ScheduledFuture<?> killAt(long end) {
        return timer.schedule(this::close, end - System.nanoTime(), TimeUnit.NANOSECONDS);
    }

    private static RevocationData fetch(byte[] question, RevocationSource source) throws IOException {
        var parts = TrustCodec.readLists(question, 1).getFirst();
        if (parts.size() != 3 || parts.get(2).length != Long.BYTES) {
            throw new IOException("not a question");
        }
        try {
            return source.find(
                    Certificates.parse(parts.get(0)),
                    Certificates.parse(parts.get(1)),
                    Instant.ofEpochSecond(ByteBuffer.wrap(parts.get(2)).getLong()));
        } catch (InvalidInput | DateTimeException e) {
            throw new IOException("not a question", e);
        }
    }

    long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }

    private static Outcome outcome(Frame frame) throws IOException {
        return switch (frame.kind()) {
            case REPORT -> new Outcome.Answered(ReportCodec.read(frame.content()));
            case FAULT -> new Outcome.Fault(new String(frame.content(), UTF_8));
            case TRUST, DOCUMENT, REVOCATION, READY, ASK -> throw new IOException("not an answer: " + frame.kind());
        };
    }

    private static byte[] message(DocumentBytes document, Instant at) {
        return ByteBuffer.allocate(Worker.TIME_BYTES + document.size())
                .putLong(at.getEpochSecond())
                .putInt(at.getNano())
                .put(document.toByteArray())
                .array();
    }

    /// Of a worker that ended by itself, or is ended now.
    private int exitValue() {
        try {
            if (!process.waitFor(200, TimeUnit.MILLISECONDS)) {
                close();
            }
            return process.waitFor();
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            return -1;
        }
    }
}
