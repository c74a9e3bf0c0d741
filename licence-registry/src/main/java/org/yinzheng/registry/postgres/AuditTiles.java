package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.yinzheng.registry.audit.Merkle;
import org.yinzheng.registry.audit.Tile;
import org.yinzheng.signing.Digest;

/// The tiles of the tree in their table, as one transaction sees them.
final class AuditTiles implements Merkle.Nodes {
    private static final int MOST_KEPT = 4096;

    private final Connection connection;
    private final Map<Tile, byte[]> read = new HashMap<>();

    AuditTiles(Connection connection) {
        this.connection = connection;
    }

    /// The number of leaves.
    long size() throws SQLException {
        try (var statement = connection.prepareStatement("""
                        SELECT number * 256 + octet_length(hashes) / 32 AS size
                          FROM audit_tile WHERE level = 0 ORDER BY number DESC LIMIT 1
                        """);
                var row = statement.executeQuery()) {
            return row.next() ? row.getLong("size") : 0;
        }
    }

    /// @throws IllegalStateException when a tile is not there or does not reach so far
    @Override
    public Digest node(int level, long index) {
        var tile = Tile.of(level, index);
        return tile.node(level, index, hashes(tile));
    }

    /// Empty when there is no such tile.
    byte[] hashes(Tile tile) {
        var known = read.get(tile);
        if (known != null) {
            return known;
        }
        if (read.size() > MOST_KEPT) {
            read.clear();
        }
        try (var statement =
                connection.prepareStatement("SELECT hashes FROM audit_tile WHERE level = ? AND number = ?")) {
            statement.setInt(1, tile.level());
            statement.setLong(2, tile.number());
            try (var row = statement.executeQuery()) {
                var hashes = row.next() ? row.getBytes("hashes") : new byte[0];
                read.put(tile, hashes);
                return hashes;
            }
        } catch (SQLException e) {
            throw SqlFailures.beforeCommit(e);
        }
    }

    void write(Map<Tile, byte[]> grown) throws SQLException {
        try (var statement = connection.prepareStatement("""
                INSERT INTO audit_tile (level, number, hashes) VALUES (?, ?, ?)
                ON CONFLICT (level, number) DO UPDATE SET hashes = excluded.hashes
                """)) {
            for (var entry : grown.entrySet()) {
                statement.setInt(1, entry.getKey().level());
                statement.setLong(2, entry.getKey().number());
                statement.setBytes(3, entry.getValue());
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }
}
