package org.yinzheng.api.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.RevocationData;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verification.DocumentVerifier;

/// The process in which strangers' documents are judged, one after another, until the service that started it closes
/// the pipe. Messages stand in [Frame].
public final class Worker {
    /// A document's own header: seconds and nanoseconds of the validation time.
    static final int TIME_BYTES = Long.BYTES + Integer.BYTES;

    private static final long STACK_BYTES = 4L << 20;
    private static final int LONGEST_FAULT = 16 << 10;
    /// Only when the service that would have killed this process is gone.
    private static final long LONGEST_SECONDS = 30;

    private static final int WARM_UP_ROUNDS = 30;

    private final DataInputStream input;
    private final DataOutputStream output;
    private DocumentVerifier verifier = new DocumentVerifier(Trust.NONE);

    private Worker(DataInputStream input, DataOutputStream output) {
        this.input = input;
        this.output = output;
    }

    public static void main(String[] arguments) {
        var input = new DataInputStream(new BufferedInputStream(System.in));
        var output = new DataOutputStream(new BufferedOutputStream(new FileOutputStream(java.io.FileDescriptor.out)));
        System.setOut(System.err); // nothing but messages leaves through the pipe
        Thread.ofPlatform().name("worker").stackSize(STACK_BYTES).start(() -> {
            try {
                new Worker(input, output).run();
            } catch (EOFException e) {
                System.exit(0); // the service has gone
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private void run() throws IOException {
        warmUp();
        new Frame(Frame.Kind.READY, new byte[0]).write(output);
        try (var watch = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().factory())) {
            while (true) {
                var frame = Frame.read(input, Integer.MAX_VALUE - 16);
                switch (frame.kind()) {
                    case TRUST -> verifier = new DocumentVerifier(TrustCodec.read(frame.content(), this::ask));
                    case DOCUMENT -> {
                        ScheduledFuture<?> end =
                                watch.schedule(() -> Runtime.getRuntime().halt(1), LONGEST_SECONDS, TimeUnit.SECONDS);
                        answer(frame.content()).write(output);
                        end.cancel(false);
                    }
                    case REVOCATION, READY, ASK, REPORT, FAULT -> throw new IOException("not a message to a worker");
                }
            }
        }
    }

    private Frame answer(byte[] message) {
        var time = ByteBuffer.wrap(message);
        var at = Instant.ofEpochSecond(time.getLong(), time.getInt());
        var document = DocumentBytes.owning(Arrays.copyOfRange(message, TIME_BYTES, message.length));
        try {
            return new Frame(Frame.Kind.REPORT, ReportCodec.write(verifier.verify(document, at)));
        } catch (StackOverflowError e) {
            return new Frame(
                    Frame.Kind.REPORT,
                    ReportCodec.write(Report.undecided("UNKNOWN", "limits", "nested too deeply", Gap.TOO_COMPLEX)));
        } catch (RuntimeException bug) { // of ours: handed to the service, which tells an operator
            var text = new StringWriter();
            bug.printStackTrace(new PrintWriter(text));
            var cut = text.toString().substring(0, Math.min(text.getBuffer().length(), LONGEST_FAULT));
            return new Frame(Frame.Kind.FAULT, cut.getBytes(UTF_8));
        }
    }

    /// The service fetches, and knows from where it may.
    private RevocationData ask(X509Certificate certificate, X509Certificate issuer, Instant needed) {
        var time =
                ByteBuffer.allocate(Long.BYTES).putLong(needed.getEpochSecond()).array();
        var question = TrustCodec.writeLists(List.of(Certificates.der(certificate), Certificates.der(issuer), time));
        try {
            new Frame(Frame.Kind.ASK, question).write(output);
            return TrustCodec.readRevocationData(
                    Frame.read(input, Integer.MAX_VALUE - 16).content());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// So that the first document waits no longer than the hundredth.
    private void warmUp() throws IOException {
        var at = Instant.now();
        for (var name : List.of("sample.pdf", "sample.ofd", "sample.xml")) {
            try (var sample = Worker.class.getResourceAsStream(name)) {
                var document = DocumentBytes.owning(
                        java.util.Objects.requireNonNull(sample, name).readAllBytes());
                for (int i = 0; i < WARM_UP_ROUNDS; i++) {
                    ReportCodec.write(verifier.verify(document, at));
                }
            }
        }
    }
}
