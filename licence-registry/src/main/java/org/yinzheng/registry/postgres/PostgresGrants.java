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
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.grant.Grant;
import org.yinzheng.registry.grant.GrantResult;
import org.yinzheng.registry.grant.Grants;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.InvalidInput;

/// The rights, in PostgreSQL; its constraints repeat who may not do what.
public final class PostgresGrants implements Grants {
    private static final int LARGEST_PAGE = 100;
    private static final String COLUMNS = """
            SELECT grant_id, subject, role, state, proposed_by, proposed_as, proposed_at, decided_by, decided_as,
                   decided_at, ended_by, ended_as, ended_at
              FROM role_grant
            """;

    private final Database database;
    private final Clock clock;

    public PostgresGrants(Database database, Clock clock) {
        this.database = database;
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
        return database.transaction(on -> {
            var found = lock(on, id);
            if (found.isEmpty()) {
                return new GrantResult.NotFound();
            }
            var grant = found.get();
            if (grant.state() != Grant.State.PROPOSED) {
                return new GrantResult.NotAllowed(grant.state());
            }
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
        return database.transaction(on -> {
            var found = lock(on, id);
            if (found.isEmpty()) {
                return new GrantResult.NotFound();
            }
            if (found.get().state() != Grant.State.PROPOSED) {
                return new GrantResult.NotAllowed(found.get().state());
            }
            decide(on, id, Grant.State.REFUSED, by);
            return done(on, id, "grant.refuse", by);
        });
    }

    @Override
    public GrantResult end(UUID id, Actor by) {
        return database.transaction(on -> {
            var found = lock(on, id);
            if (found.isEmpty()) {
                return new GrantResult.NotFound();
            }
            if (found.get().state() != Grant.State.IN_FORCE) {
                return new GrantResult.NotAllowed(found.get().state());
            }
            try (var statement = on.prepareStatement("""
                    UPDATE role_grant SET state = 'ENDED', ended_by = ?, ended_as = ?, ended_at = ?
                     WHERE grant_id = ? AND state = 'IN_FORCE'
                    """)) {
                by(statement, by, id);
            }
            return done(on, id, "grant.end", by);
        });
    }

    @Override
    public Set<String> rolesOf(String subject) {
        return database.reading(on -> {
            try (var statement =
                    on.prepareStatement("SELECT role FROM role_grant WHERE subject = ? AND state = 'IN_FORCE'")) {
                statement.setString(1, subject);
                return roles(statement.executeQuery());
            }
        });
    }

    @Override
    public List<Grant> all(int limit, Optional<UUID> after) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new InvalidInput("limit", "limit", "from 1 to " + LARGEST_PAGE);
        }
        return database.reading(on -> {
            try (var statement = on.prepareStatement(COLUMNS + """
                     WHERE ?::uuid IS NULL OR (proposed_at, grant_id) <
                           (SELECT g.proposed_at, g.grant_id FROM role_grant g WHERE g.grant_id = ?::uuid)
                     ORDER BY proposed_at DESC, grant_id DESC LIMIT ?
                    """)) {
                statement.setObject(1, after.orElse(null));
                statement.setObject(2, after.orElse(null));
                statement.setInt(3, limit);
                try (var row = statement.executeQuery()) {
                    var grants = new ArrayList<Grant>();
                    while (row.next()) {
                        grants.add(read(row));
                    }
                    return grants;
                }
            }
        });
    }

    private static Set<String> held(Connection on, String subject) throws SQLException {
        try (var statement = on.prepareStatement(
                "SELECT role FROM role_grant WHERE subject = ? AND state IN ('PROPOSED', 'IN_FORCE')")) {
            statement.setString(1, subject);
            return roles(statement.executeQuery());
        }
    }

    private static Set<String> roles(ResultSet row) throws SQLException {
        try (row) {
            var roles = new HashSet<String>();
            while (row.next()) {
                roles.add(row.getString("role"));
            }
            return roles;
        }
    }

    private static Optional<Grant> lock(Connection on, UUID id) throws SQLException {
        return find(on, id, " FOR UPDATE");
    }

    private static Optional<Grant> find(Connection on, UUID id, String locking) throws SQLException {
        try (var statement = on.prepareStatement(COLUMNS + " WHERE grant_id = ?" + locking)) {
            statement.setObject(1, id);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
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
        var grant = find(on, id, "").orElseThrow();
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
