package org.yinzheng.registry.postgres;

import java.util.List;
import java.util.stream.Collectors;

/// A table whose rows have MACs (see `V20__row_macs.sql`), and how to say one of its rows.
///
/// @param key columns of the primary key and their types
record ProtectedTable(String name, List<Column> key) {
    record Column(String name, String type) {}

    static final List<ProtectedTable> ALL = List.of(
            of("issuance_intent", "intent_id", "bigint"),
            of("licence", "licence_id", "text"),
            of("licence_part", "licence_id", "text", "position", "integer"),
            of("annotated_copy", "copy_id", "uuid"),
            of("role_grant", "grant_id", "uuid"),
            of("authority_merger", "from_code", "text"),
            of("licence_holder", "licence_id", "text", "position", "integer"),
            of("rendition", "licence_id", "text", "format", "text"),
            of("licence_transition", "transition_id", "bigint"),
            of("dispute", "dispute_id", "uuid"),
            of("webhook", "webhook_id", "uuid"),
            of("seal", "seal_id", "text"),
            of("seal_round", "seal_id", "text", "round", "integer"),
            of("seal_step", "seal_id", "text", "seal_version", "bigint"),
            of("seal_signer", "seal_id", "text", "round", "integer", "suite", "text"),
            of("seal_use", "use_id", "uuid"),
            of("stamping_batch", "batch_id", "uuid"));

    private static ProtectedTable of(String name, String... key) {
        var columns = new java.util.ArrayList<Column>();
        for (int i = 0; i < key.length; i += 2) {
            columns.add(new Column(key[i], key[i + 1]));
        }
        return new ProtectedTable(name, List.copyOf(columns));
    }

    /// The key and what the MAC is over. Columns that are null are left out: a column added later changes no MAC of
    /// rows that have nothing in it.
    String rows() {
        var parts = key.stream()
                .map(column -> "'" + column.name() + "', t." + column.name())
                .collect(Collectors.joining(", "));
        return "SELECT jsonb_build_object(" + parts + ")::text AS key,"
                + " jsonb_strip_nulls(to_jsonb(t) - 'mac')::text AS content, t.mac FROM " + name + " t";
    }

    /// The rows whose keys are the first parameter, an array of JSON objects.
    String rowsOfKeys() {
        return rows() + " JOIN unnest(?::text[]::jsonb[]) AS k (key) ON " + sameKey();
    }

    /// Parameters: keys, as JSON objects; their rows' MACs.
    String seal() {
        return "UPDATE " + name
                + " t SET mac = k.mac FROM unnest(?::text[]::jsonb[], ?::bytea[]) AS k (key, mac) WHERE " + sameKey();
    }

    private String sameKey() {
        return key.stream()
                .map(column -> "t." + column.name() + " = (k.key ->> '" + column.name() + "')::" + column.type())
                .collect(Collectors.joining(" AND "));
    }
}
