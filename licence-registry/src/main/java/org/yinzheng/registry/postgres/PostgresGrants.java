package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.grant.Grant;
import org.yinzheng.registry.grant.GrantResult;
import org.yinzheng.registry.grant.Grants;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.InvalidInput;

/// The rights, in PostgreSQL; its constraints repeat who may not do what. A row that somebody else has written gives no
/// right, and no step is taken on it: it would get a MAC.
public final class PostgresGrants implements Grants {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresGrants.class);
    private static final int LARGEST_PAGE = 100;
    private static final ProtectedTable TABLE =
            ProtectedTable.named("role_grant").orElseThrow();
    private static final String SELECT = """
            SELECT t.grant_id, t.subject, t.role, t.state, t.proposed_by, t.proposed_as, t.proposed_at, t.decided_by,
                   t.decided_as, t.decided_at, t.ended_by, t.ended_as, t.ended_at,
            """ + ProtectedTable.CONTENT + " FROM role_grant t ";

    private final Database database;
    private final RowMacs macs;
    private final Clock clock;

    public PostgresGrants(Database database, Vault vault, Clock clock) {
        this.database = database;
        this.macs = new RowMacs(vault);
        this.clock = clock;
    }

    @Override
    public GrantResult propose(String subject, String role, Actor by) {
        if (subject.isBlank() || subject.length() > 200 || subject.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidInput("subject", "subject", "who gets it, as the sign-in provider names them");
        }
        if (subject.equals(by.subject())) {
            return new GrantResult.SamePerson();
        }
        return database.transaction(on -> {
            var held = held(on, subject);
            if (held.contains(role)) {
                return new GrantResult.ThereAlready();
            }
            if (ADMINISTRATORS.contains(role) && held.stream().anyMatch(ADMINISTRATORS::contains)) {
                return new GrantResult.Exclusive();
            }
            var id = UUID.randomUUID();
            try (var statement = on.prepareStatement("""
                    INSERT INTO role_grant (grant_id, subject, role, state, proposed_by, proposed_as, proposed_at)
                    VALUES (?, ?, ?, 'PROPOSED', ?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """)) {
                statement.setObject(1, id);
                statement.setString(2, subject);
                statement.setString(3, role);
                statement.setString(4, by.subject());
                statement.setString(5, by.role());
                statement.setObject(6, LifeRows.utc(clock.instant()));
                if (statement.executeUpdate() == 0) {
                    return new GrantResult.ThereAlready(); // somebody proposed the like in this moment
                }
            }
            return done(on, id, "grant.propose", by);
        });
    }

    @Override
    public GrantResult confirm(UUID id, Actor by) {
        return step(id, Grant.State.PROPOSED, (on, grant) -> {
            if (by.subject().equals(grant.proposed().by().subject())
                    || by.subject().equals(grant.subject())) {
                return new GrantResult.SamePerson();
            }
            decide(on, id, Grant.State.IN_FORCE, by);
            return done(on, id, "grant.confirm", by);
        });
    }

    @Override
    public GrantResult refuse(UUID id, Actor by) {
        return step(id, Grant.State.PROPOSED, (on, _) -> {
            decide(on, id, Grant.State.REFUSED, by);
            return done(on, id, "grant.refuse", by);
        });
    }

    @Override
    public GrantResult end(UUID id, Actor by) {
        return step(id, Grant.State.IN_FORCE, (on, _) -> {
            try (var statement = on.prepareStatement("""
                    UPDATE role_grant SET state = 'ENDED', ended_by = ?, ended_as = ?, ended_at = ?
                     WHERE grant_id = ? AND state = 'IN_FORCE'
                    """)) {
                by(statement, by, id);
            }
            return done(on, id, "grant.end", by);
        });
    }

    @FunctionalInterface
    private interface Step {
        GrantResult take(Connection on, Grant grant) throws SQLException;
    }

    private GrantResult step(UUID id, Grant.State from, Step step) {
        return database.transaction(on -> {
            var found = find(on, id, " FOR UPDATE");
            if (found.isEmpty()) {
                return new GrantResult.NotFound();
            }
            var row = found.get();
            if (!row.ours()) {
                return new GrantResult.Changed();
            }
            return row.grant().state() == from
                    ? step.take(on, row.grant())
                    : new GrantResult.NotAllowed(row.grant().state());
        });
    }

    @Override
    public Set<String> rolesOf(String subject) {
        return database.reading(on -> {
            try (var statement = on.prepareStatement(SELECT + "WHERE t.subject = ? AND t.state = 'IN_FORCE'")) {
                statement.setString(1, subject);
                var roles = new HashSet<String>();
                for (var row : rows(statement)) {
                    if (row.ours()) {
                        roles.add(row.grant().role());
                    } else {
                        LOG.warn(
                                "a grant that somebody else has written gives no right: {}",
                                row.grant().id());
                    }
                }
                return roles;
            }
        });
    }

    @Override
    public List<Grant> all(int limit, Optional<UUID> after) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new InvalidInput("limit", "limit", "from 1 to " + LARGEST_PAGE);
        }
        return database.reading(on -> {
            try (var statement = on.prepareStatement(SELECT + """
                     WHERE ?::uuid IS NULL OR (t.proposed_at, t.grant_id) <
                           (SELECT g.proposed_at, g.grant_id FROM role_grant g WHERE g.grant_id = ?::uuid)
                     ORDER BY t.proposed_at DESC, t.grant_id DESC LIMIT ?
                    """)) {
                statement.setObject(1, after.orElse(null));
                statement.setObject(2, after.orElse(null));
                statement.setInt(3, limit);
                return rows(statement).stream().map(Row::grant).toList();
            }
        });
    }

    /// Also what somebody else has written: it stands in the way of the like.
    private static Set<String> held(Connection on, String subject) throws SQLException {
        try (var statement = on.prepareStatement(
                "SELECT role FROM role_grant WHERE subject = ? AND state IN ('PROPOSED', 'IN_FORCE')")) {
            statement.setString(1, subject);
            try (var row = statement.executeQuery()) {
                var roles = new HashSet<String>();
                while (row.next()) {
                    roles.add(row.getString("role"));
                }
                return roles;
            }
        }
    }

    /// @param ours whether nobody else has written it; false until the commit that wrote it
    private record Row(Grant grant, boolean ours) {}

    private Optional<Row> find(Connection on, UUID id, String locking) throws SQLException {
        try (var statement = on.prepareStatement(SELECT + "WHERE t.grant_id = ?" + locking)) {
            statement.setObject(1, id);
            return rows(statement).stream().findFirst();
        }
    }

    private List<Row> rows(PreparedStatement statement) throws SQLException {
        try (var row = statement.executeQuery()) {
            var rows = new ArrayList<Row>();
            while (row.next()) {
                rows.add(new Row(read(row), macs.isOurs(TABLE, row.getString("content"), row.getBytes("mac"))));
            }
            return rows;
        }
    }

    private void decide(Connection on, UUID id, Grant.State state, Actor by) throws SQLException {
        try (var statement = on.prepareStatement("UPDATE role_grant SET state = '" + state.name() + "', "
                + "decided_by = ?, decided_as = ?, decided_at = ? WHERE grant_id = ? AND state = 'PROPOSED'")) {
            by(statement, by, id);
        }
    }

    private void by(PreparedStatement statement, Actor by, UUID id) throws SQLException {
        statement.setString(1, by.subject());
        statement.setString(2, by.role());
        statement.setObject(3, LifeRows.utc(clock.instant()));
        statement.setObject(4, id);
        if (statement.executeUpdate() != 1) {
            throw new IllegalStateException("a locked grant changed: " + id);
        }
    }

    private GrantResult done(Connection on, UUID id, String action, Actor by) throws SQLException {
        var grant = find(on, id, "").orElseThrow().grant();
        AuditTrail.append(
                on,
                new AuditEntry(
                        clock.instant(),
                        by,
                        action,
                        id.toString(),
                        "",
                        Map.of("subject", grant.subject(), "role", grant.role())));
        return new GrantResult.Done(grant);
    }

    private static Grant read(ResultSet row) throws SQLException {
        return new Grant(
                row.getObject("grant_id", UUID.class),
                row.getString("subject"),
                row.getString("role"),
                Grant.State.valueOf(row.getString("state")),
                deed(row, "proposed").orElseThrow(),
                deed(row, "decided"),
                deed(row, "ended"));
    }

    private static Optional<Grant.Deed> deed(ResultSet row, String what) throws SQLException {
        var by = row.getString(what + "_by");
        return by == null ? Optional.empty() : Optional.of(new Grant.Deed(actor(row, what, by), at(row, what)));
    }

    private static Actor actor(ResultSet row, String what, String by) throws SQLException {
        return new Actor(by, row.getString(what + "_as"));
    }

    private static Instant at(ResultSet row, String what) throws SQLException {
        return row.getObject(what + "_at", OffsetDateTime.class).toInstant();
    }
}
