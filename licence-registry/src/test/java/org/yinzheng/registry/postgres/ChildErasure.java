package org.yinzheng.registry.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Actor;

/// A JVM of its own that confirms the erasure of somebody in the tests' installation, and dies on the way.
final class ChildErasure {
    static final int DIED = 9;
    static final Actor SECURITY = new Actor("security-1", "security-admin");

    private ChildErasure() {}

    static Process dyingAt(
            PostgresErasures.Step step, UUID order, HolderId who, Path directory, TestPostgres.Address database)
            throws IOException {
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                ChildErasure.class.getName(),
                directory.toString(),
                step.name(),
                order.toString(),
                who.value()));
        builder.environment().put("TEST_DATABASE", database.url());
        builder.environment().put("TEST_PASSWORD", database.password());
        var log =
                ProcessBuilder.Redirect.appendTo(directory.resolve("child.log").toFile());
        return builder.redirectError(log).redirectOutput(log).start();
    }

    /// When every time of keeping is over.
    static PostgresErasures later(TestInstallation here, java.util.function.Consumer<PostgresErasures.Step> reached) {
        return new PostgresErasures(
                here.database,
                here.vault,
                here.documents,
                Period.ofYears(5),
                Clock.offset(here.clock, Duration.ofDays(5 * 366)),
                reached);
    }

    static void main(String[] arguments) {
        var database = new TestPostgres.Address(
                        Objects.requireNonNull(System.getenv("TEST_DATABASE")),
                        Objects.requireNonNull(System.getenv("TEST_PASSWORD")))
                .open();
        var fatal = PostgresErasures.Step.valueOf(arguments[1]);
        try (var here = TestInstallation.open(Path.of(arguments[0]), database)) {
            later(here, step -> {
                        if (step == fatal) {
                            Runtime.getRuntime().halt(DIED);
                        }
                    })
                    .confirm(UUID.fromString(arguments[2]), new CitizenId(arguments[3]), SECURITY);
        }
    }
}
