package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import org.yinzheng.registry.seals.QuotaLeases;

/// Daily quotas of seals, in PostgreSQL.
public final class PostgresQuota implements QuotaLeases {
    private final Database database;

    public PostgresQuota(Database database) {
        this.database = database;
    }

    @Override
    public Lease lease(String sealId, LocalDate day, int most) {
        return database.transaction(connection -> {
            open(connection, sealId, day);
            // the day's row puts nodes in a line
            try (var statement = connection.prepareStatement("""
                    SELECT q.leased, s.daily_quota
                      FROM seal_quota q JOIN seal s ON s.seal_id = q.seal_id
                     WHERE q.seal_id = ? AND q.day = ?
                       FOR UPDATE OF q
                    """)) {
                statement.setString(1, sealId);
                statement.setObject(2, day);
                try (var row = statement.executeQuery()) {
                    if (!row.next()) {
                        return new Lease(0, 0);
                    }
                    var leased = row.getLong("leased");
                    var quota = row.getInt("daily_quota");
                    var unlimited = row.wasNull();
                    // a quota that was lowered below what is leased leaves nothing
                    var granted = unlimited ? most : Math.clamp(quota - leased, 0, most);
                    add(connection, sealId, day, granted);
                    return new Lease(granted, quota);
                }
            }
        });
    }

    private static void open(Connection connection, String sealId, LocalDate day) throws SQLException {
        try (var statement = connection.prepareStatement("""
                INSERT INTO seal_quota (seal_id, day, leased)
                SELECT seal_id, ?, 0 FROM seal WHERE seal_id = ?
                ON CONFLICT (seal_id, day) DO NOTHING
                """)) {
            statement.setObject(1, day);
            statement.setString(2, sealId);
            statement.executeUpdate();
        }
    }

    private static void add(Connection connection, String sealId, LocalDate day, int granted) throws SQLException {
        try (var statement = connection.prepareStatement(
                "UPDATE seal_quota SET leased = leased + ? WHERE seal_id = ? AND day = ?")) {
            statement.setInt(1, granted);
            statement.setString(2, sealId);
            statement.setObject(3, day);
            statement.executeUpdate();
        }
    }
}
