package org.yinzheng.registry.conversion;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.testdata.SampleStock;

/// Converts the sample stock in other JVMs, which are killed (SIGKILL) on the way, one after the other.
class ConversionCrashTest {
    private static final List<Integer> KILLED_AT = List.of(1, 9, 20, 33);

    @Test
    void killedAgainAndAgain_thenRun_everyRowHasOneLicenceOrOneReason(@TempDir Path directory) throws Exception {
        var stock = directory.resolve("stock");
        var output = directory.resolve("output");
        SampleStock.write(stock, 11, 40);
        var address = TestPostgres.fresh();
        try (var here = TestInstallation.open(directory, address.open())) {
            var bench = new ConversionBench(here, here.database);
            for (int licences : KILLED_AT) {
                var child = child(directory, address);
                try {
                    while (bench.count("issuance_intent") < licences) {
                        assertThat(child.isAlive())
                                .as("see " + directory.resolve("child.log"))
                                .isTrue();
                        Thread.sleep(2);
                    }
                } finally {
                    child.destroyForcibly();
                }
                assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            long before = bench.count("licence");
            assertThat(before).isLessThan(34);

            var report = bench.run(stock.resolve("index.csv"), stock.resolve("scans"), output);

            assertThat(report.stopped()).isEmpty();
            assertThat(List.of(report.accepted() + report.alreadyConverted(), report.rejected(), report.left()))
                    .containsExactly(34L, 6L, 0L);
            assertThat(bench.count("licence")).isEqualTo(34);
            assertThat(bench.count("issuance_intent WHERE state = 'OPEN'")).isZero();
            assertThat(bench.count("batch_item WHERE state = 'ACCEPTED'")).isEqualTo(34);
            assertThat(bench.count("batch_item WHERE state = 'REJECTED'")).isEqualTo(6);
            assertThat(bench.count("batch_item")).isEqualTo(40);
            assertThat(bench.count("(SELECT DISTINCT licence_id FROM batch_item) AS made"))
                    .isEqualTo(35); // 34 and the rejected rows' NULL
            assertThat(ConversionBench.lines(report.acceptedFile())).hasSize(34);
            assertThat(ConversionBench.lines(report.rejectedFile()))
                    .extracting(line -> Integer.parseInt(line.getFirst()))
                    .containsExactlyElementsOf(SampleStock.expectedRejections().stream()
                            .map(expected -> expected.row())
                            .toList());
            try (var files = Files.list(output.resolve("converted"))) {
                assertThat(files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")))
                        .hasSize(68);
            }
        }
    }

    private static Process child(Path directory, TestPostgres.Address database) throws IOException {
        var builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-Dsun.jnu.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                directory.toString());
        builder.environment().put("TEST_DATABASE", database.url());
        builder.environment().put("TEST_PASSWORD", database.password());
        return builder.redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("child.log").toFile()))
                .start();
    }

    static final class Child {
        private Child() {}

        static void main(String[] arguments) {
            var directory = Path.of(arguments[0]);
            var address = new TestPostgres.Address(environment("TEST_DATABASE"), environment("TEST_PASSWORD"));
            try (var here = TestInstallation.open(directory, address.open())) {
                var report = new ConversionBench(here, here.database)
                        .run(
                                directory.resolve("stock/index.csv"),
                                directory.resolve("stock/scans"),
                                directory.resolve("output"));
                System.out.println(report);
            }
        }

        private static String environment(String name) {
            return Objects.requireNonNull(System.getenv(name), name);
        }
    }
}
