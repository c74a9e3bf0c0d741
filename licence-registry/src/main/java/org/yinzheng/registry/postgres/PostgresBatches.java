package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.registry.stamping.Batch;
import org.yinzheng.registry.stamping.BatchJson;
import org.yinzheng.registry.stamping.Batches;
import org.yinzheng.registry.stamping.StampRequest;
import org.yinzheng.signing.Digest;

/// Requests to stamp in PostgreSQL.
public final class PostgresBatches implements Batches {
    private static final String COLUMNS = """
            batch_id, idempotency_key, request_key, seal_id, purpose, actor_subject, actor_role, state,
            documents_sealed, outcomes_sealed, recorded_at, decided_by, decided_at, decision_reason
            """;

    private final Database database;
    private final Vault vault;
    private final Clock clock;

    public PostgresBatches(Database database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public Optional<Work> take(StampRequest request) {
        return hold(request.idempotencyKey()).flatMap(held -> {
            var free = request.documents().stream()
                    .map(document -> document.digests().sha256().hex())
                    .distinct()
                    .allMatch(document -> held.alsoTake("stamp-document:" + document));
            if (!free) {
                held.close();
                return Optional.empty();
            }
            return Optional.of(new HeldBatch(held, request.idempotencyKey(), fingerprint(request)));
        });
    }

    private Optional<HeldKey> hold(String key) {
        return HeldKey.take(database, "stamp:" + key);
    }

    private Digest fingerprint(StampRequest request) {
        return LicenceRows.digest(vault.lookup("stamp-request", BatchJson.canonical(request)));
    }

    @Override
    public Optional<Batch> find(UUID id) {
        return database.reading(on -> find(on, id));
    }

    @Override
    public List<Batch> awaitingRelease(String sealId) {
        return database.reading(on -> {
            try (var statement = on.prepareStatement("SELECT " + COLUMNS + """
                      FROM stamping_batch
                     WHERE seal_id = ? AND state = 'AWAITING_RELEASE'
                     ORDER BY recorded_at
                     LIMIT 100
                    """)) {
                statement.setString(1, sealId);
                return list(statement).stream().map(Row::batch).toList();
            }
        });
    }

    @Override
    public Decided decide(UUID id, Actor actor, boolean release, String reason) {
        return database.transaction(on -> {
            var found = find(on, id);
            if (found.isEmpty()) {
                return Decided.NOT_FOUND;
            }
            if (found.get().actor().subject().equals(actor.subject())) {
                return Decided.OWN_REQUEST;
            }
            try (var statement = on.prepareStatement("""
                    UPDATE stamping_batch
                       SET state = ?, decided_by = ?, decided_at = ?, decision_reason = ?
                     WHERE batch_id = ? AND state = 'AWAITING_RELEASE'
                    """)) {
                statement.setString(1, release ? "RELEASED" : "REFUSED");
                statement.setString(2, actor.subject());
                statement.setObject(3, now());
                statement.setString(4, reason);
                statement.setObject(5, id);
                if (statement.executeUpdate() != 1) {
                    return Decided.NOT_WAITING;
                }
            }
            var action = release ? "stamp.release" : "stamp.refuse-release";
            var details = Map.of("batch", id.toString());
            AuditTrail.append(
                    on,
                    new AuditEntry(clock.instant(), actor, action, found.get().sealId(), reason, details));
            return Decided.DONE;
        });
    }

    @Override
    public int cancelAbandoned() {
        var cancelled = 0;
        for (var key : openKeys()) {
            var held = hold(key);
            if (held.isPresent()) {
                try (var work = new HeldBatch(held.get(), key, Digest.sha256(new byte[0]))) {
                    var left = work.find().filter(found -> found.batch().state() == Batch.State.OPEN);
                    left.ifPresent(found -> work.cancel(found.batch(), "interrupted"));
                    cancelled += left.isPresent() ? 1 : 0;
                }
            }
        }
        return cancelled;
    }

    private List<String> openKeys() {
        return database.reading(on -> {
            try (var statement = on.prepareStatement(
                            "SELECT idempotency_key FROM stamping_batch WHERE state = 'OPEN' ORDER BY recorded_at");
                    var row = statement.executeQuery()) {
                var keys = new ArrayList<String>();
                while (row.next()) {
                    keys.add(row.getString("idempotency_key"));
                }
                return keys;
            }
        });
    }

    private Optional<Batch> find(Connection on, UUID id) throws SQLException {
        try (var statement = on.prepareStatement("SELECT " + COLUMNS + " FROM stamping_batch WHERE batch_id = ?")) {
            statement.setObject(1, id);
            return list(statement).stream().findFirst().map(Row::batch);
        }
    }

    private record Row(Batch batch, Digest fingerprint) {}

    private List<Row> list(PreparedStatement statement) throws SQLException {
        try (var row = statement.executeQuery()) {
            var rows = new ArrayList<Row>();
            while (row.next()) {
                rows.add(new Row(read(row), LicenceRows.digest(row.getBytes("request_key"))));
            }
            return rows;
        }
    }

    private Batch read(ResultSet row) throws SQLException {
        var id = row.getObject("batch_id", UUID.class);
        var outcomes = row.getBytes("outcomes_sealed");
        var decidedBy = row.getString("decided_by");
        return new Batch(
                id,
                row.getString("seal_id"),
                row.getString("purpose"),
                new Actor(row.getString("actor_subject"), row.getString("actor_role")),
                time(row, "recorded_at"),
                Batch.State.valueOf(row.getString("state")),
                BatchJson.documents(vault.open(id.toString(), "batch.documents", row.getBytes("documents_sealed"))),
                decidedBy == null
                        ? Optional.empty()
                        : Optional.of(new Batch.Decision(
                                decidedBy, time(row, "decided_at"), row.getString("decision_reason"))),
                outcomes == null
                        ? List.of()
                        : BatchJson.outcomes(vault.open(id.toString(), "batch.outcomes", outcomes)));
    }

    private static Instant time(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /// One key with its documents, held.
    private final class HeldBatch implements Work {
        private final HeldKey held;
        private final String key;
        private final Digest fingerprint;

        HeldBatch(HeldKey held, String key, Digest fingerprint) {
            this.held = held;
            this.key = key;
            this.fingerprint = fingerprint;
        }

        @Override
        public Optional<Found> find() {
            return Database.reading(held.connection(), on -> {
                try (var statement = on.prepareStatement("SELECT " + COLUMNS
                        + " FROM stamping_batch WHERE idempotency_key = ? AND state <> 'CANCELLED'")) {
                    statement.setString(1, key);
                    return list(statement).stream()
                            .findFirst()
                            .map(row -> new Found(row.batch(), row.fingerprint().equals(fingerprint)));
                }
            });
        }

        @Override
        public void await(Batch batch) {
            database.transaction(held.connection(), on -> {
                insert(on, batch);
                return batch;
            });
        }

        @Override
        public void open(Batch batch, List<SealUse> intents) {
            database.transaction(held.connection(), on -> {
                if (batch.decision().isEmpty()) {
                    insert(on, batch);
                } else {
                    move(on, batch.id(), "RELEASED", "OPEN");
                }
                SealUseRows.insert(on, intents);
                return batch;
            });
        }

        @Override
        public void complete(Batch batch, Map<UUID, SealUse.Stamped> stamped) {
            database.transaction(held.connection(), on -> {
                try (var statement = on.prepareStatement("""
                        UPDATE stamping_batch SET state = 'DONE', outcomes_sealed = ?, ended_at = ?
                         WHERE batch_id = ? AND state = 'OPEN'
                        """)) {
                    var outcomes = BatchJson.outcomes(batch.outcomes());
                    statement.setBytes(1, vault.seal(batch.id().toString(), "batch.outcomes", outcomes));
                    statement.setObject(2, now());
                    statement.setObject(3, batch.id());
                    requireOne(statement, batch.id());
                }
                PostgresSealUses.complete(on, stamped);
                cancelUses(on, batch, "document-refused");
                return batch;
            });
        }

        @Override
        public void cancel(Batch batch, String reason) {
            database.transaction(held.connection(), on -> {
                if (batch.decision().isPresent()) {
                    move(on, batch.id(), "OPEN", "RELEASED"); // what somebody released stays released
                } else {
                    end(on, batch, reason);
                }
                cancelUses(on, batch, reason);
                return batch;
            });
        }

        @Override
        public void close() {
            held.close();
        }

        private void insert(Connection on, Batch batch) throws SQLException {
            try (var statement = on.prepareStatement("""
                    INSERT INTO stamping_batch (batch_id, idempotency_key, request_key, seal_id, purpose,
                           actor_subject, actor_role, state, documents_sealed, recorded_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """)) {
                statement.setObject(1, batch.id());
                statement.setString(2, key);
                statement.setBytes(3, LicenceRows.digest(fingerprint));
                statement.setString(4, batch.sealId());
                statement.setString(5, batch.purpose());
                statement.setString(6, batch.actor().subject());
                statement.setString(7, batch.actor().role());
                statement.setString(8, batch.state().name());
                var documents = BatchJson.documents(batch.documents());
                statement.setBytes(9, vault.seal(batch.id().toString(), "batch.documents", documents));
                statement.setObject(10, batch.recordedAt().atOffset(ZoneOffset.UTC));
                statement.executeUpdate();
            }
        }

        private void end(Connection on, Batch batch, String reason) throws SQLException {
            try (var statement = on.prepareStatement("""
                    UPDATE stamping_batch SET state = 'CANCELLED', cancelled_for = ?, ended_at = ?
                     WHERE batch_id = ? AND state = 'OPEN'
                    """)) {
                statement.setString(1, reason);
                statement.setObject(2, now());
                statement.setObject(3, batch.id());
                requireOne(statement, batch.id());
            }
        }

        private void cancelUses(Connection on, Batch batch, String reason) throws SQLException {
            var why = new SealUse.Cancelled(reason, clock.instant());
            PostgresSealUses.cancelBatch(on, batch.id().toString(), why);
        }

        private static void move(Connection on, UUID id, String from, String to) throws SQLException {
            try (var statement =
                    on.prepareStatement("UPDATE stamping_batch SET state = ? WHERE batch_id = ? AND state = ?")) {
                statement.setString(1, to);
                statement.setObject(2, id);
                statement.setString(3, from);
                requireOne(statement, id);
            }
        }

        private static void requireOne(PreparedStatement statement, UUID id) throws SQLException {
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("the batch is in another state: " + id);
            }
        }
    }
}
