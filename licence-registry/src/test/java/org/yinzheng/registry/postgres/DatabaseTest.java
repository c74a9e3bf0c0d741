package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.Failure;

class DatabaseTest {
    /// One cluster for all tests, which open and close it.
    @TempDir
    static Path directory;

    @Test
    void embedded_settings_surviveALossOfPower() {
        try (var database = Database.embedded(directory)) {
            Map<String, String> settings = database.transaction(connection -> {
                var found = new TreeMap<String, String>();
                try (var statement = connection.prepareStatement(
                                "SELECT name, setting FROM pg_settings WHERE name IN ('fsync', 'synchronous_commit',"
                                        + " 'full_page_writes', 'listen_addresses', 'server_encoding')");
                        var rows = statement.executeQuery()) {
                    while (rows.next()) {
                        found.put(rows.getString("name"), rows.getString("setting"));
                    }
                }
                return found;
            });
            assertThat(settings)
                    .containsEntry("fsync", "on")
                    .containsEntry("synchronous_commit", "on")
                    .containsEntry("full_page_writes", "on")
                    .containsEntry("server_encoding", "UTF8")
                    .containsEntry("listen_addresses", "127.0.0.1");
        }
    }

    @Test
    void embedded_withoutTheRightPassword_isRefused() throws Exception {
        try (var database = Database.embedded(directory)) {
            assertThatExceptionOfType(SQLException.class)
                    .isThrownBy(() -> DriverManager.getConnection(
                                    "jdbc:postgresql://" + database.address(), EmbeddedServer.USER, "wrong")
                            .close())
                    .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("28P01"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.resolve("password"))))
                .isEqualTo("rw-------");
    }

    @Test
    void embedded_closedAndOpened_keepsWhatWasCommitted() {
        long before;
        try (var database = Database.embedded(directory)) {
            before = batches(database);
            database.transaction(connection -> {
                try (var statement = connection.prepareStatement(
                        "INSERT INTO batch (batch_id, operator, started_at) VALUES (gen_random_uuid()::text, 'o', now())")) {
                    return statement.executeUpdate();
                }
            });
        }
        assertThat(Files.exists(directory.resolve("data/postmaster.pid"))).isFalse();
        try (var database = Database.embedded(directory)) {
            assertThat(batches(database)).isEqualTo(before + 1);
        }
    }

    @Test
    void embedded_leftRunningByAKilledProcess_isJoined() throws Exception {
        long left = childThatHalts(directory);
        assertThat(ProcessHandle.of(left)).isPresent();
        try (var database = Database.embedded(directory)) {
            assertThat(database.ready()).isTrue();
            assertThat(postmaster(directory)).isEqualTo(left);
        }
        assertThat(Files.exists(directory.resolve("data/postmaster.pid"))).isFalse();
    }

    @Test
    void embedded_openedTwice_isStoppedByTheLastOnly() {
        try (var first = Database.embedded(directory)) {
            try (var second = Database.embedded(directory)) {
                assertThat(second.address()).isEqualTo(first.address());
            }
            assertThat(first.ready()).isTrue();
        }
        assertThat(Files.exists(directory.resolve("data/postmaster.pid"))).isFalse();
    }

    @Test
    void postmasterKilled_isNotDone_thenHeals() throws Exception {
        try (var database = Database.embedded(directory)) {
            long before = batches(database);
            kill(postmaster(directory));
            assertThat(goneWithin(database, Duration.ofSeconds(30))).isTrue();
            assertThat(readyWithin(database, Duration.ofSeconds(30))).isTrue();
            assertThat(batches(database)).isEqualTo(before);
        }
    }

    @Test
    void connectionLostWithinATransaction_isNotDone() {
        try (var database = Database.embedded(directory)) {
            assertThatExceptionOfType(Failure.NotDone.class)
                    .isThrownBy(() -> database.transaction(connection -> {
                        killBackend(database, connection);
                        try (var statement = connection.prepareStatement("SELECT 1")) {
                            return statement.execute();
                        }
                    }));
        }
    }

    @Test
    void connectionLostAtTheCommit_isUnknown() {
        try (var database = Database.embedded(directory)) {
            assertThatExceptionOfType(Failure.Unknown.class)
                    .isThrownBy(() -> database.transaction(connection -> {
                        try (var statement = connection.prepareStatement(
                                "INSERT INTO batch (batch_id, operator, started_at) VALUES (gen_random_uuid()::text, 'o', now())")) {
                            statement.executeUpdate();
                        }
                        killBackend(database, connection);
                        return 0;
                    }));
        }
    }

    @Test
    void brokenStatement_isABugAndNoFailure() {
        try (var database = Database.embedded(directory)) {
            assertThatExceptionOfType(IllegalStateException.class)
                    .isThrownBy(() -> database.transaction(connection -> {
                        try (var statement = connection.prepareStatement("SELECT nothing FROM nowhere")) {
                            return statement.execute();
                        }
                    }));
        }
    }

    @Test
    void nobodyListens_isNotDone() {
        assertThatExceptionOfType(Failure.NotDone.class)
                .isThrownBy(() -> Database.at("jdbc:postgresql://127.0.0.1:1/none", "nobody", "nothing")
                        .close());
    }

    /// Another JVM opens the directory and is killed.
    private static long childThatHalts(Path directory) throws IOException, InterruptedException {
        var child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Halts.class.getName(),
                        directory.toString())
                .redirectErrorStream(true)
                .redirectOutput(directory.resolve("child.log").toFile())
                .start();
        assertThat(child.waitFor()).as(directory + "/child.log").isEqualTo(137);
        return postmaster(directory);
    }

    static final class Halts {
        private Halts() {}

        @SuppressWarnings("resource") // left open on purpose: that is what is tested
        static void main(String[] arguments) {
            Database.embedded(Path.of(arguments[0])).ready();
            Runtime.getRuntime().halt(137);
        }
    }

    private static void killBackend(Database database, java.sql.Connection victim) throws SQLException {
        int pid = victim.unwrap(org.postgresql.PGConnection.class).getBackendPID();
        boolean done = database.transaction(connection -> {
            try (var statement = connection.prepareStatement("SELECT pg_terminate_backend(?, 5000) AS done")) {
                statement.setInt(1, pid);
                try (var row = statement.executeQuery()) {
                    row.next();
                    return row.getBoolean("done");
                }
            }
        });
        assertThat(done).isTrue();
    }

    private static long batches(Database database) {
        return database.reading(connection -> {
            try (var statement = connection.prepareStatement("SELECT count(*) AS n FROM batch");
                    var row = statement.executeQuery()) {
                row.next();
                return row.getLong("n");
            }
        });
    }

    static long postmaster(Path directory) throws IOException {
        return Long.parseLong(
                Files.readAllLines(directory.resolve("data/postmaster.pid")).getFirst());
    }

    static void kill(long pid) throws IOException, InterruptedException {
        assertThat(new ProcessBuilder("kill", "-9", String.valueOf(pid)).start().waitFor())
                .isZero();
    }

    /// Every failure but NotDone ends the test.
    private static boolean goneWithin(Database database, Duration patience) throws InterruptedException {
        var end = Instant.now().plus(patience);
        while (Instant.now().isBefore(end)) {
            try {
                batches(database);
                Thread.sleep(20);
            } catch (Failure.NotDone gone) {
                return true;
            }
        }
        return false;
    }

    private static boolean readyWithin(Database database, Duration patience) throws InterruptedException {
        var end = Instant.now().plus(patience);
        while (!database.ready()) {
            if (Instant.now().isAfter(end)) {
                return false;
            }
            Thread.sleep(100);
        }
        return true;
    }
}
