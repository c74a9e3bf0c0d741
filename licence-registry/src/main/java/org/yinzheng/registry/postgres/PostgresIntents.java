package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.issuance.Intent;
import org.yinzheng.registry.issuance.Intents;
import org.yinzheng.registry.issuance.IssueRequest;
import org.yinzheng.registry.issuance.Predecessor;
import org.yinzheng.registry.issuance.Rendition;
import org.yinzheng.registry.issuance.RequestJson;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Passage;
import org.yinzheng.registry.notice.Notice;
import org.yinzheng.registry.postgres.LicencePlaces.Place;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.signing.Digest;

/// Intents in PostgreSQL.
public final class PostgresIntents implements Intents {
    private final Database database;
    private final Vault vault;
    private final LicenceRows rows;

    public PostgresIntents(Database database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.rows = new LicenceRows(vault, clock);
    }

    @Override
    public Digest fingerprint(IssueRequest request) {
        return LicenceRows.digest(vault.lookup("request", RequestJson.canonical(request)));
    }

    @Override
    public List<String> open() {
        return database.reading(connection -> {
            try (var statement = connection.prepareStatement(
                            "SELECT idempotency_key FROM issuance_intent WHERE state = 'OPEN' ORDER BY intent_id");
                    var row = statement.executeQuery()) {
                var keys = new ArrayList<String>();
                while (row.next()) {
                    keys.add(row.getString("idempotency_key"));
                }
                return keys;
            }
        });
    }

    @Override
    public Optional<Work> take(String idempotencyKey) {
        return HeldKey.take(database, idempotencyKey).map(held -> new HeldIntent(held, idempotencyKey));
    }

    private final class HeldIntent implements Work {
        private final HeldKey held;
        private final Connection connection;
        private final String key;

        HeldIntent(HeldKey held, String key) {
            this.held = held;
            this.connection = held.connection();
            this.key = key;
        }

        @Override
        public Optional<Intent> find() {
            return Database.reading(connection, on -> {
                try (var statement = on.prepareStatement("""
                        SELECT licence_id, request_key, state, request_sealed, authority_code, authority_name,
                               actor_subject, actor_role, recorded_at, supersedes, supersedes_version
                          FROM issuance_intent
                         WHERE idempotency_key = ? AND state <> 'CANCELLED'
                        """)) {
                    statement.setString(1, key);
                    try (var row = statement.executeQuery()) {
                        if (!row.next()) {
                            return Optional.empty();
                        }
                        var id = row.getString("licence_id");
                        return Optional.of(new Intent(
                                key,
                                LicenceRows.digest(row.getBytes("request_key")),
                                new LicenceId(id),
                                Intent.State.valueOf(row.getString("state")),
                                new Authority(
                                        new CreditCode(row.getString("authority_code")),
                                        row.getString("authority_name")),
                                new Actor(row.getString("actor_subject"), row.getString("actor_role")),
                                row.getObject("recorded_at", OffsetDateTime.class)
                                        .toInstant(),
                                Optional.ofNullable(row.getBytes("request_sealed"))
                                        .map(box -> RequestJson.read(vault.open(id, "intent.request", box))),
                                replaced(row)));
                    }
                }
            });
        }

        @Override
        public long nextSerial() {
            return Database.reading(connection, on -> {
                try (var statement = on.prepareStatement("SELECT nextval('licence_serial') AS serial");
                        var row = statement.executeQuery()) {
                    row.next();
                    return row.getLong("serial");
                }
            });
        }

        @Override
        public Optional<Predecessor> predecessor(LicenceId of) {
            return Database.reading(connection, on -> {
                var place = LicencePlaces.find(on, of);
                var licence = place.isEmpty() ? Optional.<Licence>empty() : rows.find(on, place.get());
                if (licence.isEmpty()) {
                    return Optional.empty();
                }
                try (var statement = on.prepareStatement("""
                        SELECT l.state, (SELECT count(*) FROM issuance_intent i
                                          WHERE i.supersedes = l.licence_id AND i.state = 'CANCELLED') AS attempts
                          FROM licence l WHERE l.holder_key = ? AND l.licence_id = ?
                        """)) {
                    statement.setBytes(1, place.orElseThrow().homeKey());
                    statement.setString(2, of.value());
                    try (var row = statement.executeQuery()) {
                        row.next();
                        return Optional.of(new Predecessor(
                                licence.get(), Standing.valueOf(row.getString("state")), row.getInt("attempts")));
                    }
                }
            });
        }

        @Override
        public List<Licence> parts(List<LicenceId> ids) {
            return Database.reading(connection, on -> {
                var found = new ArrayList<Licence>();
                for (var id : ids) {
                    rows.find(on, id).ifPresent(found::add);
                }
                return found;
            });
        }

