package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.document.DocumentStore;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.HolderKey;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.LicencePage;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.registry.licence.Parts;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.licence.StandingFact;
import org.yinzheng.registry.licence.StoredRendition;
import org.yinzheng.registry.postgres.LicencePlaces.Place;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.Cryptography;

/// The registered licences, in PostgreSQL. What is shown to people may come from a standby; what a verification
/// says of a licence is asked of the primary, since it must be true at that moment.
public final class PostgresLicences implements Licences {
    private static final Logger LOG = LoggerFactory.getLogger(PostgresLicences.class);
    private static final int LARGEST_PAGE = 100;

    private final Database database;
    private final DocumentStore documents;
    private final LicenceRows rows;

    public PostgresLicences(Database database, Vault vault, DocumentStore documents, Clock clock) {
        this.database = database;
        this.documents = documents;
        this.rows = new LicenceRows(vault, clock);
    }

    @Override
    public Optional<Licence> find(LicenceId id) {
        return database.lookup(connection -> rows.find(connection, id));
    }

    @Override
    public Optional<Licence> findOwn(LicenceId id, HolderId owner) {
        return find(id).filter(licence -> licence.concerns(owner));
    }

    @Override
    public LicencePage ofHolder(HolderId holder, int limit, Optional<String> after) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new InvalidInput("limit", "limit", "from 1 to " + LARGEST_PAGE);
        }
        var cursor = after.map(Cursor::parse);
        var home = key(holder);
        var found = database.lookup(connection -> {
                    var places = placesOf(connection, home, cursor, limit + 1);
                    // those of whom the holder is the first live together, the others each with its own first holder
                    var byHome = places.stream()
                            .collect(Collectors.groupingBy(
                                    Place::home,
                                    LinkedHashMap::new,
                                    Collectors.mapping(Place::id, Collectors.toList())));
                    var read = new HashMap<LicenceId, Licence>();
                    for (var together : byHome.entrySet()) {
                        for (var licence : rows.ofHome(connection, together.getKey(), together.getValue())) {
                            read.put(licence.id(), licence);
                        }
                    }
                    return Optional.of(places.stream()
                                    .flatMap(place -> Optional.ofNullable(read.get(place.id())).stream())
                                    .toList())
                            .filter(any -> !any.isEmpty());
                })
                .orElse(List.of());
        boolean more = found.size() > limit;
        var page = more ? found.subList(0, limit) : found;
        return new LicencePage(
                page, more ? Optional.of(Cursor.of(page.getLast()).text()) : Optional.empty());
    }

    /// Everything that leads to a holder's licences is in one partition.
    private static List<Place> placesOf(Connection on, HolderKey holder, Optional<Cursor> after, int most)
            throws SQLException {
        try (var statement = on.prepareStatement("""
                (SELECT holder_key AS home_key, licence_id, issued_at FROM licence
                  WHERE holder_key = ? AND erased_at IS NULL
                    AND (?::timestamptz IS NULL OR (issued_at, licence_id) < (?::timestamptz, ?))
                  ORDER BY issued_at DESC, licence_id DESC LIMIT ?)
                UNION
                (SELECT home_key, licence_id, issued_at FROM holder_entry
                  WHERE holder_key = ?
                    AND (?::timestamptz IS NULL OR (issued_at, licence_id) < (?::timestamptz, ?))
                  ORDER BY issued_at DESC, licence_id DESC LIMIT ?)
                ORDER BY issued_at DESC, licence_id DESC
                LIMIT ?
                """)) {
            var at = after.map(place -> place.at().atOffset(ZoneOffset.UTC)).orElse(null);
            for (int first : new int[] {1, 6}) {
                statement.setBytes(first, LicenceRows.digest(holder.digest()));
                statement.setObject(first + 1, at);
                statement.setObject(first + 2, at);
                statement.setString(
                        first + 3, after.map(place -> place.id().value()).orElse(null));
                statement.setInt(first + 4, most);
            }
            statement.setInt(11, most);
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

    @Override
    public Optional<Licence> byNumber(String typeCode, LicenceNumber number) {
        return database.lookup(connection -> {
            for (var place : LicencePlaces.ofNumber(connection, rows.numberKey(typeCode, number))) {
                // who holds it may only be promised yet
                var licence = rows.find(connection, place);
                if (licence.isPresent()) {
                    return licence;
                }
            }
            return Optional.empty();
        });
    }

    @Override
    public Optional<DocumentBytes> rendition(LicenceId id, Format format) {
        Optional<Digest> digest = database.lookup(connection -> {
            var place = LicencePlaces.find(connection, id);
            if (place.isEmpty()) {
                return Optional.empty();
            }
            try (var statement = connection.prepareStatement("""
                    SELECT digest FROM rendition r WHERE home_key = ? AND licence_id = ? AND format = ?
                       AND NOT EXISTS (SELECT 1 FROM licence l WHERE l.holder_key = r.home_key
                                          AND l.licence_id = r.licence_id AND l.erased_at IS NOT NULL)
                    """)) {
                statement.setBytes(1, place.get().homeKey());
                statement.setString(2, id.value());
                statement.setString(3, format.name());
                try (var result = statement.executeQuery()) {
                    return result.next()
                            ? Optional.of(LicenceRows.digest(result.getBytes("digest")))
                            : Optional.empty();
                }
            }
        });
        return digest.map(documents::get);
    }

    @Override
    public Optional<StandingFact> standing(String licenceId) {
        LicenceId id;
        try {
            id = new LicenceId(licenceId);
        } catch (InvalidInput noIdentifier) {
            return Optional.empty();
        }
        return database.reading(connection -> {
            var place = LicencePlaces.find(connection, id);
            if (place.isEmpty()) {
                return Optional.empty();
            }
            try (var statement = connection.prepareStatement(
                    """
                    SELECT type_name, authority_name,
                           (SELECT m.current_name FROM authority_merger m WHERE m.from_code = l.authority_code) AS current_name,
                           CASE WHEN erased_at IS NULL THEN state ELSE 'ERASED' END AS state,
                           valid_from, valid_until, superseded_by,
                           (SELECT k.key_sealed FROM holder_key k WHERE k.holder_key = ?) AS key_sealed,
                           EXISTS (SELECT 1 FROM dispute d
                                    WHERE d.licence_id = l.licence_id AND d.state = 'OPEN') AS disputed,
                    """ + PartRows.COLUMN + " FROM licence l WHERE holder_key = ? AND licence_id = ?")) {
                statement.setBytes(1, place.get().homeKey());
                statement.setBytes(2, place.get().homeKey());
                statement.setString(3, id.value());
                try (var row = statement.executeQuery()) {
                    if (!row.next()) {
                        return Optional.empty();
                    }
                    var from = row.getObject("valid_from", LocalDate.class);
                    var until = Optional.ofNullable(row.getObject("valid_until", LocalDate.class));
                    // what it bound is erased with it: it is the same holder's
                    var parts = row.getString("state").equals(Standing.ERASED.name())
                            ? Parts.NONE
                            : PartRows.read(rows, rows.box(place.get().homeKey(), row), row.getString("parts"));
                    return Optional.of(new StandingFact(
                            id,
                            row.getString("type_name"),
                            row.getString("authority_name"),
                            Optional.ofNullable(row.getString("current_name")),
                            rows.standing(row.getString("state"), from, until),
                            row.getBoolean("disputed"),
                            Optional.ofNullable(row.getString("superseded_by")).map(LicenceId::new),
                            from,
                            until,
                            parts,
                            rows.now()));
                }
            }
        });
    }

    @Override
    public HolderKey key(HolderId holder) {
        return new HolderKey(LicenceRows.digest(rows.holderKey(holder)));
    }

    @Override
    public List<HolderKey> holdersOf(LicenceId id) {
        return database.reading(connection -> {
            var place = LicencePlaces.find(connection, id);
            if (place.isEmpty()) {
                return List.of();
            }
            try (var statement = connection.prepareStatement("""
                    SELECT holder_key FROM licence WHERE holder_key = ? AND licence_id = ?
                    UNION ALL
                    SELECT holder_key FROM licence_holder WHERE home_key = ? AND licence_id = ? AND role <> 'AGENT'
                    """)) {
                statement.setBytes(1, place.get().homeKey());
                statement.setString(2, id.value());
                statement.setBytes(3, place.get().homeKey());
                statement.setString(4, id.value());
                try (var row = statement.executeQuery()) {
                    var keys = new ArrayList<HolderKey>();
                    while (row.next()) {
                        keys.add(new HolderKey(LicenceRows.digest(row.getBytes("holder_key"))));
                    }
                    return keys;
                }
            }
        });
    }

    @Override
    public Optional<StoredRendition> renditionBy(StoredRendition.Algorithm algorithm, Digest digest) {
        return database.reading(connection -> {
            try (var statement = connection.prepareStatement(
                    switch (algorithm) {
                        case SHA_256 -> "SELECT licence_id, format FROM rendition WHERE digest = ?";
                        case SM3 -> "SELECT licence_id, format FROM rendition WHERE sm3 = ?";
                    })) {
                statement.setBytes(1, LicenceRows.digest(digest));
                try (var row = statement.executeQuery()) {
                    return row.next() ? Optional.of(stored(row)) : Optional.empty();
                }
            }
        });
    }

    @Override
    public int addMissingDigests(int most) {
        List<StoredRendition> missing = database.reading(connection -> {
            try (var statement =
                    connection.prepareStatement("SELECT licence_id, format FROM rendition WHERE sm3 IS NULL LIMIT ?")) {
                statement.setInt(1, most);
                try (var row = statement.executeQuery()) {
                    var found = new ArrayList<StoredRendition>();
                    while (row.next()) {
                        found.add(stored(row));
                    }
                    return found;
                }
            }
        });
        return (int) missing.stream().filter(this::addDigest).count();
    }

    /// One document that is missing or changed does not keep the others from their digests.
    private boolean addDigest(StoredRendition rendition) {
        try {
            var bytes = rendition(rendition.id(), rendition.format());
            bytes.ifPresent(document -> addDigest(rendition, document));
            return bytes.isPresent();
        } catch (Failure.NotDone unreadable) {
            LOG.warn("no second digest for a rendition of {}: {}", rendition.id(), unreadable.getMessage());
            return false;
        }
    }

    private void addDigest(StoredRendition rendition, DocumentBytes bytes) {
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement(
                    "UPDATE rendition SET sm3 = ? WHERE home_key = ? AND licence_id = ? AND format = ?")) {
                statement.setBytes(1, Cryptography.sm3(bytes.toByteArray()));
                statement.setBytes(
                        2,
                        LicencePlaces.find(connection, rendition.id())
                                .orElseThrow()
                                .homeKey());
                statement.setString(3, rendition.id().value());
                statement.setString(4, rendition.format().name());
                return statement.executeUpdate();
            }
        });
    }

    private static StoredRendition stored(ResultSet row) throws SQLException {
        return new StoredRendition(new LicenceId(row.getString("licence_id")), Format.valueOf(row.getString("format")));
    }

    /// A place in the list of a holder's licences.
    private record Cursor(Instant at, LicenceId id) {
        static Cursor of(Licence licence) {
            return new Cursor(licence.issuedAt(), licence.id());
        }

        static Cursor parse(String text) {
            try {
                int tilde = text.indexOf('~');
                return new Cursor(
                        OffsetDateTime.parse(text.substring(0, Math.max(tilde, 0)))
                                .toInstant(),
                        new LicenceId(text.substring(tilde + 1)));
            } catch (DateTimeParseException | InvalidInput notOurs) {
                throw new InvalidInput("cursor", "after", "not a cursor that this registry gave out");
            }
        }

        String text() {
            return at + "~" + id.value();
        }
    }
}
