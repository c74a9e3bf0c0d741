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
    /// After `told`: of a part also for the combined licences that bind it, which are locked for it, always after the
    /// part; and to every webhook that is to hear of it.
    static final String DELIVERIES = """
            , wholes AS (
                SELECT b.licence_id, t.licence_id AS part_id, t.kind AS part_kind, t.at
                  FROM told t
                  JOIN licence_part b ON b.part_id = t.licence_id
                  JOIN licence_directory p ON p.licence_id = b.licence_id
                  JOIN licence l ON l.holder_key = p.home_key AND l.licence_id = b.licence_id
                 WHERE l.state = 'IN_FORCE' ORDER BY b.licence_id FOR NO KEY UPDATE OF l),
            passed_on AS (
                INSERT INTO licence_notice (licence_id, kind, part_id, part_kind, at)
                SELECT licence_id, 'PART_CHANGED', part_id, part_kind, at FROM wholes
                RETURNING notice_id, licence_id, at),
            written AS (
                SELECT notice_id, licence_id, at FROM told UNION ALL SELECT notice_id, licence_id, at FROM passed_on),
            sent AS (
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
            RETURNING notice_id)
            SELECT count(*) AS many FROM told""";

    private NoticeRows() {}

    static void write(Connection on, LicenceId licence, Notice.Kind kind, @Nullable LicenceId successor, Instant at)
            throws SQLException {
        try (var statement = on.prepareStatement("""
                WITH told AS (INSERT INTO licence_notice (licence_id, kind, successor, at)
                              VALUES (?, ?, ?, ?) RETURNING notice_id, licence_id, kind, at)
                """ + DELIVERIES)) {
            statement.setString(1, licence.value());
            statement.setString(2, kind.name());
            statement.setString(3, successor == null ? null : successor.value());
            statement.setObject(4, LifeRows.utc(at));
            statement.execute();
        }
    }
}
