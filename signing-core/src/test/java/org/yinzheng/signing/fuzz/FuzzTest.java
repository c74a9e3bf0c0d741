package org.yinzheng.signing.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verification.DocumentVerifier;

/// What campaigns began with and what they found, on every build; and a short campaign. See docs/fuzzing.md.
class FuzzTest {
    private static final int SECONDS = 15;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @MethodSource
    @Timeout(20)
    void knownInput_breaksNothing(Harness harness, String name) {
        var input = Seeds.read(harness.folder() + "/" + name);
        assertThatCode(() -> harness.run(input)).doesNotThrowAnyException();
        // cut off, and with something behind it
        for (int size = 0; size < input.length; size += 1 + input.length / 50) {
            harness.run(java.util.Arrays.copyOf(input, size));
        }
        harness.run(java.util.Arrays.copyOf(input, input.length + 3));
    }

    static Stream<Arguments> knownInput_breaksNothing() {
        return Stream.of(Harness.values()).flatMap(harness -> Seeds.of(harness.folder()).keySet().stream()
                .map(name -> Arguments.of(harness, name)));
    }

    @ParameterizedTest
    @MethodSource
    void signedSeed_passes(String name) {
        var report = new DocumentVerifier(Seeds.trust()).verify(DocumentBytes.of(Seeds.read(name)), Seeds.AT);
        assertThat(report.indication()).as(report.toString()).isEqualTo(Indication.TOTAL_PASSED);
    }

    static Stream<String> signedSeed_passes() {
        return Stream.of("pdf", "ofd", "xml", "credential", "document")
                .flatMap(harness -> Seeds.signedNames(harness).map(name -> harness + "/" + name));
    }

    @Test
    @Timeout(180)
    @SuppressWarnings("EnumOrdinal") // the first byte of an input chooses its harness
    void shortCampaign_findsNothing() throws Exception {
        var corpus = Files.createDirectory(folder.resolve("corpus"));
        for (var harness : Harness.values()) {
            for (var seed : Seeds.of(harness.folder()).entrySet()) {
                var input = new byte[seed.getValue().length + 1];
                input[0] = (byte) harness.ordinal();
                System.arraycopy(seed.getValue(), 0, input, 1, seed.getValue().length);
                Files.write(corpus.resolve(harness.folder() + "-" + seed.getKey()), input);
            }
        }
        assertThat(jazzer(EveryFuzz.class, corpus)).contains("Done ");
    }

    /// The output; fails when something was found.
    private String jazzer(Class<?> target, Path corpus) throws IOException, InterruptedException {
        var log = folder.resolve("log");
        var command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx512m",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                "com.code_intelligence.jazzer.Jazzer",
                "--target_class=" + target.getName(),
                "--instrumentation_includes=org.yinzheng.signing.**:org.apache.pdfbox.**",
                "--reproducer_path=" + folder,
                "-artifact_prefix=" + folder + "/",
                "-max_total_time=" + SECONDS,
                "-timeout=60",
                corpus.toString()));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            assertThat(process.waitFor(170, TimeUnit.SECONDS)).isTrue();
            var output = Files.readString(log, java.nio.charset.StandardCharsets.ISO_8859_1);
            assertThat(process.exitValue()).as(output).isZero();
            return output;
        } finally {
            process.destroyForcibly();
        }
    }
}
