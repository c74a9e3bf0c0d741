package org.yinzheng.registry.postgres;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/// What is asked for, and nothing else: for a statement with `? IS NULL OR` PostgreSQL, which plans it once for all
/// values, uses no index.
final class Conditions {
    private final List<String> texts = new ArrayList<>();
    private final List<Object> values = new ArrayList<>();

    /// @param text ours, never a stranger's
    /// @param each one for each question mark
    Conditions and(String text, Object... each) {
        texts.add("(" + text + ")");
        values.addAll(List.of(each));
        return this;
    }

    String where() {
        return texts.isEmpty() ? "" : " WHERE " + String.join(" AND ", texts);
    }

    /// @return the index of the parameter after them
    int set(PreparedStatement statement) throws SQLException {
        int index = 1;
        for (var value : values) {
            statement.setObject(index++, value);
        }
        return index;
    }
}
