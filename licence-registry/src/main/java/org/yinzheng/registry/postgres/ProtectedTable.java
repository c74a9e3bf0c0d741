package org.yinzheng.registry.postgres;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// A table whose rows have MACs (see `V20__row_macs.sql`), and how to say one of its rows.
///
/// @param place the column that the table is partitioned on
/// @param key the other columns of the primary key, and their types
record ProtectedTable(String name, Optional<Column> place, List<Column> key) {
    record Column(String name, String type) {}

    /// Of a row `t`: what its MAC is over.
    static final String CONTENT = "jsonb_strip_nulls(to_jsonb(t) - 'mac' - 'home_key')::text AS content, t.mac";

    static final List<ProtectedTable> ALL = List.of(
            partitioned("holder_key", "holder_key", "bytea", "holder_key", "bytea"),
            partitioned("issuance_intent", "idempotency_key", "text", "intent_id", "bigint"),
            partitioned("licence", "holder_key", "bytea", "licence_id", "text"),
            partitioned("licence_holder", "home_key", "bytea", "licence_id", "text", "position", "integer"),
            partitioned("rendition", "home_key", "bytea", "licence_id", "text", "format", "text"),
            partitioned("licence_transition", "home_key", "bytea", "licence_id", "text", "transition_id", "bigint"),
            of("licence_part", "licence_id", "text", "position", "integer"),
            of("annotated_copy", "copy_id", "uuid"),
            of("role_grant", "grant_id", "uuid"),
            of("erasure_order", "order_id", "uuid"),
            of("authority_merger", "from_code", "text"),
            of("dispute", "dispute_id", "uuid"),
            of("webhook", "webhook_id", "uuid"),
            of("seal", "seal_id", "text"),
            of("seal_round", "seal_id", "text", "round", "integer"),
            of("seal_step", "seal_id", "text", "seal_version", "bigint"),
            of("seal_signer", "seal_id", "text", "round", "integer", "suite", "text"),
            of("seal_use", "use_id", "uuid"),
            of("stamping_batch", "batch_id", "uuid"));

    static Optional<ProtectedTable> named(String name) {
        return ALL.stream().filter(table -> table.name.equals(name)).findFirst();
    }

    private static ProtectedTable of(String name, String... key) {
        return new ProtectedTable(name, Optional.empty(), columns(key));
    }

    private static ProtectedTable partitioned(String name, String place, String type, String... key) {
        return new ProtectedTable(name, Optional.of(new Column(place, type)), columns(key));
    }

    private static List<Column> columns(String... key) {
        var columns = new ArrayList<Column>();
        for (int i = 0; i < key.length; i += 2) {
            columns.add(new Column(key[i], key[i + 1]));
        }
        return List.copyOf(columns);
    }

    /// Where each row is, its name for people, and what the MAC is over. Columns that are null are left out: a
    /// column added later changes no MAC of rows that have nothing in it. So is the home, which the licence
    /// tells.
    String rows() {
        return "SELECT " + json(Stream.concat(place.stream(), key.stream())) + " AS key, " + json(key.stream())
                + " AS name, " + CONTENT + " FROM " + name + " t";
    }

    private static String json(Stream<Column> columns) {
        return columns.map(column -> "'" + column.name() + "', t." + column.name())
                .collect(Collectors.joining(", ", "jsonb_build_object(", ")::text"));
    }

    /// Parameters: keys, as JSON objects; their rows' MACs; in a partitioned table the place that all of them
    /// have.
    String seal() {
        var sameKey = key.stream()
                .map(column -> "t." + column.name() + " = (k.key ->> '" + column.name() + "')::" + column.type());
        var samePlace = place.stream().map(column -> "t." + column.name() + " = ?::" + column.type());
        return "UPDATE " + name
                + " t SET mac = k.mac FROM unnest(?::text[]::jsonb[], ?::bytea[]) AS k (key, mac) WHERE "
                + Stream.concat(sameKey, samePlace).collect(Collectors.joining(" AND "));
    }
}
