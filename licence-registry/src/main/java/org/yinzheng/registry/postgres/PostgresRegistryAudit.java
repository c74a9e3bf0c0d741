package org.yinzheng.registry.postgres;

import java.util.function.Consumer;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.RegistryAudit;
import org.yinzheng.registry.audit.RowDeviation;

/// Rows against their MACs and against the log, in one snapshot.
public final class PostgresRegistryAudit implements RegistryAudit {
    private final Database database;
    private final RowMacs macs;

    public PostgresRegistryAudit(Database database, Vault vault) {
        this.database = database;
        this.macs = new RowMacs(vault);
    }

    @Override
    public long verify(Consumer<RowDeviation> found) {
        return database.reading(on -> {
            try (var statement = on.createStatement()) {
                statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
                statement.execute("SET LOCAL statement_timeout = 0"); // millions of rows are compared
            }
            long compared = macs.compare(on, found);
            LogReplay.compare(on, found);
            return compared;
        });
    }
}
