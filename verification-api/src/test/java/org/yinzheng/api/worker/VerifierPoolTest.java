package org.yinzheng.api.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verification.DocumentVerifier;

/// Real processes, stopped and killed with real signals.
@Timeout(120)
class VerifierPoolTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    private static final VerifierPool POOL = new VerifierPool(2, () -> Trust.NONE);

    @AfterAll
    static void stop() {
        POOL.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"sample.pdf", "sample.ofd", "sample.xml"})
    void worker_answersAsTheVerifierItself(String name) {
        var document = sample(name);
        assertThat(POOL.verify(document, AT)).isEqualTo(new DocumentVerifier(Trust.NONE).verify(document, AT));
    }

    @Test
    void bytesThatAreNoDocument_areMalformed() {
        assertThat(POOL.verify(DocumentBytes.of("hello".getBytes(UTF_8)), AT).indication())
                .isEqualTo(Indication.MALFORMED);
    }

    @Test
    void documentLargerThanAWorkerCanHold_isToldSo() {
        assertThat(POOL.verify(DocumentBytes.owning(new byte[VerifierPool.LARGEST + 1]), AT)
                        .reasons())
                .containsExactly(Gap.TOO_LARGE);
    }

    @Test
    void workerThatHangs_isKilledAtTheDeadline_andOthersAreAnsweredMeanwhile() throws Exception {
        try (var pool = new VerifierPool(2, () -> Trust.NONE, Duration.ofSeconds(2))) {
            pool.start();
            await(() -> pool.free() == 2);
            var before = pool.pids();
            var hanging = before.iterator().next();
            signal("STOP", hanging);
            var first = verifying(pool);
            var second = verifying(pool);
            var others = CompletableFuture.anyOf(first, second);
            assertThat(others.get(30, TimeUnit.SECONDS)).isEqualTo(expected());
            for (int i = 0; i < 20; i++) {
                assertThat(pool.verify(sample("sample.pdf"), AT)).isEqualTo(expected());
            }
            assertThat(Set.of(first.get().reasons(), second.get().reasons()))
                    .as("one of the two met the worker that hangs")
                    .contains(java.util.List.of(Gap.TOO_COMPLEX));
            await(() -> pool.free() == 2);
            assertThat(pool.pids()).hasSize(2).doesNotContain(hanging);
            assertThat(ProcessHandle.of(hanging).filter(ProcessHandle::isAlive)).isEmpty();
        }
    }

    @Test
    void workerKilledInTheMiddleOfARequest_isReplaced_andTheRequestAnswered() throws Exception {
        try (var pool = new VerifierPool(1, () -> Trust.NONE, Duration.ofSeconds(60))) {
            pool.start();
            await(() -> pool.free() == 1);
            var worker = pool.pids().iterator().next();
            signal("STOP", worker);
            var answer = verifying(pool);
            await(() -> pool.free() == 0);
            signal("KILL", worker);
            assertThat(answer.get(60, TimeUnit.SECONDS)).isEqualTo(expected());
            assertThat(pool.pids()).hasSize(1).doesNotContain(worker);
        }
    }

    @Test
    void trustThatChanges_reachesTheWorkers() throws Exception {
        var trust = new AtomicReference<>(Trust.NONE);
        try (var pool = new VerifierPool(1, trust::get, Duration.ofSeconds(30))) {
            assertThat(pool.verify(sample("sample.pdf"), AT).indication()).isEqualTo(Indication.INDETERMINATE);
            trust.set(Trust.load(Path.of(Objects.requireNonNull(VerifierPoolTest.class.getResource("trust"))
                    .toURI())));
            await(() -> pool.verify(sample("sample.pdf"), AT).indication() == Indication.TOTAL_PASSED);
        }
    }

    @Test
    void workers_endWithThePool() {
        var pool = new VerifierPool(1, () -> Trust.NONE, Duration.ofSeconds(30));
        pool.start();
        await(() -> pool.free() == 1);
        var pids = pool.pids();
        pool.close();
        await(() -> pids.stream().noneMatch(pid -> ProcessHandle.of(pid).isPresent()));
    }

    @Test
    void worker_hasNoNetwork_andNothingOfTheEnvironment() throws IOException {
        POOL.start();
        await(() -> POOL.free() == 2);
        assertThat(Sandbox.takesNetwork()).as("user namespaces are there").isTrue();
        for (var pid : POOL.pids()) {
            var process = Path.of("/proc", Long.toString(pid));
            assertThat(Files.readAllLines(process.resolve("net/dev")).stream().skip(2))
                    .allMatch(line -> line.strip().startsWith("lo:"));
            assertThat(Files.readString(process.resolve("environ"))).isEqualTo("LC_ALL=C.UTF-8\0");
        }
    }

    @Test
    void wantOfMemory_endsAWorkersProcessAtOnce() throws Exception {
        var greedy = Sandbox.process(Greedy.class).start();
        assertThat(greedy.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(greedy.exitValue()).isEqualTo(3);
    }

    @Test
    void poolThatIsClosed_isNotDone() {
        var pool = new VerifierPool(1, () -> Trust.NONE, Duration.ofSeconds(30));
        pool.close();
        assertThatThrownBy(() -> pool.verify(sample("sample.pdf"), AT)).isInstanceOf(Failure.NotDone.class);
    }

    @Test
    void workerThatStarts_isWaitedFor_andAnInterruptedCallerIsNotDone() {
        try (var pool = new VerifierPool(1, () -> Trust.NONE, Duration.ofSeconds(30))) {
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> pool.verify(sample("sample.pdf"), AT)).isInstanceOf(Failure.NotDone.class);
            assertThat(Thread.interrupted()).isTrue();
        }
    }

    /// Wants more than a worker gets.
    static final class Greedy {
        private Greedy() {}

        public static void main(String[] arguments) {
            var kept = new java.util.ArrayList<byte[]>();
            while (kept.size() < 1_000) {
                kept.add(new byte[8 << 20]);
            }
        }
    }

    private static Report expected() {
        return new DocumentVerifier(Trust.NONE).verify(sample("sample.pdf"), AT);
    }

    private static CompletableFuture<Report> verifying(VerifierPool pool) {
        var answer = new CompletableFuture<Report>();
        Thread.ofVirtual().start(() -> {
            try {
                answer.complete(pool.verify(sample("sample.pdf"), AT));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        return answer;
    }

    private static DocumentBytes sample(String name) {
        try (var sample = Worker.class.getResourceAsStream(name)) {
            return DocumentBytes.owning(Objects.requireNonNull(sample).readAllBytes());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void signal(String name, long pid) throws IOException, InterruptedException {
        var kill = new ProcessBuilder("kill", "-" + name, Long.toString(pid)).start();
        assertThat(kill.waitFor()).isZero();
    }

    private static void await(BooleanSupplier condition) {
        for (int i = 0; i < 600 && !condition.getAsBoolean(); i++) {
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }
}
