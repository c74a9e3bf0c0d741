package org.yinzheng.registry.postgres;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// A table with columns that the registry's data key seals (see `V31__data_keys.sql`).
///
/// @param key a column that names a row, and its type
/// @param where which rows can have anything sealed
/// @param row of a row `t`: to what its sealed values are bound
/// @param columns to which name the value of each is bound
record SealedTable(String name, ProtectedTable.Column key, String where, String row, TreeMap<String, String> columns) {
    static final List<SealedTable> ALL = List.of(
            of(
                    "holder_key",
                    "holder_key",
                    "bytea",
                    "encode(t.holder_key, 'hex')",
                    Map.of("key_sealed", "holder_key.key")),
            new SealedTable(
                    "issuance_intent",
                    new ProtectedTable.Column("licence_id", "text"),
                    "t.state = 'OPEN'",
                    "t.licence_id",
                    new TreeMap<>(Map.of("request_sealed", "intent.request"))),
            of(
                    "dispute",
                    "dispute_id",
                    "uuid",
                    "t.dispute_id::text",
                    Map.of("claim_sealed", "dispute.claim", "decision_sealed", "dispute.decision")),
            of("annotated_copy", "copy_id", "uuid", "t.copy_id::text", Map.of("use_sealed", "copy.use")),
            of("seal", "seal_id", "text", "t.seal_id", Map.of("holder_sealed", "seal.holder")),
            of(
                    "stamping_batch",
                    "batch_id",
                    "uuid",
                    "t.batch_id::text",
                    Map.of("documents_sealed", "batch.documents", "outcomes_sealed", "batch.outcomes")),
            of(
                    "verification",
                    "verification_key",
                    "bytea",
                    "encode(t.verification_key, 'hex')",
                    Map.of(
                            "request_sealed",
                            "verification.request",
                            "result_sealed",
                            "verification.result",
                            "receipt_sealed",
                            "verification.receipt")));

    private static SealedTable of(String name, String key, String type, String row, Map<String, String> columns) {
        return new SealedTable(name, new ProtectedTable.Column(key, type), "true", row, new TreeMap<>(columns));
    }

    /// Before every key.
    String first() {
        return switch (key.type()) {
            case "bytea" -> "\\x";
            case "uuid" -> "00000000-0000-0000-0000-000000000000";
            default -> "";
        };
    }

    /// Locks rows with a value under an older key, in the order of their keys. Parameters: the number that is new;
    /// after which key; how many.
    String select() {
        var old = columns.keySet().stream()
                .map(column -> "sealed_under(t." + column + ") BETWEEN 1 AND n.old")
                .collect(Collectors.joining(" OR "));
        return "SELECT t.%2$s::text AS key, %4$s AS row, %5$s, %6$s FROM %1$s t, (SELECT ? - 1 AS old) n"
                        .formatted(
                                name,
                                key.name(),
                                key.type(),
                                row,
                                columns.keySet().stream()
                                        .map(column -> "t." + column)
                                        .collect(Collectors.joining(", ")),
                                ProtectedTable.named(name).isPresent()
                                        ? ProtectedTable.CONTENT
                                        : "NULL AS content, NULL::bytea AS mac")
                + " WHERE t.%1$s > ?::%2$s AND %3$s AND (%4$s)".formatted(key.name(), key.type(), where, old)
                + " ORDER BY t." + key.name() + " LIMIT ? FOR NO KEY UPDATE OF t SKIP LOCKED";
    }

    /// Parameters: the columns' values, then the key.
    String update() {
        return "UPDATE %s t SET %s WHERE t.%s = ?::%s AND %s"
                .formatted(
                        name,
                        columns.keySet().stream().map(column -> column + " = ?").collect(Collectors.joining(", ")),
                        key.name(),
                        key.type(),
                        where);
    }

    /// One row for each number: `number`, `times`.
    String count() {
        return columns.keySet().stream()
                .map(column -> "SELECT sealed_under(t.%s) AS number FROM %s t WHERE %s".formatted(column, name, where))
                .collect(Collectors.joining(
                        " UNION ALL ", "SELECT number, count(*) AS times FROM (", ") all_of_them GROUP BY number"));
    }
}
