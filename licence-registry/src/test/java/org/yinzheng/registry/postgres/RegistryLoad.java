package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import org.yinzheng.registry.atrest.HolderVault;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Passage;
import org.yinzheng.registry.postgres.InsertRecorder.Row;

/// Fills an empty registry with a city's licences. The rows are those that the product's own code inserts, with
/// their MACs, sent by COPY. Without documents, the log of seals' uses and the audit log, which no lookup
/// reads.
final class RegistryLoad {
    static final Vault VAULT = new Vault(new RegistryKeys(new byte[16], new byte[32]));

    private static final int IN_ONE_COPY = 20_000;
    private static final DateTimeFormatter JSON_TIME = DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ssxxx");
    /// What the database fills in, or the program later on.
    private static final Map<String, List<String>> ADDED = Map.of(
            "licence", List.of("version"),
            "licence_transition", List.of("transition_id"),
            "rendition", List.of("sm3"));

    private final City city;
    private final TestPostgres.Address address;
    private final Map<ByteBuffer, byte[]> holderKeys = new ConcurrentHashMap<>();

    RegistryLoad(City city, TestPostgres.Address address) {
        this.city = city;
        this.address = address;
    }

    /// @param threads each with a connection for every table
    /// @param until when to stop, finished or not
    /// @return how many licences there are: all with a smaller number
    int run(int threads, Instant until) throws Exception {
        var indexes = takeIndexes();
        int loaded = city.licences();
        try (var pool = Executors.newFixedThreadPool(threads)) {
            var parts = new ArrayList<Future<Integer>>();
            for (int i = 0; i < threads; i++) {
                int first = i;
                parts.add(pool.submit(() -> load(first, threads, until)));
            }
            for (var part : parts) {
                loaded = Math.min(loaded, part.get());
            }
        }
        execute(indexes);
        execute(List.of("VACUUM (ANALYZE)"));
        return loaded;
    }

    /// @return the first that is not there
    private int load(int first, int step, Instant until) throws SQLException, IOException {
        var recorder = new InsertRecorder();
        var on = recorder.connection();
        var rows = new LicenceRows(VAULT, Clock.systemUTC());
        try (var streams = new Streams(address)) {
            int i = first;
            for (int done = 1; i < city.licences(); i += step, done++) {
                insert(on, rows, i);
                for (var row : recorder.take()) {
                    streams.write(completed(row, i));
                }
                if (done % IN_ONE_COPY == 0) {
                    streams.commit();
                    System.out.printf("%tT %,d of %,d%n", System.currentTimeMillis(), i, city.licences());
                    if (Instant.now().isAfter(until)) {
                        return i + step;
                    }
                }
            }
            streams.commit();
            return i;
        }
    }

    /// As the ceremony writes a licence when nothing goes wrong.
    private void insert(Connection on, LicenceRows rows, int number) throws SQLException {
        var licence = city.licence(number);
        var place = rows.place(licence.id(), licence.holder().id());
        var numberKey = rows.numberKey(licence.typeCode(), licence.number());
        LicencePlaces.enter(on, place);
        LicencePlaces.reserveNumber(on, numberKey, place, true);
        rows.insert(on, licence, holder -> holderKey(on, holder));
        var actor = new Actor("clerk-" + number % 400, "issuer");
        LifeRows.record(
                on,
                place,
                new Passage("DRAFT", "IN_FORCE", actor, new Grounds("issued", "依申请核发", ""), licence.issuedAt()),
                null);
        var random = new SplittableRandom(number);
        for (var format : List.of("PDF", "OFD", "XML", "CREDENTIAL")) {
            try (var statement = on.prepareStatement(
                    "INSERT INTO rendition (home_key, licence_id, format, digest, size) VALUES (?, ?, ?, ?, ?)")) {
                statement.setBytes(1, place.homeKey());
                statement.setString(2, licence.id().value());
                statement.setString(3, format);
                statement.setBytes(4, bytes(random));
                statement.setLong(5, 80_000 + random.nextInt(20_000));
                statement.executeUpdate();
            }
        }
        try (var statement = on.prepareStatement("""
                INSERT INTO issuance_intent (intent_id, idempotency_key, request_key, licence_id, type_code, number_key,
                       state, authority_code, authority_name, actor_subject, actor_role, recorded_at, ended_at,
                       holds_number)
                VALUES (?, ?, ?, ?, ?, ?, 'DONE', ?, ?, ?, ?, ?, ?, ?)
                """)) {
            statement.setLong(1, number + 1);
            statement.setString(2, "%08x-city-%08x".formatted(random.nextInt(), number));
            statement.setBytes(3, bytes(random));
            statement.setString(4, licence.id().value());
            statement.setString(5, licence.typeCode());
            statement.setBytes(6, numberKey);
            statement.setString(7, licence.authority().code().value());
            statement.setString(8, licence.authority().name());
            statement.setString(9, actor.subject());
            statement.setString(10, actor.role());
            statement.setObject(11, LifeRows.utc(licence.issuedAt()));
            statement.setObject(12, LifeRows.utc(licence.issuedAt()));
            statement.setBoolean(13, true);
            statement.executeUpdate();
        }
    }

    private HolderVault holderKey(Connection on, byte[] holder) throws SQLException {
        var made = VAULT.newHolderKey(holder);
        var before = holderKeys.putIfAbsent(ByteBuffer.wrap(holder), made);
        if (before == null) {
            HolderKeys.insert(on, holder, made);
        }
        return VAULT.of(holder, before == null ? made : before);
    }