        @Override
        public Recorded record(Intent intent, LicenceNumber number, boolean keepsNumber) {
            var id = intent.licenceId().value();
            var request = intent.request().orElseThrow();
            var place = rows.place(intent.licenceId(), request.holder().id());
            var numberKey = rows.numberKey(intent.licenceId().typeCode(), number);
            return database.transaction(connection, on -> {
                var refused = reserve(on, intent, place, numberKey, keepsNumber);
                if (refused.isPresent()) {
                    on.rollback(); // what was reserved already
                    return refused.get();
                }
                try (var statement = on.prepareStatement("""
                        INSERT INTO issuance_intent (idempotency_key, request_key, licence_id, type_code, number_key,
                               state, request_sealed, authority_code, authority_name, actor_subject, actor_role,
                               recorded_at, supersedes, supersedes_version, holds_number)
                        VALUES (?, ?, ?, ?, ?, 'OPEN', ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """)) {
                    statement.setString(1, key);
                    statement.setBytes(2, LicenceRows.digest(intent.fingerprint()));
                    statement.setString(3, id);
                    statement.setString(4, intent.licenceId().typeCode());
                    statement.setBytes(5, numberKey);
                    statement.setBytes(6, vault.seal(id, "intent.request", RequestJson.write(request)));
                    statement.setString(7, intent.authority().code().value());
                    statement.setString(8, intent.authority().name());
                    statement.setString(9, intent.actor().subject());
                    statement.setString(10, intent.actor().role());
                    statement.setObject(11, intent.recordedAt().atOffset(ZoneOffset.UTC));
                    statement.setString(
                            12, intent.replaces().map(old -> old.id().value()).orElse(null));
                    statement.setObject(
                            13, intent.replaces().map(Intent.Replaced::version).orElse(null));
                    statement.setBoolean(14, !keepsNumber);
                    statement.executeUpdate();
                }
                return Recorded.RECORDED;
            });
        }

        /// Identifier, predecessor and number are each one licence's.
        private static Optional<Recorded> reserve(
                Connection on, Intent intent, Place place, byte[] numberKey, boolean keepsNumber) throws SQLException {
            var old = intent.replaces().map(Intent.Replaced::id);
            if (old.isPresent() && !LicencePlaces.promise(on, old.get(), intent.licenceId())) {
                return Optional.of(Recorded.REPLACED_BY_ANOTHER);
            }
            if (!LicencePlaces.enter(on, place)) {
                if (old.isEmpty()) {
                    throw new IllegalStateException("an identifier was given twice: " + intent.licenceId());
                }
                // a successor was promised and cancelled after this one was prepared
                return Optional.of(Recorded.REPLACED_BY_ANOTHER);
            }
            return LicencePlaces.reserveNumber(on, numberKey, place, !keepsNumber)
                    ? Optional.empty()
                    : Optional.of(Recorded.NUMBER_TAKEN);
        }

        @Override
        public Completion complete(Intent intent, Licence licence, List<Rendition> renditions, SealUse use) {
            return database.transaction(connection, on -> {
                // before anything is changed: what ends here is committed
                var parts = licence.entry().parts();
                var ended = PartRows.lock(on, rows, parts);
                if (ended.isPresent()) {
                    cancel(on, intent, "part-not-in-force");
                    return ended.get();
                }
                if (intent.replaces().isPresent()
                        && !giveWay(on, intent, intent.replaces().get(), licence)) {
                    cancel(on, intent, "overtaken");
                    return new Completion.Overtaken();
                }
                end(on, intent, "DONE", null);
                rows.insert(on, licence);
                PartRows.insert(on, licence.id(), parts);
                var place = rows.place(licence.id(), licence.holder().id());
                insert(on, place, renditions);
                LifeRows.record(
                        on,
                        place,
                        new Passage(
                                "DRAFT",
                                Standing.IN_FORCE.name(),
                                intent.actor(),
                                new Grounds("issued", "依申请核发", ""),
                                rows.now()),
                        null);
                AuditTrail.append(
                        on,
                        new AuditEntry(
                                rows.now(),
                                intent.actor(),
                                "licence.issue",
                                licence.id().value(),
                                "",
                                issued(licence, renditions)));
                SealUseRows.insert(on, List.of(use));
                PostgresSealUses.audit(on, List.of(use));
                return new Completion.Done();
            });
        }

        private static Map<String, String> issued(Licence licence, List<Rendition> renditions) {
            var details = new TreeMap<String, String>();
            details.put("data", licence.dataDigest().hex());
            details.put("type", licence.typeCode());
            renditions.forEach(rendition ->
                    details.put(rendition.format().name(), rendition.digest().hex()));
            return details;
        }

