package org.yinzheng.registry.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.signing.Failure;

/// A streaming standby that answers lookups, while it is known to have everything that the primary had a moment
/// ago. How far the primary is, and how far the standby has come, is asked several times within that moment.
final class Standby implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Standby.class);
    private static final int LOOKS_WITHIN_THE_LAG = 4;
    private static final int MOST_POSITIONS = 100;
    private static final long NEVER = Long.MIN_VALUE;

    private final Database primary;
    private final HikariDataSource pool;
    private final long mostLagNanos;
    private final ScheduledExecutorService looking;
    /// Where the primary was and when, newest last; older ones than the standby has reached are dropped.
    private final Deque<Position> positions = new ArrayDeque<>();
    /// The standby has what the primary had then, in [System#nanoTime]'s terms.
    private volatile long freshAt = NEVER;

    private record Position(long at, String lsn) {}

    Standby(Database primary, HikariDataSource pool, Duration mostLag) {
        this.primary = primary;
        this.pool = pool;
        this.mostLagNanos = mostLag.toNanos();
        this.looking = Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("yinzheng-standby").factory());
        var _ = looking.scheduleWithFixedDelay(
                this::look, 0, mostLag.dividedBy(LOOKS_WITHIN_THE_LAG).toMillis(), TimeUnit.MILLISECONDS);
    }

    /// @return empty when the standby lags behind, is away or has no answer: the primary is to be asked
    <T> Optional<T> answer(Database.Work<Optional<T>> work) {
        if (!fresh()) {
            return Optional.empty();
        }
        try (var connection = pool.getConnection()) {
            return Database.reading(connection, work);
        } catch (SQLException | Failure.NotDone away) {
            LOG.debug("the standby did not answer", away);
            freshAt = NEVER;
            return Optional.empty();
        }
    }

    boolean fresh() {
        long at = freshAt;
        return at != NEVER && System.nanoTime() - at <= mostLagNanos;
    }

    private void look() {
        var before = fresh();
        try {
            long now = System.nanoTime();
            positions.addLast(new Position(now, primary.reading(on -> text(on, "SELECT pg_current_wal_lsn()::text"))));
            if (positions.size() > MOST_POSITIONS) {
                positions.removeFirst();
            }
            try (var connection = pool.getConnection()) {
                Database.reading(connection, this::compare);
            }
        } catch (SQLException | RuntimeException away) {
            freshAt = NEVER;
            LOG.debug("the standby cannot be compared with the primary", away);
        }
        if (before != fresh()) {
            LOG.info("lookups are answered by {}", before ? "the primary" : "the standby");
        }
    }

    private boolean compare(Connection standby) throws SQLException {
        // a standby that was promoted replays nothing more
        var replayed = text(
                standby, "SELECT CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn()::text ELSE '0/0' END");
        while (!positions.isEmpty() && reached(standby, replayed, positions.getFirst())) {
            freshAt = positions.removeFirst().at();
        }
        return fresh();
    }

    private static boolean reached(Connection on, String replayed, Position position) throws SQLException {
        try (var statement = on.prepareStatement("SELECT ?::pg_lsn >= ?::pg_lsn AS reached")) {
            statement.setString(1, replayed);
            statement.setString(2, position.lsn());
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean("reached");
            }
        }
    }

    private static String text(Connection on, String question) throws SQLException {
        try (var statement = on.prepareStatement(question);
                var row = statement.executeQuery()) {
            row.next();
            return row.getString(1);
        }
    }

    @Override
    public void close() {
        looking.shutdownNow();
        pool.close();
    }
}
