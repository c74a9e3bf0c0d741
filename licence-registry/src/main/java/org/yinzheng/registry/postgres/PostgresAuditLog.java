package org.yinzheng.registry.postgres;

import java.nio.ByteBuffer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.registry.audit.AuditPage;
import org.yinzheng.registry.audit.AuditQuery;
import org.yinzheng.registry.audit.AuditVerdict;
import org.yinzheng.registry.audit.Checkpoint;
import org.yinzheng.registry.audit.GrowingTree;
import org.yinzheng.registry.audit.LogKey;
import org.yinzheng.registry.audit.LogProof;
import org.yinzheng.registry.audit.LoggedEntry;
import org.yinzheng.registry.audit.Merkle;
import org.yinzheng.registry.audit.Note;
import org.yinzheng.registry.audit.Tile;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.SigningKey;

/// The audit log in PostgreSQL. The tree is in a table beside the entries, so that an entry's place and the hashes that
/// prove it are committed together.
public final class PostgresAuditLog implements AuditLog {
    private static final long LOCK = 0x59696e7a41756474L;
    private static final int BATCH = 1000;

    private final Database database;
    private final String origin;
    private final SigningKey key;
    private final Clock clock;
    /// What this process signed last: a database that knows less was set back.
    private volatile Optional<Checkpoint> signed = Optional.empty();

    /// @param origin the log's name on its checkpoints, such as `audit.example.cn/yinzheng`; never changed
    /// @param key of P-256, for checkpoints; never changed
    public PostgresAuditLog(Database database, String origin, SigningKey key, Clock clock) {
        this.database = database;
        this.origin = origin;
        this.key = key;
        this.clock = clock;
    }

    @Override
    public void append(AuditEntry entry) {
        database.transaction(connection -> {
            AuditTrail.append(connection, entry);
            return entry;
        });
    }

    @Override
    public AuditPage entries(AuditQuery query) {
        var conditions = new Conditions();
        query.subject().ifPresent(subject -> conditions.and("subject = ?", subject));
        query.actor().ifPresent(actor -> conditions.and("actor = ?", actor));
        query.action().ifPresent(action -> conditions.and("action = ?", action));
        query.from().ifPresent(from -> conditions.and("at >= ?", LifeRows.utc(from)));
        query.until().ifPresent(until -> conditions.and("at < ?", LifeRows.utc(until)));
        query.after().ifPresent(after -> conditions.and("entry_id < ?", Long.parseLong(after)));
        var sql = "SELECT " + AuditRows.COLUMNS + " FROM audit_entry" + conditions.where()
                + " ORDER BY entry_id DESC LIMIT ?";
        List<LoggedEntry> found = database.reading(connection -> {
            try (var statement = connection.prepareStatement(sql)) {
                statement.setInt(conditions.set(statement), query.limit() + 1);
                return all(statement);
            }
        });
        if (found.size() <= query.limit()) {
            return new AuditPage(found, Optional.empty());
        }
        var page = found.subList(0, query.limit());
        return new AuditPage(page, Optional.of(Long.toString(page.getLast().number())));
    }

    @Override
    public Optional<LoggedEntry> entry(long index) {
        return database.reading(connection -> {
            try (var statement = connection.prepareStatement(
                    "SELECT " + AuditRows.COLUMNS + " FROM audit_entry WHERE leaf_index = ?")) {
                statement.setLong(1, index);
                return all(statement).stream().findFirst();
            }
        });
    }

    @Override
    public Optional<String> checkpoint() {
        return database.reading(connection -> note(connection, """
                SELECT size, note FROM audit_checkpoint ORDER BY size DESC LIMIT 1
                """));
    }

    @Override
    public LogKey key() {
        return new LogKey(origin, key.publicKey());
    }

    @Override
    public Optional<LogProof> proof(String subject, String action) {
        return database.reading(connection -> {
            Optional<LoggedEntry> found;
            try (var statement = connection.prepareStatement("SELECT " + AuditRows.COLUMNS + """
                      FROM audit_entry WHERE subject = ? AND action = ? AND leaf_index IS NOT NULL
                     ORDER BY entry_id DESC LIMIT 1
                    """)) {
                statement.setString(1, subject);
                statement.setString(2, action);
                found = all(statement).stream().findFirst();
            }
            if (found.isEmpty()) {
                return Optional.empty();
            }
            long index = found.get().index().orElseThrow();
            var note = noteOver(connection, index);
            if (note.isEmpty()) {
                return Optional.empty();
            }
            long size = key().open(note.get()).size();
            return Optional.of(new LogProof(
                    found.get().entry().orElseThrow(),
                    found.get().salt().orElseThrow(),
                    index,
                    Merkle.inclusionProof(new AuditTiles(connection), index, size),
                    note.get()));
        });
    }

