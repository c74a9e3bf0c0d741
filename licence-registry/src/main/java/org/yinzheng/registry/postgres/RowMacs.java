package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.security.MessageDigest;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.RowDeviation;

/// Gives rows that carry rights their MAC, and finds those that have another one. See `V20__row_macs.sql`.
final class RowMacs {
    private static final Map<String, ProtectedTable> TABLES =
            ProtectedTable.ALL.stream().collect(Collectors.toMap(ProtectedTable::name, Function.identity()));
    private static final int AT_ONCE = 1000;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vault vault;

    RowMacs(Vault vault) {
        this.vault = vault;
    }

    /// @param key where it is: the columns of its primary key, as a JSON object
    /// @param content what its MAC is over
    private record Row(String key, String content) {}

    /// Seals what the transaction has written, as the last thing before its commit. And learns on the way which data
    /// key seals from now on.
    void seal(Connection on) throws SQLException {
        for (var rows : written(on).entrySet()) {
            seal(on, rows.getKey(), rows.getValue().values());
        }
    }

    /// Seals every row of a registry that had none sealed before.
    ///
    /// @return how many
    long sealAll(Connection on) throws SQLException {
        long sealed = 0;
        for (var table : ProtectedTable.ALL) {
            var rows = new ArrayList<Row>();
            try (var statement = on.prepareStatement(table.rows())) {
                statement.setFetchSize(AT_ONCE);
                try (var row = statement.executeQuery()) {
                    while (row.next()) {
                        rows.add(new Row(row.getString("key"), row.getString("content")));
                        sealed++;
                        if (rows.size() == AT_ONCE) {
                            seal(on, table, rows);
                            rows.clear();
                        }
                    }
                }
            }
            seal(on, table, rows);
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
                            found.accept(deviation(table, row.getString("name"), RowDeviation.Kind.NOT_OURS));
                        } else if (!isOurs(table, row.getString("content"), mac)) {
                            found.accept(deviation(table, row.getString("name"), RowDeviation.Kind.CHANGED));
                        }
                    }
                }
            }
        }
        return compared;
    }

    private static RowDeviation deviation(ProtectedTable table, String name, RowDeviation.Kind kind) {
        return new RowDeviation(table.name(), name, kind);
    }

    /// One statement for the rows of each place, all of them sent together.
    private void seal(Connection on, ProtectedTable table, Collection<Row> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        var places = rows.stream().collect(Collectors.groupingBy(row -> place(table, row)));
        try (var statement = on.prepareStatement(table.seal())) {
            for (var together : places.entrySet()) {
                var keys = together.getValue().stream().map(Row::key).toArray();
                var macs = together.getValue().stream()
                        .map(row -> mac(table, row.content()))
                        .toArray(byte[][]::new);
                statement.setArray(1, on.createArrayOf("text", keys));
                statement.setArray(2, on.createArrayOf("bytea", macs));
                if (table.place().isPresent()) {
                    statement.setString(3, together.getKey());
                }
                statement.addBatch();
            }
            if (IntStream.of(statement.executeBatch()).sum() != rows.size()) {
                throw new IllegalStateException("rows of " + table.name() + " went while they were sealed");
            }
        }
    }

    private static String place(ProtectedTable table, Row row) {
        return table.place()
                .map(column -> json(row.key()).path(column.name()).asText())
                .orElse("");
    }

    /// @param content as [ProtectedTable#CONTENT]
    boolean isOurs(ProtectedTable table, String content, byte @Nullable [] mac) {
        return mac != null && MessageDigest.isEqual(mac, mac(table, content));
    }

    private byte[] mac(ProtectedTable table, String content) {
        return vault.lookup("row " + table.name(), content.getBytes(UTF_8));
    }

    /// What the triggers noted: in each line a JSON array of a table's name, the key and the content. The last
    /// content of a row counts.
    private Map<ProtectedTable, Map<String, Row>> written(Connection on) throws SQLException {
        try (var statement = on.prepareStatement("""
                        SELECT coalesce(current_setting('yinzheng.rows_written', true), '') AS written,
                               (SELECT number FROM data_key WHERE state = 'SEALING') AS sealing
                        """);
                var row = statement.executeQuery()) {
            row.next();
            vault.keys().sealUnder(row.getInt("sealing"));
            var written = new LinkedHashMap<ProtectedTable, Map<String, Row>>();
            row.getString("written").lines().map(RowMacs::json).forEach(note -> {
                var table = TABLES.get(note.path(0).asText());
                if (table == null) {
                    throw new IllegalStateException("a table that the program does not protect has the trigger");
                }
                var key = note.path(1).toString();
                written.computeIfAbsent(table, _ -> new LinkedHashMap<>())
                        .put(key, new Row(key, note.path(2).asText()));
            });
            return written;
        }
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the trigger's note is no JSON", e);
        }
    }
}
