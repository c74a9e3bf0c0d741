package org.yinzheng.registry.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.yinzheng.registry.issuance.TestInstallation;

/// A JVM of its own that rotates the data keys of the tests' installation, retires the first, and dies on the way.
final class ChildRotation {
    static final int DIED = 9;

    private ChildRotation() {}

    static Process dyingAt(PostgresDataKeys.Step step, Path directory, TestPostgres.Address database)
            throws IOException {
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                ChildRotation.class.getName(),
                directory.toString(),
                step.name()));
        builder.environment().put("TEST_DATABASE", database.url());
        builder.environment().put("TEST_PASSWORD", database.password());
        var log =
                ProcessBuilder.Redirect.appendTo(directory.resolve("child.log").toFile());
        return builder.redirectError(log).redirectOutput(log).start();
    }

    static void main(String[] arguments) {
        var database = new TestPostgres.Address(
                        Objects.requireNonNull(System.getenv("TEST_DATABASE")),
                        Objects.requireNonNull(System.getenv("TEST_PASSWORD")))
                .open();
        var fatal = PostgresDataKeys.Step.valueOf(arguments[1]);
        try (var here = TestInstallation.open(Path.of(arguments[0]), database)) {
            var keys = new PostgresDataKeys(here.database, here.vault, here.clock, TestInstallation.ALIVE, step -> {
                if (step == fatal) {
                    Runtime.getRuntime().halt(DIED);
                }
            });
            keys.rotate((done, total) -> {});
            keys.retire(1);
        }
    }
}
