package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.yinzheng.registry.audit.RowDeviation;

/// What the audit log tells, against what the tables say today: rows that are gone, states that were put back. Entries
/// whose clear part was erased tell nothing.
final class LogReplay {
    private static final String NOT_JSON = "22P02";

    /// Each yields a table, a key and a [RowDeviation.Kind].
    private static final List<String> COMPARISONS = List.of(
            // licences: the last transition gives the state
            """
            WITH told AS (
                SELECT DISTINCT ON (subject) subject, CASE action
                           WHEN 'licence.issue' THEN 'IN_FORCE' WHEN 'licence.resume' THEN 'IN_FORCE'
                           WHEN 'licence.suspend' THEN 'SUSPENDED' WHEN 'licence.revoke' THEN 'REVOKED'
                           WHEN 'licence.supersede' THEN 'SUPERSEDED' END AS state
                  FROM audit_entry
                 WHERE action IN ('licence.issue', 'licence.resume', 'licence.suspend', 'licence.revoke',
                           'licence.supersede')
                 ORDER BY subject, entry_id DESC)
            SELECT 'licence' AS "table",
                   jsonb_build_object('licence_id', coalesce(l.licence_id, told.subject))::text AS key,
                   CASE WHEN l.licence_id IS NULL THEN 'MISSING' WHEN told.subject IS NULL THEN 'NOT_LOGGED'
                        ELSE 'OTHER_THAN_LOGGED' END AS kind
              FROM licence l FULL JOIN told ON told.subject = l.licence_id
             WHERE l.state IS DISTINCT FROM told.state
            """,
            """
            WITH told AS (
                SELECT subject, count(*) AS times
                  FROM audit_entry
                 WHERE action IN ('licence.issue', 'licence.resume', 'licence.suspend', 'licence.revoke',
                           'licence.supersede')
                 GROUP BY subject),
                 kept AS (SELECT licence_id, count(*) AS times FROM licence_transition GROUP BY licence_id)
            SELECT 'licence_transition' AS "table",
                   jsonb_build_object('licence_id', coalesce(licence_id, subject))::text AS key,
                   CASE WHEN coalesce(kept.times, 0) < coalesce(told.times, 0) THEN 'MISSING'
                        ELSE 'NOT_LOGGED' END AS kind
              FROM told FULL JOIN kept ON licence_id = subject
             WHERE kept.times IS DISTINCT FROM told.times
            """,
            // what was issued: each rendition's digest
            """
            SELECT 'rendition' AS "table",
                   jsonb_build_object('licence_id', told.subject, 'format', told.format)::text AS key,
                   CASE WHEN r.digest IS NULL THEN 'MISSING' ELSE 'OTHER_THAN_LOGGED' END AS kind
              FROM (SELECT e.subject, d.key AS format, d.value AS digest
                      FROM audit_entry e, jsonb_each_text(e.details::jsonb) d
                     WHERE e.action = 'licence.issue' AND d.key IN ('PDF', 'OFD', 'XML', 'CREDENTIAL')) told
              LEFT JOIN rendition r ON r.licence_id = told.subject AND r.format = told.format
             WHERE told.digest IS DISTINCT FROM encode(r.digest, 'hex')
            """,
            // seals: every step has a version
            """
            SELECT 'seal_step' AS "table",
                   jsonb_build_object('seal_id', told.subject, 'seal_version', told.version)::text AS key,
                   'MISSING' AS kind
              FROM (SELECT subject, (details::jsonb ->> 'version')::bigint AS version
                      FROM audit_entry WHERE action LIKE 'seal.%' AND details::jsonb -> 'version' IS NOT NULL) told
              LEFT JOIN seal_step s ON s.seal_id = told.subject AND s.seal_version = told.version
             WHERE s.seal_id IS NULL
            """,
            """
            SELECT 'seal' AS "table", jsonb_build_object('seal_id', told.subject)::text AS key,
                   CASE WHEN s.seal_id IS NULL THEN 'MISSING' ELSE 'OTHER_THAN_LOGGED' END AS kind
              FROM (SELECT subject, max((details::jsonb ->> 'version')::bigint) AS version
                      FROM audit_entry WHERE action LIKE 'seal.%' AND details::jsonb -> 'version' IS NOT NULL
                     GROUP BY subject) told
              LEFT JOIN seal s ON s.seal_id = told.subject
             WHERE s.seal_id IS NULL OR s.version < told.version
            """,
            """
            SELECT 'seal_use' AS "table", jsonb_build_object('use_id', told.use)::text AS key,
                   CASE WHEN u.use_id IS NULL THEN 'MISSING' ELSE 'OTHER_THAN_LOGGED' END AS kind
              FROM (SELECT details::jsonb ->> 'use' AS use, details::jsonb ->> 'result' AS result
                      FROM audit_entry WHERE action = 'seal.use') told
              LEFT JOIN seal_use u ON u.use_id = told.use::uuid
             WHERE encode(u.result_sha256, 'hex') IS DISTINCT FROM told.result
            """);

    private LogReplay() {}

    static void compare(Connection on, Consumer<RowDeviation> found) throws SQLException {
        for (var comparison : COMPARISONS) {
            try (var statement = on.prepareStatement(comparison)) {
                statement.setFetchSize(1000);
                try (var row = statement.executeQuery()) {
                    while (row.next()) {
                        found.accept(new RowDeviation(
                                row.getString("table"),
                                row.getString("key"),
                                RowDeviation.Kind.valueOf(row.getString("kind"))));
                    }
                }
            } catch (SQLException e) {
                if (!NOT_JSON.equals(e.getSQLState())) {
                    throw e;
                }
                found.accept(new RowDeviation("audit_entry", "{}", RowDeviation.Kind.CHANGED));
                return; // the log's own verdict says where
            }
        }
    }
}
