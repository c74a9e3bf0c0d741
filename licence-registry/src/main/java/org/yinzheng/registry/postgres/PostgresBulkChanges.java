package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.bulk.BulkChanges;
import org.yinzheng.registry.bulk.BulkOrder;
import org.yinzheng.registry.bulk.BulkProgress;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.life.Change;
import org.yinzheng.registry.life.ChangeResult;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Transition;
import org.yinzheng.signing.InvalidInput;

/// Bulk changes, in PostgreSQL: the ledger of a change is a row for each of its licences.
public final class PostgresBulkChanges implements BulkChanges {
    private static final String CHOICE = """
              FROM licence l WHERE l.type_code = ? AND (?::text IS NULL OR l.authority_code = ?) AND l.state = ANY (?)
            """;

    private final Database database;
    private final PostgresLicenceLife life;
    private final Clock clock;

    public PostgresBulkChanges(Database database, PostgresLicenceLife life, Clock clock) {
        this.database = database;
        this.life = life;
        this.clock = clock;
    }

    @Override
    public long count(BulkOrder order) {
        return database.reading(on -> {
            try (var statement = on.prepareStatement("SELECT count(*) AS many" + CHOICE)) {
                choose(statement, 1, order);
                try (var row = statement.executeQuery()) {
                    row.next();
                    return row.getLong("many");
                }
            }
        });
    }

    @Override
    public BulkProgress start(BulkOrder order) {
        var id = UUID.randomUUID();
        return database.transaction(on -> {
            try (var statement = on.prepareStatement("""
                    INSERT INTO bulk_change (bulk_id, transition, type_code, authority_code, reason_code, legal_basis, note,
                           actor_subject, actor_role, started_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)) {
                statement.setObject(1, id);
                statement.setString(2, order.transition().name());
                statement.setString(3, order.typeCode());
                statement.setString(4, order.authority().map(CreditCode::value).orElse(null));
                statement.setString(5, order.grounds().reasonCode());
                statement.setString(6, order.grounds().legalBasis());
                statement.setString(7, order.grounds().note());
                statement.setString(8, order.actor().subject());
                statement.setString(9, order.actor().role());
                statement.setObject(10, LifeRows.utc(clock.instant()));
                statement.executeUpdate();
            }
            try (var statement = on.prepareStatement(
                    "INSERT INTO bulk_item (bulk_id, licence_id) SELECT ?, l.licence_id" + CHOICE)) {
                statement.setObject(1, id);
                choose(statement, 2, order);
                statement.executeUpdate();
            }
            return progress(on, id);
        });
    }

    /// Crash: the licences of this call are changed and ticked off, or neither.
    @Override
    public BulkProgress proceed(UUID id, int most) {
        return database.transaction(on -> {
            var order = find(on, id)
                    .orElseThrow(() -> new InvalidInput("bulk-unknown", "", "there is no such bulk change"));
            for (var licence : left(on, id, most)) {
                var change = new Change(order.transition(), order.grounds(), order.actor());
                var outcome = life.change(on, licence, change) instanceof ChangeResult.Done ? "CHANGED" : "NOT_ALLOWED";
                tick(on, id, licence, outcome);
            }
            var progress = progress(on, id);
            if (progress.left() == 0) {
                finish(on, id);
            }
            return progress;
        });
    }

    @Override
    public List<BulkProgress> unfinished() {
        return database.reading(on -> {
            try (var statement = on.prepareStatement(
                            "SELECT bulk_id FROM bulk_change WHERE finished_at IS NULL ORDER BY started_at, bulk_id");
                    var row = statement.executeQuery()) {
                var all = new ArrayList<BulkProgress>();
                while (row.next()) {
                    all.add(progress(on, row.getObject("bulk_id", UUID.class)));
                }
                return all;
            }
        });
    }

    private static List<LicenceId> left(Connection on, UUID id, int most) throws SQLException {
        try (var statement = on.prepareStatement("""
                SELECT licence_id FROM bulk_item WHERE bulk_id = ? AND outcome IS NULL
                 ORDER BY licence_id LIMIT ? FOR UPDATE SKIP LOCKED
                """)) {
            statement.setObject(1, id);
            statement.setInt(2, most);
            try (var row = statement.executeQuery()) {
                var licences = new ArrayList<LicenceId>();
                while (row.next()) {
                    licences.add(new LicenceId(row.getString("licence_id")));
                }
                return licences;
            }
        }
    }

    private static void tick(Connection on, UUID id, LicenceId licence, String outcome) throws SQLException {
        try (var statement =
                on.prepareStatement("UPDATE bulk_item SET outcome = ? WHERE bulk_id = ? AND licence_id = ?")) {
            statement.setString(1, outcome);
            statement.setObject(2, id);
            statement.setString(3, licence.value());
            statement.executeUpdate();
        }
    }

    private void finish(Connection on, UUID id) throws SQLException {
        try (var statement = on.prepareStatement(
                "UPDATE bulk_change SET finished_at = coalesce(finished_at, ?) WHERE bulk_id = ?")) {
            statement.setObject(1, LifeRows.utc(clock.instant()));
            statement.setObject(2, id);
            statement.executeUpdate();
        }
    }

    private static BulkProgress progress(Connection on, UUID id) throws SQLException {
        try (var statement = on.prepareStatement("""
                SELECT count(*) AS total, count(*) FILTER (WHERE outcome = 'CHANGED') AS changed,
                       count(*) FILTER (WHERE outcome = 'NOT_ALLOWED') AS refused
                  FROM bulk_item WHERE bulk_id = ?
                """)) {
            statement.setObject(1, id);
            try (var row = statement.executeQuery()) {
                row.next();
                return new BulkProgress(id, row.getLong("total"), row.getLong("changed"), row.getLong("refused"));
            }
        }
    }

    private static Optional<BulkOrder> find(Connection on, UUID id) throws SQLException {
        try (var statement = on.prepareStatement("""
                SELECT transition, type_code, authority_code, reason_code, legal_basis, note, actor_subject, actor_role
                  FROM bulk_change WHERE bulk_id = ?
                """)) {
            statement.setObject(1, id);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(order(row)) : Optional.empty();
            }
        }
    }

    private static BulkOrder order(ResultSet row) throws SQLException {
        return new BulkOrder(
                Transition.valueOf(row.getString("transition")),
                row.getString("type_code"),
                Optional.ofNullable(row.getString("authority_code")).map(CreditCode::new),
                new Grounds(row.getString("reason_code"), row.getString("legal_basis"), row.getString("note")),
                new Actor(row.getString("actor_subject"), row.getString("actor_role")));
    }

    private static void choose(PreparedStatement statement, int first, BulkOrder order) throws SQLException {
        var authority = order.authority().map(CreditCode::value).orElse(null);
        statement.setString(first, order.typeCode());
        statement.setString(first + 1, authority);
        statement.setString(first + 2, authority);
        var states = java.util.stream.Stream.of(Standing.values())
                .filter(order.transition()::leaves)
                .map(Standing::name)
                .toArray();
        statement.setArray(first + 3, statement.getConnection().createArrayOf("text", states));
    }
}
