package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.atrest.HolderVault;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.HolderKind;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.HolderKey;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.Party;
import org.yinzheng.registry.licence.Provenance;
import org.yinzheng.registry.licence.RegisterEntry;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.postgres.LicencePlaces.Place;
import org.yinzheng.signing.Digest;

/// Between licences and rows: what is sealed, under which name, and what is looked up by which hash.
final class LicenceRows {
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /// Licences of one home; the renditions come as one text `PDF:hex,OFD:hex`. Every table is given the home
    /// itself, so that one partition of it is read.
    private static final String SELECT = """
            SELECT l.licence_id, l.type_code, l.type_name, l.type_version, l.number_sealed, l.holder_kind, l.holder_sealed,
                   l.authority_code, l.authority_name, l.state, l.valid_from, l.valid_until, l.data_sealed,
                   l.provenance_scan, l.provenance_batch, l.provenance_operator, l.issued_at, l.version, l.supersedes,
                   l.superseded_by, (SELECT k.key_sealed FROM holder_key k WHERE k.holder_key = ?) AS key_sealed,
                   EXISTS (SELECT 1 FROM dispute d WHERE d.licence_id = l.licence_id AND d.state = 'OPEN') AS disputed,
                   (SELECT string_agg(h.position || ':' || h.role || ':' || h.holder_kind || ':' || encode(h.holder_key, 'hex') || ':'
                                      || encode(h.holder_sealed, 'hex'), ',' ORDER BY h.position)
                      FROM licence_holder h WHERE h.home_key = ? AND h.licence_id = l.licence_id) AS others,
                   (SELECT string_agg(r.format || ':' || encode(r.digest, 'hex'), ',')
                      FROM rendition r WHERE r.home_key = ? AND r.licence_id = l.licence_id) AS renditions,
            """ + PartRows.COLUMN
            + " FROM licence l WHERE l.holder_key = ? AND l.licence_id = ANY (?) AND l.erased_at IS NULL";

    private final Vault vault;
    private final Clock clock;

    LicenceRows(Vault vault, Clock clock) {
        this.vault = vault;
        this.clock = clock;
    }

    byte[] holderKey(HolderId holder) {
        return vault.lookup("holder", (holder.kind().code() + " " + holder.value()).getBytes(UTF_8));
    }

    byte[] numberKey(String typeCode, LicenceNumber number) {
        return vault.lookup("number", (typeCode + " " + number.value()).getBytes(UTF_8));
    }

    LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }

    Instant now() {
        return clock.instant();
    }

    void insert(Connection connection, Licence licence) throws SQLException {
        var keys = new HolderKeys(vault, connection);
        keys.obtain(Stream.concat(
                        Stream.of(licence.holder()), licence.others().stream().map(Party::who))
                .map(holder -> holderKey(holder.id()))
                .toList());
        insert(connection, licence, keys::find);
    }

    void insert(Connection connection, Licence licence, HolderKeys.Source keys) throws SQLException {
        var home = holderKey(licence.holder().id());
        var box = keys.of(home);
        var row = licence.id().value();
        var data = JSON.createObjectNode().put("digest", licence.dataDigest().hex());
        data.set("data", licence.data());
        var scan = licence.provenance().map(from -> digest(from.scan()));
        try (var statement = connection.prepareStatement("""
                INSERT INTO licence (licence_id, type_code, type_name, number_key, number_sealed, holder_kind,
                       holder_key, holder_sealed, authority_code, authority_name, state, valid_from, valid_until,
                       data_sealed, provenance_scan, provenance_batch, provenance_operator, issued_at, supersedes,
                       type_version)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'IN_FORCE', ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            statement.setString(1, row);
            statement.setString(2, licence.typeCode());
            statement.setString(3, licence.typeName());
            statement.setBytes(4, numberKey(licence.typeCode(), licence.number()));
            statement.setBytes(
                    5, box.seal(row, "licence.number", licence.number().value().getBytes(UTF_8)));
            statement.setString(6, licence.holder().id().kind().name());
            statement.setBytes(7, home);
            statement.setBytes(8, box.seal(row, column(0), bytes(json(licence.holder()))));
            statement.setString(9, licence.authority().code().value());
            statement.setString(10, licence.authority().name());
            statement.setObject(11, licence.validFrom());
            statement.setObject(12, licence.validUntil().orElse(null));
            statement.setBytes(13, box.seal(row, "licence.data", bytes(data)));
            statement.setBytes(14, scan.orElse(null));
            statement.setString(15, licence.provenance().map(Provenance::batch).orElse(null));
            statement.setString(
                    16, licence.provenance().map(Provenance::operator).orElse(null));
            statement.setObject(17, LifeRows.utc(licence.issuedAt()));
            statement.setString(
                    18, licence.entry().supersedes().map(LicenceId::value).orElse(null));
            statement.setString(19, licence.typeVersion().orElse(null));
            statement.executeUpdate();
        }
        for (int i = 0; i < licence.others().size(); i++) {
            insert(connection, licence, i + 1, licence.others().get(i), keys);
        }
    }

    private void insert(Connection connection, Licence licence, int position, Party party, HolderKeys.Source keys)
            throws SQLException {
        var row = licence.id().value();
        var home = holderKey(licence.holder().id());
        var key = holderKey(party.who().id());
        try (var statement = connection.prepareStatement("""
                INSERT INTO licence_holder (home_key, licence_id, position, role, holder_kind, holder_key, holder_sealed,
                       issued_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            statement.setBytes(1, home);
            statement.setString(2, row);
            statement.setInt(3, position);
            statement.setString(4, party.role().name());
            statement.setString(5, party.who().id().kind().name());
            statement.setBytes(6, key);
            statement.setBytes(7, keys.of(key).seal(row, column(position), bytes(json(party.who()))));
            statement.setObject(8, LifeRows.utc(licence.issuedAt()));
            statement.executeUpdate();
        }
        try (var statement = connection.prepareStatement(
                "INSERT INTO holder_entry (holder_key, issued_at, licence_id, home_key) VALUES (?, ?, ?, ?)")) {
            statement.setBytes(1, key);
            statement.setObject(2, LifeRows.utc(licence.issuedAt()));
            statement.setString(3, row);
            statement.setBytes(4, home);
            statement.executeUpdate();
        }
    }

    /// To which sealed holders are bound: the first's name is older than the others.
    static String column(int position) {
        return position == 0 ? "licence.holder" : "licence.holder." + position;
    }

    private static ObjectNode json(Holder holder) {
        return JSON.createObjectNode().put("id", holder.id().value()).put("name", holder.name());
    }

    private static Holder holder(HolderVault box, String id, int position, String kind, byte[] sealed) {
        var json = json(box.open(id, column(position), sealed));
        return new Holder(
                HolderId.of(
                        HolderKind.valueOf(kind), "holderId", json.path("id").asText()),
                json.path("name").asText());
    }

    private static List<Party> others(HolderKeys keys, String id, @Nullable String text) throws SQLException {
        var others = new ArrayList<Party>();
        if (text != null) {
            for (var entry : text.split(",", -1)) {
                var parts = entry.split(":", -1);
                var box = keys.find(HexFormat.of().parseHex(parts[3]));
                var sealed = HexFormat.of().parseHex(parts[4]);
                var who = holder(box, id, Integer.parseInt(parts[0]), parts[2], sealed);
                others.add(new Party(who, Party.Role.valueOf(parts[1])));
            }
        }
        return others;
    }

    private Licence read(ResultSet row, HolderVault box, HolderKeys keys) throws SQLException {
        var id = row.getString("licence_id");
        var data = json(box.open(id, "licence.data", row.getBytes("data_sealed")));
        var parts = PartRows.read(this, box, row.getString("parts"));
        var validFrom = row.getObject("valid_from", LocalDate.class);
        var validUntil = Optional.ofNullable(row.getObject("valid_until", LocalDate.class));
        return new Licence(
                new LicenceId(id),
                number(box, id, row.getBytes("number_sealed")),
                row.getString("type_code"),
                row.getString("type_name"),
                Optional.ofNullable(row.getString("type_version")),
                holder(box, id, 0, row.getString("holder_kind"), row.getBytes("holder_sealed")),
                others(keys, id, row.getString("others")),
                new Authority(new CreditCode(row.getString("authority_code")), row.getString("authority_name")),
                parts.standing(standing(row.getString("state"), validFrom, validUntil)),
                validFrom,
                validUntil,
                data.path("data"),
                renditions(row.getString("renditions")),
                row.getObject("issued_at", OffsetDateTime.class).toInstant(),
                new Digest(data.path("digest").asText()),
                provenance(row),
                new RegisterEntry(
                        row.getLong("version"),
                        row.getBoolean("disputed"),
                        Optional.ofNullable(row.getString("supersedes")).map(LicenceId::new),
                        Optional.ofNullable(row.getString("superseded_by")).map(LicenceId::new),
                        parts));
    }

    /// What the licences of a home are sealed under.
    HolderVault box(byte[] home, ResultSet row) throws SQLException {
        return vault.of(home, row.getBytes("key_sealed"));
    }

    static LicenceNumber number(HolderVault box, String id, byte[] sealed) {
        return new LicenceNumber(new String(box.open(id, "licence.number", sealed), UTF_8));
    }

    /// A licence is in force through its last day, in China's time.
    Standing standing(String state, LocalDate validFrom, Optional<LocalDate> validUntil) {
        var stored = Standing.valueOf(state);
        if (stored != Standing.IN_FORCE) {
            return stored;
        }
        return Standing.inForceBetween(validFrom, validUntil, today());
    }

    Optional<Licence> find(Connection on, LicenceId id) throws SQLException {
        var place = LicencePlaces.find(on, id);
        return place.isEmpty() ? Optional.empty() : find(on, place.get());
    }

    Optional<Licence> find(Connection on, Place place) throws SQLException {
        return ofHome(on, place.home(), List.of(place.id())).stream().findFirst();
    }

    /// In no particular order.
    List<Licence> ofHome(Connection on, HolderKey home, List<LicenceId> ids) throws SQLException {
        try (var statement = on.prepareStatement(SELECT)) {
            var key = digest(home.digest());
            statement.setBytes(1, key);
            statement.setBytes(2, key);
            statement.setBytes(3, key);
            statement.setBytes(4, key);
            statement.setArray(
                    5,
                    on.createArrayOf("text", ids.stream().map(LicenceId::value).toArray()));
            try (var row = statement.executeQuery()) {
                var licences = new ArrayList<Licence>();
                var keys = new HolderKeys(vault, on);
                HolderVault box = null;
                while (row.next()) {
                    box = box == null ? box(key, row) : box; // all of one home
                    licences.add(read(row, box, keys));
                }
                return licences;
            }
        }
    }

    Place place(LicenceId id, HolderId firstHolder) {
        return new Place(new HolderKey(digest(holderKey(firstHolder))), id);
    }

    static byte[] digest(Digest digest) {
        return HexFormat.of().parseHex(digest.hex());
    }

    static Digest digest(byte[] bytes) {
        return new Digest(HexFormat.of().formatHex(bytes));
    }

    private static Optional<Provenance> provenance(ResultSet row) throws SQLException {
        byte @Nullable [] scan = row.getBytes("provenance_scan");
        return scan == null
                ? Optional.empty()
                : Optional.of(new Provenance(
                        digest(scan), row.getString("provenance_batch"), row.getString("provenance_operator")));
    }

    private static Map<Format, Digest> renditions(@Nullable String text) {
        var renditions = new EnumMap<Format, Digest>(Format.class);
        if (text != null) {
            for (var entry : text.split(",", -1)) {
                int colon = entry.indexOf(':');
                renditions.put(Format.valueOf(entry.substring(0, colon)), new Digest(entry.substring(colon + 1)));
            }
        }
        return renditions;
    }

    private static byte[] bytes(JsonNode node) {
        try {
            return JSON.writeValueAsBytes(node);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree can be written", e);
        }
    }

    static JsonNode json(byte[] bytes) {
        try {
            return JSON.readTree(bytes);
        } catch (IOException e) {
            throw new IllegalStateException("a sealed value is not the JSON that was sealed", e);
        }
    }
}
