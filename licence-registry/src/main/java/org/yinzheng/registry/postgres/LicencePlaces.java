package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.HolderKey;

/// Where licences live, and what leads there: the directories of identifiers, numbers and other holders. See
/// `V21__partitions.sql`.
final class LicencePlaces {
    private LicencePlaces() {}

    /// @param home the first holder's key: the partition, and the node when there are many
    record Place(HolderKey home, LicenceId id) {
        byte[] homeKey() {
            return LicenceRows.digest(home.digest());
        }
    }

    /// @return also for a licence that is promised and not there yet
    static Optional<Place> find(Connection on, LicenceId id) throws SQLException {
        try (var statement = on.prepareStatement("SELECT home_key FROM licence_directory WHERE licence_id = ?")) {
            statement.setString(1, id.value());
            try (var row = statement.executeQuery()) {
                return row.next()
                        ? Optional.of(new Place(new HolderKey(LicenceRows.digest(row.getBytes("home_key"))), id))
                        : Optional.empty();
            }
        }
    }

    /// Every licence that has or had the number: who holds it first, then the later ones.
    static List<Place> ofNumber(Connection on, byte[] numberKey) throws SQLException {
        try (var statement = on.prepareStatement("""
                SELECT licence_id, home_key FROM licence_number WHERE number_key = ?
                 ORDER BY held DESC, licence_id DESC
                """)) {
            statement.setBytes(1, numberKey);
            try (var row = statement.executeQuery()) {
                var places = new ArrayList<Place>();
                while (row.next()) {
                    places.add(new Place(
                            new HolderKey(LicenceRows.digest(row.getBytes("home_key"))),
                            new LicenceId(row.getString("licence_id"))));
                }
                return places;
            }
        }
    }

    /// @return false when the identifier was given before
    static boolean enter(Connection on, Place place) throws SQLException {
        try (var statement = on.prepareStatement(
                "INSERT INTO licence_directory (licence_id, home_key) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            statement.setString(1, place.id().value());
            statement.setBytes(2, place.homeKey());
            return statement.executeUpdate() == 1;
        }
    }

    /// Promises the end of a licence to its successor.
    ///
    /// @return false when it is promised to another, or has one
    static boolean promise(Connection on, LicenceId old, LicenceId successor) throws SQLException {
        try (var statement = on.prepareStatement(
                "UPDATE licence_directory SET successor = ? WHERE licence_id = ? AND successor IS NULL")) {
            statement.setString(1, successor.value());
            statement.setString(2, old.value());
            return statement.executeUpdate() == 1;
        }
    }

    static void withdraw(Connection on, LicenceId old, LicenceId successor) throws SQLException {
        try (var statement = on.prepareStatement(
                "UPDATE licence_directory SET successor = NULL WHERE licence_id = ? AND successor = ?")) {
            statement.setString(1, old.value());
            statement.setString(2, successor.value());
            statement.executeUpdate();
        }
    }

    /// @param held false: the predecessor holds the number until it is superseded
    /// @return false when another licence holds it
    static boolean reserveNumber(Connection on, byte[] numberKey, Place place, boolean held) throws SQLException {
        try (var statement = on.prepareStatement("""
                INSERT INTO licence_number (number_key, licence_id, home_key, held) VALUES (?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """)) {
            statement.setBytes(1, numberKey);
            statement.setString(2, place.id().value());
            statement.setBytes(3, place.homeKey());
            statement.setBoolean(4, held);
            return statement.executeUpdate() == 1;
        }
    }

    static void freeNumber(Connection on, byte[] numberKey, LicenceId id) throws SQLException {
        try (var statement =
                on.prepareStatement("DELETE FROM licence_number WHERE number_key = ? AND licence_id = ?")) {
            statement.setBytes(1, numberKey);
            statement.setString(2, id.value());
            statement.executeUpdate();
        }
    }

    static void holdNumber(Connection on, byte[] numberKey, LicenceId id, boolean held) throws SQLException {
        try (var statement =
                on.prepareStatement("UPDATE licence_number SET held = ? WHERE number_key = ? AND licence_id = ?")) {
            statement.setBoolean(1, held);
            statement.setBytes(2, numberKey);
            statement.setString(3, id.value());
            statement.executeUpdate();
        }
    }
}
