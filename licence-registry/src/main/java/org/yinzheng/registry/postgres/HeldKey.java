package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.signing.Failure;

/// A name that one caller holds alone, over all processes: a session-level advisory lock, which PostgreSQL gives up
/// when the connection ends. So the connection is the holder's own (PgBouncer: session pooling), and whatever is
/// committed on it was committed while the name was held.
final class HeldKey implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(HeldKey.class);
    /// Keeps our advisory locks apart from other programs'.
    private static final long LOCK_SEED = 0x59696e7a68656e67L;

    private final Database database;
    private final Connection connection;

    private HeldKey(Database database, Connection connection) {
        this.database = database;
        this.connection = connection;
    }

    /// @return empty when somebody else holds it now
    static Optional<HeldKey> take(Database database, String key) {
        var connection = database.connection();
        boolean taken = false;
        try {
            taken = Database.reading(connection, on -> lock(on, key));
            return taken ? Optional.of(new HeldKey(database, connection)) : Optional.empty();
        } finally {
            if (!taken) {
                giveBack(connection);
            }
        }
    }

    /// Takes another name on the same connection; it is given up with the first.
    ///
    /// @return false when somebody else holds it now
    boolean alsoTake(String other) {
        return Database.reading(connection, on -> lock(on, other));
    }

    Connection connection() {
        return connection;
    }

    @Override
    public void close() {
        try {
            Database.reading(connection, HeldKey::unlock);
        } catch (Failure lost) {
            // whatever is committed stays so: closing for good gives up the lock too
            LOG.debug("an advisory lock goes with its connection", lost);
            database.discard(connection);
        } finally {
            giveBack(connection);
        }
    }

    private static boolean unlock(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT pg_advisory_unlock_all()")) {
            return statement.execute();
        }
    }

    private static boolean lock(Connection connection, String key) throws SQLException {
        try (var statement =
                connection.prepareStatement("SELECT pg_try_advisory_lock(hashtextextended(?, ?)) AS done")) {
            statement.setString(1, key);
            statement.setLong(2, LOCK_SEED);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean("done");
            }
        }
    }

    private static void giveBack(Connection connection) {
        try {
            connection.close();
        } catch (SQLException e) {
            LOG.warn("a connection could not be given back to the pool, SQLSTATE {}", e.getSQLState());
        }
    }
}
