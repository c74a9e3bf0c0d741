package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.erasure.ErasurePlan;
import org.yinzheng.registry.erasure.ErasurePlan.Concerned;
import org.yinzheng.registry.erasure.Obstacle;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.issuance.RequestJson;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Party;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.signing.Failure;

/// What an erasure does to the rows. See docs/decisions/0105 for what stays.
final class ErasureRows {
    private static final int ENTRIES_IN_A_TEXT = 90;

    private final Vault vault;
    private final LicenceRows rows;
    private final Period retention;

    /// @param retention how long a licence is kept after its end
    ErasureRows(Vault vault, Period retention, Clock clock) {
        this.vault = vault;
        this.rows = new LicenceRows(vault, clock);
        this.retention = retention;
    }

    byte[] holderKey(HolderId who) {
        return rows.holderKey(who);
    }

    /// Everything in one transaction, or nothing: where the plan is empty or not allowed, the caller has to roll back.
    ///
    /// @param order for the log
    /// @throws Failure.NotDone when the log has not given all entries their places yet
    ErasurePlan erase(Connection on, byte[] holder, Actor by, String order) throws SQLException {
        // with a key there is something to lock: whoever issues for him is before us or after us
        HolderKeys.insert(on, holder, vault.newHolderKey(holder));
        execute(on, "SELECT holder_key FROM holder_key WHERE holder_key = ? FOR UPDATE", holder);
        var plan = new ErasurePlan(concerned(on, holder), 0, 0);
        if (plan.empty() || !plan.allowed()) {
            return plan;
        }
        int listed = 0;
        int entries = 0;
        for (var licence : plan.licences()) {
            var erased = List.<Long>of();
            if (licence.first()) {
                listed += listDocuments(on, holder, licence.id());
                erased = eraseEntries(on, licence.id());
                entries += erased.size();
                eraseLicence(on, holder, licence.id());
            }
            log(on, by, licence.id(), order, erased);
        }
        execute(on, """
                DELETE FROM licence_holder h USING holder_entry e
                 WHERE e.holder_key = ? AND h.home_key = e.home_key AND h.licence_id = e.licence_id
                   AND h.holder_key = e.holder_key
                """, holder);
        execute(on, "DELETE FROM holder_entry WHERE holder_key = ?", holder);
        execute(on, "DELETE FROM holder_key WHERE holder_key = ?", holder);
        return new ErasurePlan(plan.licences(), listed, entries);
    }

