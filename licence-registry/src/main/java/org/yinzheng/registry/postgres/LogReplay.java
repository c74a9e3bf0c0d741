package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.yinzheng.registry.audit.RowDeviation;

/// What the audit log tells, against what the tables say today: rows that are gone, states that were put back.
/// And what the directories say, against the rows that they lead to. Entries whose clear part was erased tell
/// nothing.
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
             WHERE l.state IS DISTINCT FROM told.state AND l.erased_at IS NULL
            """,
            // what leads to a licence is told from what has a MAC: its intent and itself
            """
            SELECT 'licence_directory' AS "table",
                   jsonb_build_object('licence_id', coalesce(d.licence_id, l.licence_id))::text AS key,
                   CASE WHEN d.licence_id IS NULL THEN 'MISSING' ELSE 'CHANGED' END AS kind
              FROM licence_directory d FULL JOIN licence l ON l.licence_id = d.licence_id
             WHERE d.licence_id IS NULL
                OR l.holder_key <> d.home_key
                OR l.superseded_by IS DISTINCT FROM d.successor AND l.superseded_by IS NOT NULL
            """,
            """
            SELECT 'licence_directory' AS "table", jsonb_build_object('licence_id', d.licence_id)::text AS key,
                   'NOT_OURS' AS kind
              FROM licence_directory d LEFT JOIN issuance_intent i ON i.licence_id = d.licence_id
             WHERE i.licence_id IS NULL
            """,
            """
            SELECT 'licence_number' AS "table",
                   jsonb_build_object('licence_id', coalesce(n.licence_id, i.licence_id))::text AS key,
                   CASE WHEN n.licence_id IS NULL THEN 'MISSING' WHEN i.licence_id IS NULL THEN 'NOT_OURS'
                        ELSE 'CHANGED' END AS kind
              FROM licence_number n
              FULL JOIN (SELECT i.licence_id, i.number_key, i.holds_number, d.home_key
                           FROM issuance_intent i LEFT JOIN licence_directory d ON d.licence_id = i.licence_id
                          WHERE i.state <> 'CANCELLED') i
                ON i.number_key = n.number_key AND i.licence_id = n.licence_id
             WHERE n.licence_id IS NULL OR i.licence_id IS NULL OR n.held <> i.holds_number OR n.home_key <> i.home_key
            """,
            """
            SELECT 'holder_entry' AS "table",
                   jsonb_build_object('licence_id', coalesce(e.licence_id, h.licence_id))::text AS key,
                   CASE WHEN e.licence_id IS NULL THEN 'MISSING' WHEN h.licence_id IS NULL THEN 'NOT_OURS'
                        ELSE 'CHANGED' END AS kind
              FROM holder_entry e
              FULL JOIN licence_holder h ON h.holder_key = e.holder_key AND h.licence_id = e.licence_id
             WHERE e.home_key IS DISTINCT FROM h.home_key OR e.issued_at IS DISTINCT FROM h.issued_at
            """,
            // a holder's key that is gone takes everything of his with it
            """
            SELECT 'holder_key' AS "table",
                   jsonb_build_object('holder_key', encode(needed.holder_key, 'hex'))::text AS key, 'MISSING' AS kind
              FROM (SELECT holder_key FROM licence WHERE substring(number_sealed FOR 1) = '\\x03'
                     UNION SELECT holder_key FROM licence_holder WHERE substring(holder_sealed FOR 1) = '\\x03') needed
              LEFT JOIN holder_key k ON k.holder_key = needed.holder_key
             WHERE k.holder_key IS NULL
            """,
            // what hangs on a licence lives with it
            at("licence_holder"),
            at("rendition"),
            at("licence_transition"),
            """
            WITH told AS (
                SELECT subject, count(*) AS times
                  FROM audit_entry
                 WHERE action IN ('licence.issue', 'licence.resume', 'licence.suspend', 'licence.revoke',
                           'licence.supersede')
                 GROUP BY subject),
                 kept AS (SELECT licence_id, count(*) AS times FROM licence_transition t
                           WHERE NOT EXISTS (SELECT 1 FROM licence l WHERE l.holder_key = t.home_key
                                                AND l.licence_id = t.licence_id AND l.erased_at IS NOT NULL)
                           GROUP BY licence_id)
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
            // entries without a clear part are those that an erasure names
            """
            SELECT 'audit_entry' AS "table", jsonb_build_object('leaf_index', e.leaf_index)::text AS key,
                   'NOT_LOGGED' AS kind
              FROM audit_entry e
             WHERE e.salt IS NULL AND e.leaf_index NOT IN (
                   SELECT place::bigint
                     FROM audit_entry told, jsonb_each_text(told.details::jsonb) listed,
                          string_to_table(listed.value, ',') place
                    WHERE told.action = 'holder.erase' AND listed.key LIKE 'entries-%')
            """,
            // an erased licence was erased by us
            """
            SELECT 'licence' AS "table", jsonb_build_object('licence_id', l.licence_id)::text AS key,
                   'NOT_LOGGED' AS kind
              FROM licence l
             WHERE l.erased_at IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM audit_entry WHERE subject = l.licence_id AND action = 'holder.erase')
            """,
            // orders to erase somebody: the last step gives the state
            """
            WITH told AS (
                SELECT DISTINCT ON (subject) subject, CASE action
                           WHEN 'erasure.propose' THEN 'PROPOSED' WHEN 'erasure.confirm' THEN 'EXECUTED'
                           WHEN 'erasure.withdraw' THEN 'WITHDRAWN' WHEN 'erasure.lapse' THEN 'LAPSED' END AS state
                  FROM audit_entry
                 WHERE action IN ('erasure.propose', 'erasure.confirm', 'erasure.withdraw', 'erasure.lapse')
                 ORDER BY subject, entry_id DESC)
            SELECT 'erasure_order' AS "table",
                   jsonb_build_object('order_id', coalesce(o.order_id::text, told.subject))::text AS key,
                   CASE WHEN o.order_id IS NULL THEN 'MISSING' WHEN told.subject IS NULL THEN 'NOT_LOGGED'
                        ELSE 'OTHER_THAN_LOGGED' END AS kind
              FROM erasure_order o FULL JOIN told ON told.subject = o.order_id::text
             WHERE o.state IS DISTINCT FROM told.state
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

    private static String at(String table) {
        return """
                SELECT '%1$s' AS "table", jsonb_build_object('licence_id', t.licence_id)::text AS key, 'CHANGED' AS kind
                  FROM %1$s t LEFT JOIN licence l ON l.holder_key = t.home_key AND l.licence_id = t.licence_id
                 WHERE l.licence_id IS NULL
                """.formatted(table);
    }

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
