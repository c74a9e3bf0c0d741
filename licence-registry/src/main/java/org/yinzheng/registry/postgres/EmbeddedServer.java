package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.signing.Failure;

/// A PostgreSQL of our own in a directory: real binaries, durable settings, a password, 127.0.0.1 only.
///
/// We drive `initdb` and `pg_ctl` ourselves: zonky's own starter stops PostgreSQL from a shutdown hook, while issues
/// in flight still want their commit, lets anyone in without a password, and starts with `fsync=off`.
/// The postmaster outlives a killed JVM; the next user of the directory joins it, and the last one stops it.
final class EmbeddedServer implements AutoCloseable {
    static final String USER = "yinzheng";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedServer.class);
    private static final long PATIENCE_SECONDS = 60;
    private static final String SETTINGS = """
            # written by yinzheng at every start
            listen_addresses = '127.0.0.1'
            unix_socket_directories = ''
            fsync = on
            synchronous_commit = on
            full_page_writes = on
            max_connections = 200
            shared_buffers = 128MB
            log_destination = 'stderr'
            logging_collector = off
            log_error_verbosity = terse
            log_parameter_max_length = 0
            log_parameter_max_length_on_error = 0
            log_min_error_statement = panic
            """;

    private final Path home;
    private final Path data;
    private final Path binaries;
    private final SharedUse use;
    private volatile int port;

    private EmbeddedServer(Path home, Path binaries) throws IOException {
        this.home = home;
        this.data = home.resolve("data");
        this.binaries = binaries;
        this.use = SharedUse.of(home);
    }

    /// Starts the PostgreSQL of a directory, makes it first if there is none, or joins the one that runs there.
    static EmbeddedServer open(Path home, Path cache) {
        try {
            Files.createDirectories(home);
            var server = new EmbeddedServer(home.toAbsolutePath(), PostgresBinaries.unpack(cache));
            server.use.join(server::ensureRunning);
            return server;
        } catch (IOException e) {
            throw new Failure.NotDone("the embedded PostgreSQL could not be started: " + e.getMessage(), e);
        }
    }

    int port() {
        return port;
    }

    String password() {
        try {
            return Files.readString(home.resolve("password")).strip();
        } catch (IOException e) {
            throw new Failure.NotDone("the embedded PostgreSQL's password file cannot be read", e);
        }
    }

    /// Starts it again when it has died under us.
    void revive() {
        try {
            use.exclusively(this::ensureRunning);
        } catch (IOException e) {
            throw new Failure.NotDone("the embedded PostgreSQL could not be started again", e);
        }
    }

    /// Stops PostgreSQL when nobody else uses it.
    @Override
    public void close() {
        try {
            use.leave(() -> {
                if (isRunning()) {
                    run(List.of("pg_ctl", "-D", data.toString(), "-m", "fast", "-w", "-t", "60", "stop"));
                }
            });
        } catch (IOException e) {
            LOG.warn("the embedded PostgreSQL did not stop; the next start joins it", e);
        }
    }

    private void ensureRunning() throws IOException {
        if (!Files.isDirectory(data)) {
            create();
        }
        if (isRunning()) {
            port = recordedPort();
            return;
        }
        port = freePort();
        Files.writeString(data.resolve("yinzheng.conf"), SETTINGS + "port = " + port + "\n");
        run(List.of(
                "pg_ctl",
                "-D",
                data.toString(),
                "-l",
                home.resolve("log").toString(),
                "-w",
                "-t",
                String.valueOf(PATIENCE_SECONDS),
                "start"));
    }

    /// Made beside and moved into place: a crash leaves either a whole cluster or none.
    private void create() throws IOException {
        var partial = home.resolve("data.partial");
        run(List.of("rm", "-rf", partial.toString()));
        var password = home.resolve("password");
        var secret = new byte[24];
        new SecureRandom().nextBytes(secret);
        Files.deleteIfExists(password);
        Files.createFile(password, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(password, HexFormat.of().formatHex(secret) + "\n");
        run(List.of(
                "initdb",
                "--pgdata=" + partial,
                "--username=" + USER,
                "--pwfile=" + password,
                "--auth=scram-sha-256",
                "--encoding=UTF8",
                "--locale=C",
                "--locale-provider=builtin",
                "--builtin-locale=C.UTF-8"));
        Files.writeString(
                partial.resolve("postgresql.conf"), "\ninclude_if_exists 'yinzheng.conf'\n", StandardOpenOption.APPEND);
        Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private boolean isRunning() throws IOException {
        if (!Files.exists(data.resolve("postmaster.pid"))) {
            return false;
        }
        return exitCode(List.of("pg_ctl", "-D", data.toString(), "status")) == 0;
    }

    /// The fourth line of `postmaster.pid` (PostgreSQL source, miscadmin.h).
    private int recordedPort() throws IOException {
        var lines = Files.readAllLines(data.resolve("postmaster.pid"));
        if (lines.size() < 4) {
            throw new IOException("postmaster.pid is incomplete");
        }
        return Integer.parseInt(lines.get(3).strip());
    }

    /// The last port when it is still free, so that who knows it finds the server again.
    private int freePort() throws IOException {
        int last = port;
        if (last == 0 && Files.exists(data.resolve("yinzheng.conf"))) {
            last = Files.readAllLines(data.resolve("yinzheng.conf")).stream()
                    .filter(line -> line.startsWith("port = "))
                    .mapToInt(line -> Integer.parseInt(line.substring(7).strip()))
                    .findFirst()
                    .orElse(0);
        }
        try (var socket = new ServerSocket(last, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (java.net.BindException taken) {
            try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            }
        }
    }

    private void run(List<String> command) throws IOException {
        int exit = exitCode(command);
        if (exit != 0) {
            throw new IOException(command.getFirst() + " ended with " + exit + "; see " + home.resolve("log")
                    + (isRoot() ? " (as root it is run by `unshare --user`, which must be allowed here)" : ""));
        }
    }

    private int exitCode(List<String> command) throws IOException {
        var output = home.resolve("log").toFile();
        var builder = new ProcessBuilder(asOrdinaryUser(command))
                .directory(home.toFile())
                .redirectErrorStream(true);
        builder.redirectOutput(ProcessBuilder.Redirect.appendTo(output));
        builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
        builder.environment().put("LC_ALL", "C");
        var process = builder.start();
        process.getOutputStream().close();
        try {
            if (!process.waitFor(2 * PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new IOException(command.getFirst() + " did not end");
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + command.getFirst(), e);
        }
    }

    /// PostgreSQL refuses to run as root. In a user namespace of its own root is nobody and still owns its files.
    private List<String> asOrdinaryUser(List<String> command) {
        var whole = new ArrayList<String>();
        if (isRoot()) {
            whole.add("unshare");
            whole.add("--user");
        }
        var program = binaries.resolve("bin").resolve(command.getFirst());
        whole.add(Files.exists(program) ? program.toString() : command.getFirst());
        whole.addAll(command.subList(1, command.size()));
        return whole;
    }

    private static boolean isRoot() {
        try {
            return Files.readString(Path.of("/proc/self/status"), UTF_8)
                    .lines()
                    .anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
        } catch (IOException noProc) {
            return "root".equals(System.getProperty("user.name"));
        }
    }
}