    @Override
    public long seenBy(String witness) {
        return database.reading(connection -> {
            try (var statement = connection.prepareStatement(
                    "SELECT coalesce(max(size), 0) AS size FROM audit_cosignature WHERE witness = ?")) {
                statement.setString(1, witness);
                try (var row = statement.executeQuery()) {
                    row.next();
                    return row.getLong("size");
                }
            }
        });
    }

    @Override
    public void witnessed(long size, String witness, String line) {
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    INSERT INTO audit_cosignature (size, witness, line) VALUES (?, ?, ?) ON CONFLICT DO NOTHING
                    """)) {
                statement.setLong(1, size);
                statement.setString(2, witness);
                statement.setString(3, line);
                return statement.executeUpdate();
            }
        });
    }

    @Override
    public List<Digest> inclusion(long index, long size) {
        return database.reading(connection -> {
            var tiles = new AuditTiles(connection);
            if (index < 0 || index >= size || size > tiles.size()) {
                throw new InvalidInput("audit-proof", "size", "a leaf of a tree that is no larger than the log's");
            }
            return Merkle.inclusionProof(tiles, index, size);
        });
    }

    @Override
    public List<Digest> consistency(long older, long size) {
        return database.reading(connection -> {
            var tiles = new AuditTiles(connection);
            if (older < 0 || older > size || size > tiles.size()) {
                throw new InvalidInput("audit-proof", "size", "trees that are no larger than the log's");
            }
            return Merkle.consistencyProof(tiles, older, size);
        });
    }

    @Override
    public Optional<byte[]> tile(Tile tile, int width) {
        return database.reading(connection -> Optional.of(new AuditTiles(connection).hashes(tile))
                .filter(hashes -> hashes.length >= width * Tile.HASH)
                .map(hashes -> Arrays.copyOf(hashes, width * Tile.HASH)));
    }

    @Override
    public Optional<byte[]> commitments(Tile tile, int width) {
        return database.reading(connection -> {
            long first = tile.number() * Tile.WIDTH;
            var bundle = ByteBuffer.allocate(width * (Short.BYTES + Tile.HASH));
            try (var statement = connection.prepareStatement("""
                    SELECT commitment FROM audit_entry
                     WHERE leaf_index >= ? AND leaf_index < ? ORDER BY leaf_index
                    """)) {
                statement.setLong(1, first);
                statement.setLong(2, first + width);
                try (var row = statement.executeQuery()) {
                    while (row.next()) {
                        bundle.putShort((short) Tile.HASH).put(row.getBytes("commitment"));
                    }
                }
            }
            return bundle.hasRemaining() ? Optional.empty() : Optional.of(bundle.array());
        });
    }

    @Override
    public void advance() {
        while (database.transaction(this::sequence)) {
            // one batch a transaction: if we crash here, the places given stay given
        }
        database.transaction(this::sign);
    }

    @Override
    public AuditVerdict verify() {
        return database.reading(connection -> new AuditVerification(connection, origin, key.publicKey()).run());
    }

    /// If we crash before the commit, neither places nor tiles are there.
    ///
    /// @return whether there may be more
    boolean sequence(Connection on) throws SQLException {
        if (!alone(on)) {
            return false;
        }
        var ids = new ArrayList<Long>();
        var tiles = new AuditTiles(on);
        long size = tiles.size();
        var tree = new GrowingTree(size, tiles::hashes);
        try (var statement = on.prepareStatement("""
                SELECT entry_id, commitment FROM audit_entry
                 WHERE leaf_index IS NULL ORDER BY entry_id LIMIT ?
                """)) {
            statement.setInt(1, BATCH);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    ids.add(row.getLong("entry_id"));
                    tree.add(Merkle.leafHash(row.getBytes("commitment")));
                }
            }
        }
        if (ids.isEmpty()) {
            return false;
        }
        tiles.write(tree.changed());
        try (var statement = on.prepareStatement("""
                UPDATE audit_entry SET leaf_index = ? + place.n - 1
                  FROM unnest(?::bigint[]) WITH ORDINALITY AS place (id, n)
                 WHERE audit_entry.entry_id = place.id AND audit_entry.leaf_index IS NULL
                """)) {
            statement.setLong(1, size);
            statement.setArray(2, on.createArrayOf("bigint", ids.toArray()));
            if (statement.executeUpdate() != ids.size()) {
                throw new IllegalStateException("somebody else gives places in the audit log");
            }
        }
        return ids.size() == BATCH;
    }

    /// If we crash before the commit, a signature was made that nobody saw, over a tree that is there to stay.
    private boolean sign(Connection on) throws SQLException {
        if (!alone(on)) {
            return false;
        }
        var tiles = new AuditTiles(on);
        long size = tiles.size();
        // from the signed text, not from the columns beside it
        var last = latestNote(on).map(note -> {
            try {
                return Checkpoint.parse(Note.open(note, origin, key.publicKey()));
            } catch (InvalidInput e) {
                throw new Forked("the last checkpoint is not one that this log's key signed");
            }
        });
        for (var known : List.of(last, signed)) {
            if (known.isPresent()) {
                checkContinues(known.get(), tiles, size);
            }
        }
        if (last.isPresent() && last.get().size() == size) {
            return false;
        }
        var checkpoint = new Checkpoint(origin, size, Merkle.root(tiles, size));
        try (var statement =
                on.prepareStatement("INSERT INTO audit_checkpoint (size, root, note, signed_at) VALUES (?, ?, ?, ?)")) {
            statement.setLong(1, size);
            statement.setBytes(2, checkpoint.root().bytes());
            statement.setString(3, Note.sign(checkpoint.text(), origin, key));
            statement.setObject(4, clock.instant().atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
        signed = Optional.of(checkpoint);
        return true;
    }

    private static void checkContinues(Checkpoint known, AuditTiles tiles, long size) {
        try {
            if (known.size() <= size) {
                var proof = Merkle.consistencyProof(tiles, known.size(), size);
                if (Merkle.provesConsistency(known.size(), known.root(), size, Merkle.root(tiles, size), proof)) {
                    return;
                }
            }
        } catch (IllegalStateException missing) {
            // falls through: a tile that is gone proves nothing
        }
        throw new Forked("the tree of " + size + " leaves does not continue the signed one of " + known.size());
    }

    private static Optional<String> latestNote(Connection on) throws SQLException {
        try (var statement = on.prepareStatement("SELECT note FROM audit_checkpoint ORDER BY size DESC LIMIT 1");
                var row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getString("note")) : Optional.empty();
        }
    }

    /// The latest checkpoint that a witness has seen, when the leaf is under it; else the latest.
    private static Optional<String> noteOver(Connection on, long index) throws SQLException {
        return note(on, "SELECT size, note FROM audit_checkpoint WHERE size > " + index + """
                 ORDER BY size = (SELECT max(size) FROM audit_cosignature) DESC NULLS LAST, size DESC LIMIT 1
                """);
    }

    /// With the witnesses' lines.
    ///
    /// @param select one row with `size` and `note`
    private static Optional<String> note(Connection on, String select) throws SQLException {
        try (var statement = on.prepareStatement("""
                        SELECT chosen.note || coalesce(string_agg(line, '' ORDER BY witness), '') AS note
                          FROM (%s) chosen LEFT JOIN audit_cosignature USING (size) GROUP BY chosen.note
                        """.formatted(select));
                var row = statement.executeQuery()) {
            return row.next() ? Optional.of(row.getString("note")) : Optional.empty();
        }
    }

    /// The lock goes with the transaction.
    private static boolean alone(Connection on) throws SQLException {
        try (var statement = on.prepareStatement("SELECT pg_try_advisory_xact_lock(?) AS taken")) {
            statement.setLong(1, LOCK);
            try (var row = statement.executeQuery()) {
                return row.next() && row.getBoolean("taken");
            }
        }
    }

    private static List<LoggedEntry> all(PreparedStatement statement) throws SQLException {
        var entries = new ArrayList<LoggedEntry>();
        try (var row = statement.executeQuery()) {
            while (row.next()) {
                entries.add(AuditRows.read(row));
            }
        }
        return entries;
    }
}
