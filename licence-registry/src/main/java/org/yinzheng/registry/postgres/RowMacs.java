package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.RowDeviation;

/// Gives rows that carry rights their MAC, and finds those that have another one. See `V20__row_macs.sql`.
final class RowMacs {
    private static final Map<String, ProtectedTable> TABLES =
            ProtectedTable.ALL.stream().collect(Collectors.toMap(ProtectedTable::name, Function.identity()));
    private static final int AT_ONCE = 1000;

    private final Vault vault;

    RowMacs(Vault vault) {
        this.vault = vault;
    }

    /// Seals what the transaction has written, as the last thing before its commit.
    void seal(Connection on) throws SQLException {
        for (var rows : written(on).entrySet()) {
            seal(on, rows.getKey(), rows.getValue());
        }
    }

    /// Seals every row of a registry that had none sealed before.
    ///
    /// @return how many
    long sealAll(Connection on) throws SQLException {
        long sealed = 0;
        for (var table : ProtectedTable.ALL) {
            var keys = new LinkedHashSet<String>();
            try (var statement = on.prepareStatement(table.rows())) {
                statement.setFetchSize(AT_ONCE);
                try (var row = statement.executeQuery()) {
                    while (row.next()) {
                        keys.add(row.getString("key"));
                        sealed++;
                        if (keys.size() == AT_ONCE) {
                            seal(on, table, keys);
                            keys.clear();
                        }
                    }
                }
            }
            seal(on, table, keys);
        }
        return sealed;
    }

    /// @return how many rows were compared
    long compare(Connection on, Consumer<RowDeviation> found) throws SQLException {
        long compared = 0;
        for (var table : ProtectedTable.ALL) {
            try (var statement = on.prepareStatement(table.rows())) {
                statement.setFetchSize(AT_ONCE);
                try (var row = statement.executeQuery()) {
                    while (row.next()) {
                        compared++;
                        var mac = row.getBytes("mac");
                        if (mac == null) {
                            found.accept(deviation(table, row.getString("key"), RowDeviation.Kind.NOT_OURS));
                        } else if (!MessageDigest.isEqual(mac, mac(table, row.getString("content")))) {
                            found.accept(deviation(table, row.getString("key"), RowDeviation.Kind.CHANGED));
                        }
                    }
                }
            }
        }
        return compared;
    }

    private static RowDeviation deviation(ProtectedTable table, String key, RowDeviation.Kind kind) {
        return new RowDeviation(table.name(), key, kind);
    }

    private void seal(Connection on, ProtectedTable table, SequencedSet<String> keys) throws SQLException {
        if (keys.isEmpty()) {
            return;
        }
        List<String> sealed = new ArrayList<>();
        List<byte[]> macs = new ArrayList<>();
        try (var statement = on.prepareStatement(table.rowsOfKeys())) {
            statement.setArray(1, on.createArrayOf("text", keys.toArray()));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    sealed.add(row.getString("key"));
                    macs.add(mac(table, row.getString("content")));
                }
            }
        }
        try (var statement = on.prepareStatement(table.seal())) {
            statement.setArray(1, on.createArrayOf("text", sealed.toArray()));
            statement.setArray(2, on.createArrayOf("bytea", macs.toArray(byte[][]::new)));
            if (statement.executeUpdate() != sealed.size()) {
                throw new IllegalStateException("rows of " + table.name() + " went while they were sealed");
            }
        }
    }

    private byte[] mac(ProtectedTable table, String content) {
        return vault.lookup("row " + table.name(), content.getBytes(UTF_8));
    }

    /// What the triggers noted: a table's name, a space, the key as JSON, in lines.
    private static Map<ProtectedTable, SequencedSet<String>> written(Connection on) throws SQLException {
        try (var statement = on.prepareStatement(
                        "SELECT coalesce(current_setting('yinzheng.rows_written', true), '') AS written");
                var row = statement.executeQuery()) {
            row.next();
            var written = new LinkedHashMap<ProtectedTable, SequencedSet<String>>();
            row.getString("written").lines().forEach(line -> {
                int space = line.indexOf(' ');
                var table = TABLES.get(line.substring(0, space));
                if (table == null) {
                    throw new IllegalStateException("a table that the program does not protect has the trigger");
                }
                written.computeIfAbsent(table, _ -> new LinkedHashSet<>()).add(line.substring(space + 1));
            });
            return written;
        }
    }
}
