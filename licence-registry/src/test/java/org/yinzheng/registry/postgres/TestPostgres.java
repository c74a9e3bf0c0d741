package org.yinzheng.registry.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;

/// One PostgreSQL for each JVM of tests, and a database of its own for whoever asks.
public final class TestPostgres {
    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final Path HOME = directory();
    private static final Database SERVER = start();

    private TestPostgres() {}

    /// Where a database is, so that another JVM can open it too.
    public record Address(String url, String password) {
        public Database open() {
            return Database.at(url, EmbeddedServer.USER, password);
        }

        /// As the tables' owner, whom nothing of the product restrains.
        Connection connect() throws SQLException {
            return DriverManager.getConnection(url, EmbeddedServer.USER, password);
        }

        /// As their owner too, and no trigger sees it.
        void change(String sql) throws SQLException {
            try (var connection = connect();
                    var statement = connection.createStatement()) {
                statement.execute("SET session_replication_role = replica");
                statement.execute(sql);
            }
        }
    }

    public static Address fresh() {
        var name = "test" + COUNT.incrementAndGet();
        try (var connection = SERVER.connection()) {
            connection.setAutoCommit(true);
            try (var statement = connection.createStatement()) {
                statement.execute("CREATE DATABASE " + name);
            }
            var password = Files.readString(HOME.resolve("password")).strip();
            var server = SERVER.address().substring(0, SERVER.address().indexOf('/'));
            return new Address("jdbc:postgresql://" + server + "/" + name, password);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// What the server has written about itself.
    static Path log() {
        return HOME.resolve("log");
    }

    public static long count(Database database, String sql) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement(sql);
                    var row = statement.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    /// Everything that a dump of the table would show, as text.
    public static String dump(Database database, String table) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("SELECT t::text FROM " + table + " t");
                    var row = statement.executeQuery()) {
                var text = new StringBuilder();
                while (row.next()) {
                    text.append(row.getString(1)).append('\n');
                }
                return text.toString();
            }
        });
    }

    private static Path directory() {
        try {
            return Files.createTempDirectory("yinzheng-test-postgres");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Database start() {
        var database = Database.embedded(HOME);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            database.close();
            try (var paths = Files.walk(HOME)) {
                for (var path :
                        paths.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
        return database;
    }
}
