package org.yinzheng.registry.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// Stops an embedded PostgreSQL as a loss of power would, and starts it again, beside the program that uses it.
public final class PowerCut {
    private final Path home;
    private final Path programs;

    /// @param home of a PostgreSQL that runs
    public PowerCut(Path home) throws IOException {
        this.home = home;
        var pid = Files.readAllLines(home.resolve("data/postmaster.pid")).getFirst();
        this.programs =
                Objects.requireNonNull(Path.of("/proc", pid, "exe").toRealPath().getParent());
    }

    public void cut() throws IOException, InterruptedException {
        pgCtl("-m", "immediate", "stop");
    }

    /// The program that uses it may have been faster.
    public void restore() throws IOException, InterruptedException {
        pgCtl("-l", home.resolve("log").toString(), "start");
    }

    private void pgCtl(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.addAll(List.of(
                programs.resolve("pg_ctl").toString(),
                "-D",
                home.resolve("data").toString(),
                "-w"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        home.resolve("power-cuts.log").toFile()))
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new IllegalStateException("pg_ctl did not end");
        }
    }
}
