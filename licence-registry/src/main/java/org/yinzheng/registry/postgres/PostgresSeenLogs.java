package org.yinzheng.registry.postgres;

import java.util.Optional;
import org.yinzheng.registry.audit.Checkpoint;
import org.yinzheng.registry.witness.SeenLogs;

/// What was seen of others' logs, in PostgreSQL.
public final class PostgresSeenLogs implements SeenLogs {
    private final Database database;

    public PostgresSeenLogs(Database database) {
        this.database = database;
    }

    @Override
    public Optional<Checkpoint> latest(String origin) {
        return database.reading(connection -> {
            try (var statement = connection.prepareStatement("SELECT size, root FROM seen_log WHERE origin = ?")) {
                statement.setString(1, origin);
                try (var row = statement.executeQuery()) {
                    return row.next()
                            ? Optional.of(new Checkpoint(
                                    origin, row.getLong("size"), LicenceRows.digest(row.getBytes("root"))))
                            : Optional.empty();
                }
            }
        });
    }

    @Override
    public boolean advance(long older, Checkpoint newer) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    INSERT INTO seen_log AS known (origin, size, root) VALUES (?, ?, ?)
                    ON CONFLICT (origin) DO UPDATE SET size = excluded.size, root = excluded.root WHERE known.size = ?
                    """)) {
                statement.setString(1, newer.origin());
                statement.setLong(2, newer.size());
                statement.setBytes(3, newer.root().bytes());
                statement.setLong(4, older);
                return statement.executeUpdate() == 1;
            }
        });
    }
}
