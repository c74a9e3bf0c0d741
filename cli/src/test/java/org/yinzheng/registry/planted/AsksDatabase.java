package org.yinzheng.registry.planted;

import java.sql.Connection;
import java.sql.SQLException;

/// Planted: SQL outside the `postgres` package.
public final class AsksDatabase {
    private AsksDatabase() {}

    public static boolean alive(Connection connection) throws SQLException {
        return connection.isValid(1);
    }
}
