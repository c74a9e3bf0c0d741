package org.yinzheng.registry.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.signing.Failure;

/// The way to PostgreSQL: an embedded one, or any from version 15 on. Opening it brings the schema up to date.
/// A database that goes away is [Failure.NotDone] to callers and comes back by itself.
public final class Database implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Database.class);
    private static final int OLDEST = 150_000;
    private static final int CONNECTIONS = 20;

    private final @Nullable EmbeddedServer server;
    private final HikariDataSource pool;
    private final PGSimpleDataSource source;
    private volatile @Nullable RowMacs macs;
    private volatile @Nullable Standby standby;

    private Database(@Nullable EmbeddedServer server, PGSimpleDataSource source, int connections) {
        this.server = server;
        this.source = source;
        this.pool = pool(source, connections);
    }

    private static HikariDataSource pool(PGSimpleDataSource source, int connections) {
        var config = new HikariConfig();
        config.setPoolName("yinzheng");
        config.setDataSource(source);
        config.setMaximumPoolSize(connections);
        // of one size: a pool that has to grow while eight issues begin at once keeps one of them waiting too long
        config.setMinimumIdle(connections);
        config.setAutoCommit(false);
        config.setConnectionTimeout(5_000);
        config.setValidationTimeout(1_000);
        config.setMaxLifetime(600_000);
        config.setInitializationFailTimeout(-1);
        return new HikariDataSource(config);
    }

    /// PostgreSQL in a directory, its programs in the user's cache folder.
    public static Database embedded(Path directory) {
        var server = EmbeddedServer.open(directory, cache());
        try {
            var source = source("jdbc:postgresql://127.0.0.1:" + server.port() + "/postgres");
            source.setUser(EmbeddedServer.USER);
            source.setPassword(server.password());
            return open(server, source, CONNECTIONS);
        } catch (RuntimeException e) {
            server.close();
            throw e;
        }
    }

    /// Another PostgreSQL.
    ///
    /// @param jdbcUrl `jdbc:postgresql://host/database?…`, without a password
    public static Database at(String jdbcUrl, String user, String password) {
        var source = source(jdbcUrl);
        source.setUser(user);
        source.setPassword(password);
        return open(null, source, CONNECTIONS);
    }

    private static Database open(@Nullable EmbeddedServer server, PGSimpleDataSource source, int connections) {
        checkVersion(source);
        migrate(source);
        return new Database(server, source, connections);
    }

    /// From now on a streaming standby answers lookups, with the same user and password, while it has what this
    /// database had `mostLag` ago. Whatever must be true at this moment is still asked here.
    public void lookUpAt(String jdbcUrl, Duration mostLag) {
        var other = source(jdbcUrl);
        other.setUser(source.getUser());
        other.setPassword(source.getPassword());
        standby = new Standby(this, pool(other, CONNECTIONS), mostLag);
    }

    /// From now on every row that carries rights gets its MAC with the commit that writes it. What an older
    /// version wrote is sealed now, once.
    public void sealRows(Vault vault) {
        var sealing = new RowMacs(vault);
        transaction(on -> RowMacsIntroduction.introduce(on, sealing));
        macs = sealing;
    }

    /// Whether a query gets an answer now.
    public boolean ready() {
        try (var connection = connection();
                var statement = connection.prepareStatement("SELECT 1")) {
            return statement.execute();
        } catch (SQLException | Failure.NotDone away) {
            return false;
        }
    }

    /// Where PostgreSQL listens, for people who look after it; no password.
    public String address() {
        return source.getServerNames()[0] + ":" + source.getPortNumbers()[0] + "/" + source.getDatabaseName();
    }

    @Override
    public void close() {
        var lookups = standby;
        if (lookups != null) {
            lookups.close();
        }
        pool.close();
        if (server != null) {
            server.close();
        }
    }

    /// Does `work` in one transaction.
    ///
    /// @throws Failure.NotDone nothing happened
    /// @throws Failure.Unknown the commit's answer was lost
    <T extends @Nullable Object> T transaction(Work<T> work) {
        var connection = connection();
        try (connection) {
            return transaction(connection, work);
        } catch (SQLException e) {
            // closing failed: what is committed stays so, and the pool drops the connection
            throw SqlFailures.beforeCommit(e);
        }
    }

    /// As [#transaction(Work)], on a connection that the caller keeps.
    <T extends @Nullable Object> T transaction(Connection connection, Work<T> work) {
        T result;
        try {
            result = work.on(connection);
            var sealing = macs;
            if (sealing != null) {
                sealing.seal(connection);
            }
        } catch (SQLException e) {
            rollback(connection, e);
            throw SqlFailures.beforeCommit(e);
        } catch (RuntimeException e) {
            rollback(connection, e);
            throw e;
        }
        try {
            connection.commit();
        } catch (SQLException e) {
            throw SqlFailures.atCommit(e);
        }
        return result;
    }

    /// Asks and changes nothing, or nothing that a transaction governs (sequences, session locks). Once there
    /// is an answer it stands: there is no commit to lose.
    ///
    /// @throws Failure.NotDone there is no answer
    <T extends @Nullable Object> T reading(Work<T> work) {
        var connection = connection();
        try (connection) {
            return reading(connection, work);
        } catch (SQLException closing) {
            throw SqlFailures.beforeCommit(closing);
        }
    }

    /// As [#reading(Work)], by the standby when there is one that has the answer.
    <T> Optional<T> lookup(Work<Optional<T>> work) {
        var lookups = standby;
        var answer = lookups == null ? Optional.<T>empty() : lookups.answer(work);
        return answer.isPresent() ? answer : reading(work);
    }

    /// Whether lookups are answered by a standby now.
    boolean looksUpAtStandby() {
        var lookups = standby;
        return lookups != null && lookups.fresh();
    }

    /// As [#reading(Work)], on a connection that the caller keeps.
    static <T extends @Nullable Object> T reading(Connection connection, Work<T> work) {
        T result;
        try {
            result = work.on(connection);
        } catch (SQLException e) {
            rollback(connection, e);
            throw SqlFailures.beforeCommit(e);
        } catch (RuntimeException e) {
            rollback(connection, e);
            throw e;
        }
        try {
            connection.rollback();
        } catch (SQLException lost) {
            LOG.debug("the connection went after its answer", lost);
        }
        return result;
    }

    /// From the pool, without auto-commit.
    Connection connection() {
        try {
            return pool.getConnection();
        } catch (SQLException | HikariPool.PoolInitializationException e) {
            revive();
            throw new Failure.NotDone("the database is not available", e);
        }
    }

    /// Closes a connection for good instead of giving it back.
    void discard(Connection connection) {
        pool.evictConnection(connection);
    }

    @FunctionalInterface
    interface Work<T extends @Nullable Object> {
        T on(Connection connection) throws SQLException;
    }

    private void revive() {
        if (server != null) {
            server.revive();
            source.setPortNumbers(new int[] {server.port()});
        }
    }

    private static void rollback(Connection connection, Exception because) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            because.addSuppressed(e);
        }
    }

    private static PGSimpleDataSource source(String jdbcUrl) {
        var source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        source.setConnectTimeout(3);
        source.setSocketTimeout(30);
        source.setTcpKeepAlive(true);
        source.setApplicationName("yinzheng");
        // values of rows stay out of exceptions, and so out of logs
        source.setLogServerErrorDetail(false);
        // one plan for all keys: over partitions, planning a lookup takes four times as long as the lookup;
        // the last three: a client that vanished with its machine gives up its locks within half a minute
        source.setOptions("-c statement_timeout=20s -c lock_timeout=5s -c TimeZone=UTC"
                + " -c plan_cache_mode=force_generic_plan"
                + " -c idle_in_transaction_session_timeout=60s -c tcp_keepalives_idle=10"
                + " -c tcp_keepalives_interval=5 -c tcp_keepalives_count=4");
        return source;
    }

    private static void checkVersion(PGSimpleDataSource source) {
        try (var connection = source.getConnection();
                var statement = connection.prepareStatement("SHOW server_version_num");
                var row = statement.executeQuery()) {
            row.next();
            int version = Integer.parseInt(row.getString(1));
            if (version < OLDEST) {
                throw new Failure.NotDone(
                        "PostgreSQL 15 or later is needed, this one is " + version / 10_000 + "." + version % 10_000,
                        null);
            }
        } catch (SQLException e) {
            throw new Failure.NotDone("the database is not available (SQLSTATE " + e.getSQLState() + ")", e);
        }
    }

    private static void migrate(PGSimpleDataSource source) {
        try {
            Flyway.configure()
                    .dataSource(source)
                    .locations("classpath:db/migration")
                    .cleanDisabled(true)
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw new Failure.NotDone("the database's schema could not be brought up to date", e);
        }
    }

    private static Path cache() {
        var configured = System.getenv("XDG_CACHE_HOME");
        var base = configured == null || configured.isBlank()
                ? Path.of(System.getProperty("user.home"), ".cache")
                : Path.of(configured);
        return base.resolve("yinzheng").resolve("postgres");
    }
}
