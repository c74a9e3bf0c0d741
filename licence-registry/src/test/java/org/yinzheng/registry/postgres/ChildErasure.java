package org.yinzheng.registry.postgres;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.util.UUID;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Actor;

/// A JVM of its own that confirms the erasure of somebody in the tests' installation, and dies on the way.
final class ChildErasure {
    static final Actor SECURITY = new Actor("security-1", "security-admin");

    private ChildErasure() {}

    static Process dyingAt(
            PostgresErasures.Step step, UUID order, HolderId who, Path directory, TestPostgres.Address database)
            throws IOException {
        return ChildJvm.start(ChildErasure.class, directory, database, step.name(), order.toString(), who.value());
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
        var database = ChildJvm.database();
        var fatal = PostgresErasures.Step.valueOf(arguments[1]);
        try (var here = TestInstallation.open(Path.of(arguments[0]), database)) {
            later(here, step -> {
                        if (step == fatal) {
                            ChildJvm.die();
                        }
                    })
                    .confirm(UUID.fromString(arguments[2]), new CitizenId(arguments[3]), SECURITY);
        }
    }
}
