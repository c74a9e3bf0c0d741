package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;
import org.yinzheng.registry.audit.AuditEntry;

/// Writes to the audit log in the transaction of what it tells: both are committed or neither. One insert; the place in
/// the tree comes later.
final class AuditTrail {
    private static final int SALT = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private AuditTrail() {}

    static void append(Connection on, AuditEntry entry) throws SQLException {
        var salt = new byte[SALT];
        RANDOM.nextBytes(salt);
        try (var statement = on.prepareStatement("""
                INSERT INTO audit_entry (commitment, salt, at, actor, role, action, subject, reason, details)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            statement.setBytes(1, LicenceRows.digest(entry.commitment(salt)));
            statement.setBytes(2, salt);
            statement.setObject(3, entry.at().atOffset(ZoneOffset.UTC));
            statement.setString(4, entry.actor().subject());
            statement.setString(5, entry.actor().role());
            statement.setString(6, entry.action());
            statement.setString(7, entry.subject());
            statement.setString(8, entry.reason());
            statement.setString(9, new String(entry.detailsJson(), UTF_8));
            statement.executeUpdate();
        }
    }
}
