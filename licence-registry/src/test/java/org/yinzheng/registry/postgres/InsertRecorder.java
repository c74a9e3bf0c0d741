package org.yinzheng.registry.postgres;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;

/// A connection that keeps what the product's own code inserts, instead of sending it.
final class InsertRecorder {
    private static final Pattern INSERT = Pattern.compile(
            "\\s*INSERT INTO (\\w+) \\(([^)]*)\\)\\s+VALUES \\(([^)]*)\\).*",
            Pattern.DOTALL | Pattern.CASE_INSENSITIVE);
    private static final Map<String, Insert> INSERTS = new ConcurrentHashMap<>();

    /// @param values of each column a question mark or a literal text
    private record Insert(String table, List<String> columns, List<String> values) {
        static Insert parse(String sql) {
            var parts = INSERT.matcher(sql);
            if (!parts.matches()) {
                throw new IllegalArgumentException("no insert: " + sql);
            }
            return new Insert(
                    parts.group(1),
                    List.of(parts.group(2).strip().split("\\s*,\\s*")),
                    List.of(parts.group(3).strip().split("\\s*,\\s*")));
        }

        Row row(Map<Integer, Object> parameters) {
            var row = new LinkedHashMap<String, Object>();
            int parameter = 0;
            for (int i = 0; i < columns.size(); i++) {
                var value = values.get(i).equals("?")
                        ? parameters.get(++parameter)
                        : values.get(i).substring(1, values.get(i).length() - 1);
                if (value != null) {
                    row.put(columns.get(i), value);
                }
            }
            return new Row(table, row);
        }
    }

    /// @param columns that are not null
    record Row(String table, Map<String, Object> columns) {}

    private final List<Row> rows = new ArrayList<>();

    Connection connection() {
        return (Connection) Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {Connection.class},
                (_, method, arguments) -> switch (method.getName()) {
                    case "prepareStatement" -> statement(INSERTS.computeIfAbsent((String) arguments[0], Insert::parse));
                    default -> throw new UnsupportedOperationException(method.getName());
                });
    }

    /// What was inserted since the last call.
    List<Row> take() {
        var taken = List.copyOf(rows);
        rows.clear();
        return taken;
    }

    private PreparedStatement statement(Insert insert) {
        var parameters = new HashMap<Integer, Object>();
        return (PreparedStatement) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {PreparedStatement.class}, (_, method, arguments) -> {
                    switch (method.getName()) {
                        case "setString", "setBytes", "setObject", "setInt", "setLong", "setBoolean" ->
                            parameters.put((Integer) arguments[0], arguments[1]);
                        case "executeUpdate" -> {
                            rows.add(insert.row(parameters));
                            return 1;
                        }
                        case "close" -> {}
                        default -> throw new UnsupportedOperationException(method.getName());
                    }
                    return null;
                });
    }
}