        /// The old licence ends, and with it the dispute about it and its hold on the number.
        private boolean giveWay(Connection on, Intent intent, Intent.Replaced old, Licence successor)
                throws SQLException {
            var place = LicencePlaces.find(on, old.id()).orElseThrow();
            if (!LifeRows.giveWay(on, place, old.version(), successor.id())) {
                return false;
            }
            var grounds =
                    intent.request().orElseThrow().supersedes().orElseThrow().grounds();
            LifeRows.record(
                    on,
                    place,
                    new Passage(
                            Standing.IN_FORCE.name(), Standing.SUPERSEDED.name(), intent.actor(), grounds, rows.now()),
                    null);
            handOverNumber(on, old.id(), successor);
            NoticeRows.write(on, old.id(), Notice.Kind.SUPERSEDED, successor.id(), rows.now());
            DisputeRows.settle(on, old.id(), successor.id(), intent.actor(), rows.now());
            AuditTrail.append(
                    on,
                    new AuditEntry(
                            rows.now(),
                            intent.actor(),
                            "licence.supersede",
                            old.id().value(),
                            grounds.reasonCode(),
                            Map.of(
                                    "legalBasis",
                                    grounds.legalBasis(),
                                    "note",
                                    grounds.note(),
                                    "successor",
                                    successor.id().value())));
            return true;
        }

        /// The old one's first: only one holds a number at any moment.
        private void handOverNumber(Connection on, LicenceId old, Licence successor) throws SQLException {
            var freed = setHoldsNumber(on, old, false);
            LicencePlaces.holdNumber(on, freed, old, false);
            setHoldsNumber(on, successor.id(), true);
            LicencePlaces.holdNumber(
                    on, rows.numberKey(successor.typeCode(), successor.number()), successor.id(), true);
        }

        /// @return the number's key
        private static byte[] setHoldsNumber(Connection on, LicenceId id, boolean holds) throws SQLException {
            try (var statement = on.prepareStatement("""
                    UPDATE issuance_intent SET holds_number = ? WHERE licence_id = ? AND state <> 'CANCELLED'
                    RETURNING number_key
                    """)) {
                statement.setBoolean(1, holds);
                statement.setString(2, id.value());
                try (var row = statement.executeQuery()) {
                    if (!row.next()) {
                        throw new IllegalStateException("a licence without its intent: " + id);
                    }
                    return row.getBytes("number_key");
                }
            }
        }

        private static Optional<Intent.Replaced> replaced(ResultSet row) throws SQLException {
            var id = row.getString("supersedes");
            return id == null
                    ? Optional.empty()
                    : Optional.of(new Intent.Replaced(new LicenceId(id), row.getLong("supersedes_version")));
        }

        @Override
        public void cancel(Intent intent, String reason) {
            database.transaction(connection, on -> {
                cancel(on, intent, reason);
                return reason;
            });
        }

        /// The identifier stays given; number and predecessor are free again.
        private void cancel(Connection on, Intent intent, String reason) throws SQLException {
            var id = intent.licenceId();
            LicencePlaces.freeNumber(on, end(on, intent, "CANCELLED", reason), id);
            if (intent.replaces().isPresent()) {
                LicencePlaces.withdraw(on, intent.replaces().get().id(), id);
            }
        }

        @Override
        public Licence licence(Intent done) {
            return Database.reading(
                    connection, on -> rows.find(on, done.licenceId()).orElseThrow());
        }

        @Override
        public void close() {
            held.close();
        }

        /// @return the number's key
        private byte[] end(Connection on, Intent intent, String state, @Nullable String reason) throws SQLException {
            try (var statement = on.prepareStatement("""
                    UPDATE issuance_intent
                       SET state = ?, cancelled_for = ?, request_sealed = NULL, ended_at = ?
                     WHERE licence_id = ? AND idempotency_key = ? AND state = 'OPEN'
                    RETURNING number_key
                    """)) {
                statement.setString(1, state);
                statement.setString(2, reason);
                statement.setObject(3, rows.now().atOffset(ZoneOffset.UTC));
                statement.setString(4, intent.licenceId().value());
                statement.setString(5, key);
                try (var row = statement.executeQuery()) {
                    if (!row.next()) {
                        throw new IllegalStateException("the intent is not open any more: " + intent.licenceId());
                    }
                    return row.getBytes("number_key");
                }
            }
        }

        private static void insert(Connection on, Place place, List<Rendition> renditions) throws SQLException {
            try (var statement = on.prepareStatement(
                    "INSERT INTO rendition (home_key, licence_id, format, digest, size) VALUES (?, ?, ?, ?, ?)")) {
                for (var rendition : renditions) {
                    statement.setBytes(1, place.homeKey());
                    statement.setString(2, place.id().value());
                    statement.setString(3, rendition.format().name());
                    statement.setBytes(4, LicenceRows.digest(rendition.digest()));
                    statement.setLong(5, rendition.size());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
        }
    }
}
