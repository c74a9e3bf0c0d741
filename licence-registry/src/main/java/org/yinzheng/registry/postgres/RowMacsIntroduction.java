package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.licence.Actor;

/// The one time that rows are sealed without having been written by us: when MACs come to a registry that has none.
/// The audit log remembers it, so that nobody gets a second time by emptying a table.
final class RowMacsIntroduction {
    private static final Logger LOG = LoggerFactory.getLogger(RowMacsIntroduction.class);
    private static final String ACTION = "registry.rows-sealed";

    private RowMacsIntroduction() {}

    static long introduce(Connection on, RowMacs macs) throws SQLException {
        var now = firstTime(on);
        if (now == null) {
            return 0;
        }
        if (logged(on)) {
            LOG.error("rows were sealed before, and somebody took that note away: nothing is sealed again;"
                    + " run: yinzheng audit verify");
            return 0;
        }
        long sealed = macs.sealAll(on);
        AuditTrail.append(
                on,
                new AuditEntry(
                        now.toInstant(),
                        new Actor("yinzheng", "system"),
                        ACTION,
                        "registry",
                        "",
                        Map.of("rows", String.valueOf(sealed))));
        return sealed;
    }

    private static @org.jspecify.annotations.Nullable OffsetDateTime firstTime(Connection on) throws SQLException {
        try (var statement = on.prepareStatement(
                        "INSERT INTO row_macs (since) VALUES (now()) ON CONFLICT DO NOTHING RETURNING since");
                var row = statement.executeQuery()) {
            return row.next() ? row.getObject("since", OffsetDateTime.class) : null;
        }
    }

    private static boolean logged(Connection on) throws SQLException {
        try (var statement = on.prepareStatement("SELECT 1 FROM audit_entry WHERE action = ? LIMIT 1")) {
            statement.setString(1, ACTION);
            try (var row = statement.executeQuery()) {
                return row.next();
            }
        }
    }
}
