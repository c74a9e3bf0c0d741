package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.notice.Notice;

/// Writes notices in the transaction of what they tell, once the licence is locked: so their numbers are in the
/// order in which things happened to it.
final class NoticeRows {
    /// To every webhook that is to hear of it.
    static final String DELIVERIES = """
            INSERT INTO notice_delivery (webhook_id, notice_id, licence_id, state, since, next_at)
            SELECT w.webhook_id, n.notice_id, n.licence_id, 'WAITING', n.at, n.at
              FROM written n
              JOIN licence_directory p ON p.licence_id = n.licence_id
              JOIN licence l ON l.holder_key = p.home_key AND l.licence_id = n.licence_id
              JOIN webhook w ON w.ended_at IS NULL
               AND (w.authority_code = l.authority_code
                    OR w.authority_code =
                        (SELECT m.current_code FROM authority_merger m WHERE m.from_code = l.authority_code)
                    OR (w.scope = 'RELIED' AND w.owner_subject IN
                        (SELECT r.relying_subject FROM reliance r
                          WHERE r.home_key = p.home_key AND r.licence_id = n.licence_id)))
            """;

    private NoticeRows() {}

    static void write(Connection on, LicenceId licence, Notice.Kind kind, @Nullable LicenceId successor, Instant at)
            throws SQLException {
        try (var statement = on.prepareStatement("""
                WITH written AS (INSERT INTO licence_notice (licence_id, kind, successor, at)
                                 VALUES (?, ?, ?, ?) RETURNING notice_id, licence_id, at)
                """ + DELIVERIES)) {
            statement.setString(1, licence.value());
            statement.setString(2, kind.name());
            statement.setString(3, successor == null ? null : successor.value());
            statement.setObject(4, LifeRows.utc(at));
            statement.executeUpdate();
        }
    }
}
