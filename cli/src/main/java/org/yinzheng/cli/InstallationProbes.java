package org.yinzheng.cli;

import java.nio.file.Files;
import java.util.List;
import java.util.Optional;
import org.yinzheng.api.http.Readiness.Probe;

/// Whether the parts that issuing needs are there, and what to do when one is not.
final class InstallationProbes {
    private final Foundation base;

    private InstallationProbes(Foundation base) {
        this.base = base;
    }

    static List<Probe> of(Foundation base) {
        var probes = new InstallationProbes(base);
        return List.of(
                new Probe("token", probes::token),
                new Probe("database", probes::database),
                new Probe("documents", probes::documents));
    }

    private Optional<String> token() {
        return base.token().ready()
                ? Optional.empty()
                : Optional.of(base.token().status().message());
    }

    private Optional<String> database() {
        return base.database().ready()
                ? Optional.empty()
                : Optional.of("PostgreSQL does not answer at " + base.database().address() + ": see that it runs");
    }

    private Optional<String> documents() {
        var folder = DataDirectory.documents(base.root());
        return Files.isWritable(folder)
                ? Optional.empty()
                : Optional.of("the folder of documents cannot be written: " + folder);
    }
}
