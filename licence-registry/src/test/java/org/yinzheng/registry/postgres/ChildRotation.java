package org.yinzheng.registry.postgres;

import java.io.IOException;
import java.nio.file.Path;
import org.yinzheng.registry.issuance.TestInstallation;

/// A JVM of its own that rotates the data keys of the tests' installation, retires the first, and dies on the way.
final class ChildRotation {
    private ChildRotation() {}

    static Process dyingAt(PostgresDataKeys.Step step, Path directory, TestPostgres.Address database)
            throws IOException {
        return ChildJvm.start(ChildRotation.class, directory, database, step.name());
    }

    static void main(String[] arguments) {
        var database = ChildJvm.database();
        var fatal = PostgresDataKeys.Step.valueOf(arguments[1]);
        try (var here = TestInstallation.open(Path.of(arguments[0]), database)) {
            var keys = new PostgresDataKeys(here.database, here.vault, here.clock, TestInstallation.ALIVE, step -> {
                if (step == fatal) {
                    ChildJvm.die();
                }
            });
            keys.rotate((done, total) -> {});
            keys.retire(1);
        }
    }
}