    private static byte[] bytes(SplittableRandom random) {
        var bytes = new byte[32];
        random.nextBytes(bytes);
        return bytes;
    }

    private static Row completed(Row row, int number) {
        var columns = new LinkedHashMap<>(row.columns());
        for (var added : ADDED.getOrDefault(row.table(), List.of())) {
            columns.put(
                    added,
                    switch (added) {
                        case "version" -> 1L;
                        case "sm3" -> bytes(new SplittableRandom(number + 7L));
                        default -> number + 1L;
                    });
        }
        if (ProtectedTable.ALL.stream().anyMatch(table -> table.name().equals(row.table()))) {
            columns.put(
                    "mac", VAULT.lookup("row " + row.table(), content(columns).getBytes(UTF_8)));
        }
        return new Row(row.table(), columns);
    }

    /// As PostgreSQL writes the row as `jsonb`: keys by length, then by their bytes.
    private static String content(Map<String, Object> columns) {
        var sorted = new TreeMap<String, Object>(
                Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()));
        sorted.putAll(columns);
        sorted.remove("home_key");
        return sorted.entrySet().stream()
                .map(entry -> '"' + entry.getKey() + "\": " + json(entry.getValue()))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    private static String json(Object value) {
        return switch (value) {
            case Number number -> number.toString();
            case Boolean truth -> truth.toString();
            case byte[] bytes -> "\"\\\\x" + HexFormat.of().formatHex(bytes) + '"';
            case OffsetDateTime time -> '"' + JSON_TIME.format(time) + '"';
            default -> '"' + value.toString() + '"'; // nothing that the city invents needs an escape
        };
    }

    /// Indexes that are made faster when the rows are there.
    private List<String> takeIndexes() throws SQLException {
        var definitions = new ArrayList<String>();
        try (var connection = address.connect();
                var statement = connection.createStatement()) {
            try (var row = statement.executeQuery("""
                    SELECT i.indexrelid::regclass AS name, pg_get_indexdef(i.indexrelid) AS definition
                      FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid AND t.relkind = 'p'
                      LEFT JOIN pg_constraint c ON c.conindid = i.indexrelid
                     WHERE c.oid IS NULL AND NOT t.relispartition
                    """)) {
                while (row.next()) {
                    definitions.add(row.getString("definition").replace(" ON ONLY ", " ON "));
                    definitions.add(0, row.getString("name"));
                }
            }
            for (var name : List.copyOf(definitions.subList(0, definitions.size() / 2))) {
                statement.execute("DROP INDEX " + name);
            }
        }
        return List.copyOf(definitions.subList(definitions.size() / 2, definitions.size()));
    }

    private void execute(List<String> statements) throws SQLException {
        try (var connection = address.connect();
                var statement = connection.createStatement()) {
            statement.execute("SET maintenance_work_mem = '1GB'");
            for (var sql : statements) {
                System.out.printf("%tT %s%n", System.currentTimeMillis(), sql);
                statement.execute(sql);
            }
        }
    }

    /// For each table a connection that copies into it, all of them committed together.
    private static final class Streams implements AutoCloseable {
        private final TestPostgres.Address address;
        private final Map<String, Connection> connections = new HashMap<>();
        private final Map<String, CopyIn> open = new HashMap<>();
        private final Map<String, List<String>> columns = new HashMap<>();

        Streams(TestPostgres.Address address) {
            this.address = address;
        }

        void write(Row row) throws SQLException {
            var names = columns.computeIfAbsent(row.table(), _ -> columnsOf(row.table()));
            var line =
                    names.stream().map(name -> text(row.columns().get(name))).collect(Collectors.joining("\t")) + "\n";
            var bytes = line.getBytes(UTF_8);
            var copy = open.get(row.table());
            if (copy == null) {
                copy = connection(row.table())
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyIn("COPY " + row.table() + " (" + String.join(", ", names) + ") FROM STDIN");
                open.put(row.table(), copy);
            }
            copy.writeToCopy(bytes, 0, bytes.length);
        }

        /// All columns; those that the product leaves out are null, or filled in above.
        private List<String> columnsOf(String table) {
            try (var statement = connection(table).prepareStatement("""
                    SELECT attname FROM pg_attribute WHERE attrelid = ?::regclass AND attnum > 0 AND NOT attisdropped
                    """)) {
                statement.setString(1, table);
                try (var row = statement.executeQuery()) {
                    var names = new ArrayList<String>();
                    while (row.next()) {
                        names.add(row.getString("attname"));
                    }
                    return names;
                }
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        }

        private Connection connection(String table) throws SQLException {
            var connection = connections.get(table);
            if (connection == null) {
                connection = address.connect();
                connection.setAutoCommit(false);
                try (var statement = connection.createStatement()) {
                    // MACs are given already, and each table is copied by a transaction of its own
                    statement.execute("SET session_replication_role = replica");
                }
                connections.put(table, connection);
            }
            return connection;
        }

        void commit() throws SQLException {
            for (var copy : open.values()) {
                copy.endCopy();
            }
            open.clear();
            for (var connection : connections.values()) {
                connection.commit();
            }
        }

        @Override
        public void close() throws SQLException {
            for (var connection : connections.values()) {
                connection.close();
            }
        }

        private static String text(@org.jspecify.annotations.Nullable Object value) {
            return switch (value) {
                case null -> "\\N";
                case byte[] bytes -> "\\\\x" + HexFormat.of().formatHex(bytes);
                default -> value.toString(); // nothing that the city invents needs an escape
            };
        }
    }
}