    private List<Concerned> concerned(Connection on, byte[] holder) throws SQLException {
        var open = beingIssued(on, holder);
        var found = new ArrayList<Concerned>();
        try (var statement = on.prepareStatement("""
                SELECT l.licence_id, l.type_name, l.holder_key = ? AS first, l.state, l.valid_from, l.valid_until,
                       EXISTS (SELECT 1 FROM dispute d WHERE d.licence_id = l.licence_id AND d.state = 'OPEN') AS disputed,
                       (SELECT successor FROM licence_directory w WHERE w.licence_id = l.licence_id) AS promised,
                       (SELECT max(t.at) FROM licence_transition t
                         WHERE t.home_key = l.holder_key AND t.licence_id = l.licence_id) AS changed
                  FROM (SELECT holder_key, licence_id FROM licence WHERE holder_key = ?
                         UNION SELECT home_key, licence_id FROM holder_entry WHERE holder_key = ?) p
                  JOIN licence l ON l.holder_key = p.holder_key AND l.licence_id = p.licence_id
                 WHERE l.erased_at IS NULL
                 ORDER BY l.holder_key, l.licence_id FOR NO KEY UPDATE OF l
                """)) {
            for (int i = 1; i <= 3; i++) {
                statement.setBytes(i, holder);
            }
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var obstacles = new HashSet<Obstacle>();
                    var until = Optional.ofNullable(row.getObject("valid_until", LocalDate.class));
                    var standing =
                            rows.standing(row.getString("state"), row.getObject("valid_from", LocalDate.class), until);
                    var changed = row.getObject("changed", OffsetDateTime.class);
                    switch (standing) {
                        case IN_FORCE, NOT_YET_VALID -> obstacles.add(Obstacle.IN_FORCE);
                        case SUSPENDED -> obstacles.add(Obstacle.SUSPENDED);
                        case EXPIRED -> retained(obstacles, until.orElseThrow());
                        case REVOKED, SUPERSEDED ->
                            retained(obstacles, LocalDate.ofInstant(changed.toInstant(), LicenceRows.ZONE));
                        case ERASED -> {}
                    }
                    if (row.getBoolean("disputed")) {
                        obstacles.add(Obstacle.DISPUTED);
                    }
                    if (row.getString("promised") != null && standing != Standing.SUPERSEDED) {
                        obstacles.add(Obstacle.BEING_ISSUED);
                    }
                    found.add(new Concerned(
                            new LicenceId(row.getString("licence_id")),
                            row.getString("type_name"),
                            row.getBoolean("first"),
                            obstacles));
                }
            }
        }
        found.addAll(open);
        return found;
    }

    private void retained(Set<Obstacle> obstacles, LocalDate ended) {
        if (!ended.plus(retention).isBefore(rows.today())) {
            obstacles.add(Obstacle.RETAINED);
        }
    }

    /// What is promised stands sealed in its request; few are open at a time.
    private List<Concerned> beingIssued(Connection on, byte[] holder) throws SQLException {
        var open = new ArrayList<Concerned>();
        try (var statement = on.prepareStatement(
                        "SELECT licence_id, request_sealed FROM issuance_intent WHERE state = 'OPEN'");
                var row = statement.executeQuery()) {
            while (row.next()) {
                var id = row.getString("licence_id");
                var request = RequestJson.read(vault.open(id, "intent.request", row.getBytes("request_sealed")));
                var named = Stream.concat(
                                Stream.of(request.holder()),
                                request.others().stream().map(Party::who))
                        .anyMatch(one -> Arrays.equals(rows.holderKey(one.id()), holder));
                if (named) {
                    open.add(new Concerned(new LicenceId(id), request.type(), false, Set.of(Obstacle.BEING_ISSUED)));
                }
            }
        }
        return open;
    }

    private int listDocuments(Connection on, byte[] home, LicenceId id) throws SQLException {
        try (var statement = on.prepareStatement("""
                INSERT INTO erased_document (digest, erased_at)
                SELECT digest, ? FROM rendition WHERE home_key = ? AND licence_id = ?
                 UNION SELECT digest, ? FROM annotated_copy WHERE licence_id = ?
                ON CONFLICT DO NOTHING
                """)) {
            statement.setObject(1, LifeRows.utc(rows.now()));
            statement.setBytes(2, home);
            statement.setString(3, id.value());
            statement.setObject(4, LifeRows.utc(rows.now()));
            statement.setString(5, id.value());
            return statement.executeUpdate();
        }
    }

    private void eraseLicence(Connection on, byte[] home, LicenceId id) throws SQLException {
        try (var statement = on.prepareStatement("""
                UPDATE licence SET number_sealed = '', holder_sealed = '', data_sealed = '', erased_at = ?,
                       version = version + 1
                 WHERE holder_key = ? AND licence_id = ? AND erased_at IS NULL
                """)) {
            statement.setObject(1, LifeRows.utc(rows.now()));
            statement.setBytes(2, home);
            statement.setString(3, id.value());
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("a locked licence changed: " + id);
            }
        }
        execute(on, """
                DELETE FROM holder_entry e USING licence_holder h
                 WHERE h.home_key = ? AND h.licence_id = ? AND e.holder_key = h.holder_key AND e.licence_id = h.licence_id
                """, home, id.value());
        for (var table : List.of("licence_holder", "reliance")) {
            execute(on, "DELETE FROM " + table + " WHERE home_key = ? AND licence_id = ?", home, id.value());
        }
        for (var table : List.of("annotated_copy", "dispute")) {
            execute(on, "DELETE FROM " + table + " WHERE licence_id = ?", id.value());
        }
    }

    /// @return their places in the tree
    private static List<Long> eraseEntries(Connection on, LicenceId id) throws SQLException {
        try (var waiting = on.prepareStatement(
                "SELECT 1 AS one FROM audit_entry WHERE subject = ? AND leaf_index IS NULL LIMIT 1")) {
            waiting.setString(1, id.value());
            try (var row = waiting.executeQuery()) {
                if (row.next()) {
                    throw new Failure.NotDone("the audit log is behind: repeat this in a minute", null);
                }
            }
        }
        try (var statement = on.prepareStatement("""
                UPDATE audit_entry SET salt = NULL, at = NULL, actor = NULL, role = NULL, action = NULL, subject = NULL,
                       reason = NULL, details = NULL
                 WHERE subject = ? RETURNING leaf_index
                """)) {
            statement.setString(1, id.value());
            try (var row = statement.executeQuery()) {
                var places = new ArrayList<Long>();
                while (row.next()) {
                    places.add(row.getLong("leaf_index"));
                }
                return places;
            }
        }
    }

    /// Which entries lost their clear part, so that nobody erases others unseen.
    private void log(Connection on, Actor by, LicenceId id, String order, List<Long> entries) throws SQLException {
        var details = new TreeMap<>(Map.of("order", order));
        for (int i = 0; i < entries.size(); i += ENTRIES_IN_A_TEXT) {
            details.put(
                    "entries-" + i / ENTRIES_IN_A_TEXT,
                    entries.subList(i, Math.min(i + ENTRIES_IN_A_TEXT, entries.size())).stream()
                            .map(String::valueOf)
                            .collect(Collectors.joining(",")));
        }
        AuditTrail.append(on, new AuditEntry(rows.now(), by, "holder.erase", id.value(), "", details));
    }

    private static void execute(Connection on, String sql, Object... parameters) throws SQLException {
        try (var statement = on.prepareStatement(sql)) {
            for (int i = 0; i < parameters.length; i++) {
                statement.setObject(i + 1, parameters[i]);
            }
            statement.execute();
        }
    }
}
