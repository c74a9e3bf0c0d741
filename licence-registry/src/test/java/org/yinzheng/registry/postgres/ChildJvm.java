package org.yinzheng.registry.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/// A JVM of its own that works in the tests' installation, and may die on the way.
final class ChildJvm {
    static final int DIED = 9;

    private ChildJvm() {}

    /// @param arguments of its `main`, after the folder; what it says is in `child.log` there
    static Process start(Class<?> main, Path directory, TestPostgres.Address database, String... arguments)
            throws IOException {
        var command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName(),
                directory.toString()));
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().put("TEST_DATABASE", database.url());
        builder.environment().put("TEST_PASSWORD", database.password());
        var log =
                ProcessBuilder.Redirect.appendTo(directory.resolve("child.log").toFile());
        return builder.redirectError(log).redirectOutput(log).start();
    }

    /// In the child.
    static Database database() {
        return new TestPostgres.Address(
                        Objects.requireNonNull(System.getenv("TEST_DATABASE")),
                        Objects.requireNonNull(System.getenv("TEST_PASSWORD")))
                .open();
    }

    static void die() {
        Runtime.getRuntime().halt(DIED);
    }
}
