package org.yinzheng.api.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;

/// Each file that is made to exhaust gets an answer within what a worker is given, and the one that comes after
/// it gets its own. They do not rely on the worker's being killed: the verifier itself stays within 256 MB.
@Timeout(120)
class HostileFileTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    private static final VerifierPool POOL = new VerifierPool(2, () -> Trust.NONE);

    @BeforeAll
    static void start() {
        POOL.start();
    }

    @AfterAll
    static void stop() {
        POOL.close();
    }

    @ParameterizedTest
    @EnumSource
    void fileMadeToExhaust_isAnswered_andNeverPassed(HostileFiles file) throws IOException {
        var document = DocumentBytes.owning(file.bytes());
        assertThat(POOL.verify(document, AT).indication()).isNotEqualTo(Indication.TOTAL_PASSED);
        try (var sample = Worker.class.getResourceAsStream("sample.ofd")) {
            var genuine = DocumentBytes.owning(Objects.requireNonNull(sample).readAllBytes());
            assertThat(POOL.verify(genuine, AT).integrity()).isEqualTo(Integrity.INTACT);
        }
    }

    @Test
    @Timeout(300)
    void everyFileMadeToExhaust_inOneJvm_staysWithinItsHeap(@TempDir Path folder) throws Exception {
        var log = folder.resolve("log");
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx" + HostileRun.HEAP_MEGABYTES + "m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                HostileRun.class.getName(),
                folder.toString()));
        for (var file : HostileFiles.values()) {
            Files.write(folder.resolve(file.name()), file.bytes());
        }
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(280, TimeUnit.SECONDS)).isTrue();
            var output = Files.readString(log, UTF_8);
            assertThat(process.exitValue()).as(output).isZero();
            assertThat(output.lines().filter(line -> line.startsWith("| ")))
                    .as(output)
                    .hasSize(HostileFiles.values().length);
        } finally {
            process.destroyForcibly();
        }
    }
}
