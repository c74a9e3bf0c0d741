package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/// A PostgreSQL of a test's own, with settings that the embedded one has no use for: archives, standbys.
final class TestCluster implements AutoCloseable {
    private static final String PASSWORD = "of-a-test";

    private final Path programs;
    private final Path data;
    private final int port;

    private TestCluster(Path programs, Path data, int port) {
        this.programs = programs;
        this.data = data;
        this.port = port;
    }

    /// Of the embedded PostgreSQL, which has no `pg_basebackup`.
    static Path embedded() throws IOException {
        var pid = Files.readAllLines(TestPostgres.log().resolveSibling("data/postmaster.pid"))
                .getFirst();
        return Objects.requireNonNull(Path.of("/proc", pid, "exe").toRealPath().getParent());
    }

    /// Of an installed one, as Debian packages it.
    static List<Path> installed() throws IOException {
        var versions = Path.of("/usr/lib/postgresql");
        if (!Files.isDirectory(versions)) {
            return List.of();
        }
        try (var found = Files.list(versions)) {
            return found.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.exists(bin.resolve("pg_basebackup")) && Files.exists(bin.resolve("initdb")))
                    .toList();
        }
    }

    static TestCluster make(Path programs, Path data, String settings) throws IOException, InterruptedException {
        var password = Files.writeString(data.resolveSibling(data.getFileName() + ".password"), PASSWORD);
        var cluster = new TestCluster(programs, data, freePort());
        cluster.run(
                "initdb",
                "--pgdata=" + data,
                "--username=" + EmbeddedServer.USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C");
        cluster.start(settings);
        return cluster;
    }

    /// Starts a copy of a data directory.
    ///
    /// @param signal `recovery.signal` or `standby.signal`
    static TestCluster of(Path programs, Path copy, String signal, String settings)
            throws IOException, InterruptedException {
        Files.createFile(copy.resolve(signal));
        var cluster = new TestCluster(programs, copy, freePort());
        cluster.start(settings);
        return cluster;
    }

    void start(String settings) throws IOException, InterruptedException {
        Files.writeString(
                data.resolve("postgresql.conf"),
                "\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = ''\nport = " + port + "\n" + settings,
                StandardOpenOption.APPEND);
        run("pg_ctl", "-D", data.toString(), "-l", data + ".log", "-w", "start");
    }

    void stop(String mode) throws IOException, InterruptedException {
        run("pg_ctl", "-D", data.toString(), "-m", mode, "-w", "stop");
    }

    /// What a standby needs to stream from here.
    String connection() {
        return "host=127.0.0.1 port=" + port + " user=" + EmbeddedServer.USER + " password=" + PASSWORD;
    }

    TestPostgres.Address address() {
        return new TestPostgres.Address("jdbc:postgresql://127.0.0.1:" + port + "/postgres", PASSWORD);
    }

    /// A base backup: with `pg_basebackup` where there is one, else by the steps of the manual for whoever has
    /// only SQL and `cp` ("Making a Base Backup Using the Low Level API").
    Path baseBackup(Path target) throws IOException, InterruptedException, SQLException {
        if (Files.exists(programs.resolve("pg_basebackup"))) {
            run("pg_basebackup", "-D", target.toString(), "-c", "fast", "-X", "none", "-d", connection());
            return target;
        }
        try (var connection = DriverManager.getConnection(address().url(), EmbeddedServer.USER, PASSWORD);
                var statement = connection.createStatement()) {
            statement.execute("SELECT pg_backup_start('test', true)");
            copy(target);
            try (var row = statement.executeQuery("SELECT labelfile FROM pg_backup_stop(false)")) {
                row.next();
                Files.writeString(target.resolve("backup_label"), row.getString("labelfile"));
            }
        }
        return target;
    }

    private void copy(Path target) throws IOException {
        try (var paths = Files.walk(data)) {
            for (var path : (Iterable<Path>) paths::iterator) {
                var name = data.relativize(path);
                var log = name.startsWith("pg_wal") && name.getNameCount() > 1 && !name.endsWith("archive_status");
                if (log || name.toString().startsWith("postmaster.")) {
                    continue;
                }
                try {
                    Files.copy(path, target.resolve(name), java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
                } catch (java.nio.file.NoSuchFileException gone) {
                    // files go while the server works: its log brings back what they were
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private void run(String program, String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<String>();
        if ("root".equals(System.getProperty("user.name"))) {
            command.addAll(List.of("unshare", "--user"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        var output = Path.of(data + ".out");
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(output.toFile()))
                .start();
        process.getOutputStream().close();
        if (!process.waitFor(90, TimeUnit.SECONDS) || process.exitValue() != 0) {
            var log = Path.of(data + ".log");
            throw new IllegalStateException(program + ": " + Files.readString(output, UTF_8)
                    + (Files.exists(log) ? Files.readString(log) : ""));
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() throws IOException {
        if (Files.exists(data.resolve("postmaster.pid"))) {
            try {
                stop("immediate");
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
