package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.erasure.ErasureOrder;
import org.yinzheng.registry.erasure.ErasureOrder.State;
import org.yinzheng.registry.erasure.ErasurePlan;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.Digest;

/// Rows of `erasure_order`, and whether they are as this program left them.
final class ErasureOrderRows {
    private static final ProtectedTable TABLE =
            ProtectedTable.named("erasure_order").orElseThrow();
    private static final String SELECT = """
            SELECT t.order_id, t.state, t.holder_key, t.proposed_by, t.proposed_as, t.proposed_at, t.lapses_at, t.decided_by,
                   t.decided_as, t.decided_at, t.licences, t.documents, t.entries,
            """ + ProtectedTable.CONTENT + " FROM erasure_order t ";

    private final RowMacs macs;
    private final Clock clock;

    ErasureOrderRows(Vault vault, Clock clock) {
        this.macs = new RowMacs(vault);
        this.clock = clock;
    }

    /// @param holder for whom it is, by his lookup key; absent: it is decided
    /// @param ours whether nobody else has written it; false until the commit that wrote it
    record Row(ErasureOrder order, Optional<Digest> holder, boolean ours) {}

    /// @return false when there is an open order for this holder
    boolean insert(Connection on, UUID id, byte[] holder, Actor by, Duration open) throws SQLException {
        try (var statement = on.prepareStatement("""
                INSERT INTO erasure_order (order_id, state, holder_key, proposed_by, proposed_as, proposed_at, lapses_at)
                VALUES (?, 'PROPOSED', ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """)) {
            var now = clock.instant();
            statement.setObject(1, id);
            statement.setBytes(2, holder);
            statement.setString(3, by.subject());
            statement.setString(4, by.role());
            statement.setObject(5, LifeRows.utc(now));
            statement.setObject(6, LifeRows.utc(now.plus(open)));
            return statement.executeUpdate() == 1;
        }
    }

    /// From proposed to another state; forgets whom it was for.
    void decide(Connection on, UUID id, State state, Actor by, Optional<ErasurePlan> done) throws SQLException {
        try (var statement = on.prepareStatement("""
                UPDATE erasure_order SET state = ?, holder_key = NULL, decided_by = ?, decided_as = ?, decided_at = ?,
                       licences = ?, documents = ?, entries = ?
                 WHERE order_id = ? AND state = 'PROPOSED'
                """)) {
            statement.setString(1, state.name());
            statement.setString(2, by.subject());
            statement.setString(3, by.role());
            statement.setObject(4, LifeRows.utc(clock.instant()));
            statement.setObject(5, done.map(plan -> plan.licences().size()).orElse(null));
            statement.setObject(6, done.map(ErasurePlan::documents).orElse(null));
            statement.setObject(7, done.map(ErasurePlan::entries).orElse(null));
            statement.setObject(8, id);
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("a locked order changed: " + id);
            }
        }
    }

    Optional<Row> find(Connection on, UUID id) throws SQLException {
        return find(on, id, "");
    }

    Optional<Row> lock(Connection on, UUID id) throws SQLException {
        return find(on, id, " FOR UPDATE");
    }

    private Optional<Row> find(Connection on, UUID id, String locking) throws SQLException {
        try (var statement = on.prepareStatement(SELECT + "WHERE t.order_id = ?" + locking)) {
            statement.setObject(1, id);
            return rows(statement).stream().findFirst();
        }
    }

    Optional<Row> openFor(Connection on, byte[] holder) throws SQLException {
        try (var statement = on.prepareStatement(SELECT + "WHERE t.holder_key = ?")) {
            statement.setBytes(1, holder);
            return rows(statement).stream().findFirst();
        }
    }

    /// Locks those that nobody decided in their time.
    List<Row> over(Connection on) throws SQLException {
        try (var statement = on.prepareStatement(
                SELECT + "WHERE t.state = 'PROPOSED' AND t.lapses_at <= ? ORDER BY t.order_id FOR UPDATE")) {
            statement.setObject(1, LifeRows.utc(clock.instant()));
            return rows(statement);
        }
    }

    /// Newest first.
    List<Row> page(Connection on, int limit, Optional<UUID> after) throws SQLException {
        try (var statement = on.prepareStatement(SELECT + """
                 WHERE ?::uuid IS NULL OR (t.proposed_at, t.order_id) <
                       (SELECT o.proposed_at, o.order_id FROM erasure_order o WHERE o.order_id = ?::uuid)
                 ORDER BY t.proposed_at DESC, t.order_id DESC LIMIT ?
                """)) {
            statement.setObject(1, after.orElse(null));
            statement.setObject(2, after.orElse(null));
            statement.setInt(3, limit);
            return rows(statement);
        }
    }

    private List<Row> rows(PreparedStatement statement) throws SQLException {
        try (var row = statement.executeQuery()) {
            var found = new ArrayList<Row>();
            while (row.next()) {
                found.add(new Row(
                        order(row),
                        Optional.ofNullable(row.getBytes("holder_key")).map(LicenceRows::digest),
                        macs.isOurs(TABLE, row.getString("content"), row.getBytes("mac"))));
            }
            return found;
        }
    }

    private ErasureOrder order(ResultSet row) throws SQLException {
        var lapsesAt = at(row, "lapses_at");
        var state = State.valueOf(row.getString("state"));
        var decidedBy = row.getString("decided_by");
        return new ErasureOrder(
                row.getObject("order_id", UUID.class),
                state == State.PROPOSED && !clock.instant().isBefore(lapsesAt) ? State.LAPSED : state,
                new ErasureOrder.Deed(
                        new Actor(row.getString("proposed_by"), row.getString("proposed_as")), at(row, "proposed_at")),
                lapsesAt,
                decidedBy == null
                        ? Optional.empty()
                        : Optional.of(new ErasureOrder.Deed(
                                new Actor(decidedBy, row.getString("decided_as")), at(row, "decided_at"))),
                state == State.EXECUTED
                        ? Optional.of(new ErasureOrder.Outcome(
                                row.getInt("licences"), row.getInt("documents"), row.getInt("entries")))
                        : Optional.empty(),
                Optional.empty());
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
