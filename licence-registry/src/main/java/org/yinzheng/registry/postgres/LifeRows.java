package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Passage;
import org.yinzheng.registry.postgres.LicencePlaces.Place;
import org.yinzheng.signing.Digest;

/// A licence's state and its history, within the transactions of others.
final class LifeRows {
    private LifeRows() {}

    /// @param recorded as stored
    record Held(Place place, Standing recorded, long version) {}

    /// Locks the licence's row until the transaction ends: changes of one licence follow one another.
    static Optional<Held> lock(Connection on, LicenceId id) throws SQLException {
        var place = LicencePlaces.find(on, id);
        if (place.isEmpty()) {
            return Optional.empty();
        }
        try (var statement = on.prepareStatement("""
                SELECT state, version FROM licence
                 WHERE holder_key = ? AND licence_id = ? AND erased_at IS NULL FOR NO KEY UPDATE
                """)) {
            statement.setBytes(1, place.get().homeKey());
            statement.setString(2, id.value());
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(
                                new Held(place.get(), Standing.valueOf(row.getString("state")), row.getLong("version")))
                        : Optional.empty();
            }
        }
    }

    /// Leaves a state for another, at the version that was seen.
    static void move(Connection on, Held from, Standing to) throws SQLException {
        try (var statement = on.prepareStatement("""
                UPDATE licence SET state = ?, version = version + 1
                 WHERE holder_key = ? AND licence_id = ? AND state = ? AND version = ?
                """)) {
            statement.setString(1, to.name());
            statement.setBytes(2, from.place().homeKey());
            statement.setString(3, from.place().id().value());
            statement.setString(4, from.recorded().name());
            statement.setLong(5, from.version());
            exactlyOne(from.place().id(), statement.executeUpdate());
        }
    }

    /// A new version in the same state: something else about the licence changed.
    static void touch(Connection on, Place place) throws SQLException {
        try (var statement = on.prepareStatement(
                "UPDATE licence SET version = version + 1 WHERE holder_key = ? AND licence_id = ?")) {
            statement.setBytes(1, place.homeKey());
            statement.setString(2, place.id().value());
            exactlyOne(place.id(), statement.executeUpdate());
        }
    }

    /// Gives way to a successor that the same transaction registers.
    ///
    /// @return false when it is not in force at that version any more; nothing changed then
    static boolean giveWay(Connection on, Place place, long version, LicenceId successor) throws SQLException {
        try (var statement = on.prepareStatement("""
                UPDATE licence SET state = 'SUPERSEDED', superseded_by = ?, version = version + 1
                 WHERE holder_key = ? AND licence_id = ? AND state = 'IN_FORCE' AND version = ?
                """)) {
            statement.setString(1, successor.value());
            statement.setBytes(2, place.homeKey());
            statement.setString(3, place.id().value());
            statement.setLong(4, version);
            return statement.executeUpdate() == 1;
        }
    }

    /// @param key by which a repeated request is recognised
    /// @param request what was asked under that key
    record Once(Digest key, Digest request) {}

    static void record(Connection on, Place place, Passage passage, @Nullable Once once) throws SQLException {
        try (var statement = on.prepareStatement("""
                INSERT INTO licence_transition (home_key, licence_id, from_state, to_state, actor_subject, actor_role,
                       reason_code, legal_basis, note, at, idempotency_key, request_key)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            statement.setBytes(1, place.homeKey());
            statement.setString(2, place.id().value());
            statement.setString(3, passage.from());
            statement.setString(4, passage.to());
            statement.setString(5, passage.actor().subject());
            statement.setString(6, passage.actor().role());
            statement.setString(7, passage.grounds().reasonCode());
            statement.setString(8, passage.grounds().legalBasis());
            statement.setString(9, passage.grounds().note());
            statement.setObject(10, utc(passage.at()));
            statement.setBytes(11, once == null ? null : LicenceRows.digest(once.key()));
            statement.setBytes(12, once == null ? null : LicenceRows.digest(once.request()));
            statement.executeUpdate();
        }
    }

    /// What was asked under a key before.
    static Optional<Digest> askedUnder(Connection on, Place place, Digest key) throws SQLException {
        try (var statement = on.prepareStatement("""
                SELECT request_key FROM licence_transition
                 WHERE home_key = ? AND licence_id = ? AND idempotency_key = ?
                """)) {
            statement.setBytes(1, place.homeKey());
            statement.setString(2, place.id().value());
            statement.setBytes(3, LicenceRows.digest(key));
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(LicenceRows.digest(row.getBytes("request_key"))) : Optional.empty();
            }
        }
    }

    static List<Passage> history(Connection on, Place place) throws SQLException {
        try (var statement = on.prepareStatement("""
                SELECT from_state, to_state, actor_subject, actor_role, reason_code, legal_basis, note, at
                  FROM licence_transition WHERE home_key = ? AND licence_id = ? ORDER BY transition_id
                """)) {
            statement.setBytes(1, place.homeKey());
            statement.setString(2, place.id().value());
            try (var row = statement.executeQuery()) {
                var passages = new ArrayList<Passage>();
                while (row.next()) {
                    passages.add(new Passage(
                            row.getString("from_state"),
                            row.getString("to_state"),
                            new Actor(row.getString("actor_subject"), row.getString("actor_role")),
                            new Grounds(
                                    row.getString("reason_code"), row.getString("legal_basis"), row.getString("note")),
                            row.getObject("at", OffsetDateTime.class).toInstant()));
                }
                return passages;
            }
        }
    }

    static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static void exactlyOne(LicenceId id, int rows) {
        if (rows != 1) {
            throw new IllegalStateException("a locked licence changed: " + id);
        }
    }
}
