package org.yinzheng.registry.postgres;

import java.security.PublicKey;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.yinzheng.registry.audit.AuditVerdict;
import org.yinzheng.registry.audit.AuditVerdict.Deviates;
import org.yinzheng.registry.audit.AuditVerdict.Kind;
import org.yinzheng.registry.audit.Checkpoint;
import org.yinzheng.registry.audit.GrowingTree;
import org.yinzheng.registry.audit.Merkle;
import org.yinzheng.registry.audit.Note;
import org.yinzheng.registry.audit.Tile;
import org.yinzheng.signing.InvalidInput;

/// Computes the whole log again, in one snapshot and in constant memory: entries against their commitments,
/// commitments against the tree, the tree against what was signed of it.
final class AuditVerification {
    private static final byte[] NONE = new byte[0];

    private final Connection connection;
    private final String origin;
    private final PublicKey key;
    private final AuditTiles tiles;

    AuditVerification(Connection connection, String origin, PublicKey key) {
        this.connection = connection;
        this.origin = origin;
        this.key = key;
        this.tiles = new AuditTiles(connection);
    }

    AuditVerdict run() throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY");
        }
        long size = tiles.size();
        var tree = new GrowingTree(0, _ -> NONE);
        long expected = 0;
        long erased = 0;
        try (var statement = connection.prepareStatement(
                "SELECT " + AuditRows.COLUMNS + " FROM audit_entry WHERE leaf_index IS NOT NULL ORDER BY leaf_index")) {
            statement.setFetchSize(1000);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var fault = entry(row, expected, size);
                    if (fault.isPresent()) {
                        return fault.get();
                    }
                    erased += row.getBytes("salt") == null ? 1 : 0;
                    tree.add(Merkle.leafHash(row.getBytes("commitment")));
                    expected++;
                    if (expected % Tile.WIDTH == 0) {
                        var other = differing(tree.takeFull());
                        if (other.isPresent()) {
                            return other.get();
                        }
                    }
                }
            }
        }
        if (expected < size) {
            return new Deviates(expected, Kind.ENTRY_MISSING, "no entry at " + expected + " of " + size);
        }
        var other = differing(tree.changed());
        if (other.isPresent()) {
            return other.get();
        }
        return checkpoints(size, erased);
    }

    private Optional<AuditVerdict> entry(ResultSet row, long expected, long size) throws SQLException {
        long index = row.getLong("leaf_index");
        if (index > expected) {
            return found(expected, Kind.ENTRY_MISSING, "no entry at " + expected);
        }
        if (index < expected || index >= size) {
            return found(index, Kind.ENTRY_REPLACED, "an entry that the tree does not have");
        }
        var commitment = LicenceRows.digest(row.getBytes("commitment"));
        try {
            var logged = AuditRows.read(row);
            if (logged.entry().isPresent()
                    && !logged.entry()
                            .get()
                            .commitment(HexFormat.of().parseHex(logged.salt().orElseThrow()))
                            .equals(commitment)) {
                return found(index, Kind.ENTRY_CHANGED, "the entry is not the one that was committed to");
            }
        } catch (InvalidInput e) {
            return found(index, Kind.ENTRY_CHANGED, "the entry holds what none can hold");
        }
        try {
            if (!tiles.node(0, index).equals(Merkle.leafHash(commitment.bytes()))) {
                return found(index, Kind.ENTRY_REPLACED, "the tree has another entry here");
            }
        } catch (IllegalStateException e) {
            return found(index, Kind.TREE_CHANGED, "the tree has no leaf here");
        }
        return Optional.empty();
    }

    private Optional<AuditVerdict> differing(Map<Tile, byte[]> computed) {
        return computed.entrySet().stream()
                .filter(tile -> !Arrays.equals(tile.getValue(), tiles.hashes(tile.getKey())))
                .map(Map.Entry::getKey)
                .min((one, two) -> Long.compare(firstLeaf(one), firstLeaf(two)))
                .<AuditVerdict>map(tile -> new Deviates(
                        firstLeaf(tile),
                        Kind.TREE_CHANGED,
                        "tile " + tile.number() + " of level " + tile.level() + " is not made of its leaves"));
    }

    private static long firstLeaf(Tile tile) {
        return tile.number() << (Tile.HEIGHT * (tile.level() + 1));
    }

    private AuditVerdict checkpoints(long size, long erased) throws SQLException {
        long checked = 0;
        long good = 0; // the tree up to here is the one that was signed
        try (var statement =
                connection.prepareStatement("SELECT size, root, note FROM audit_checkpoint ORDER BY size")) {
            statement.setFetchSize(1000);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var place = row.getLong("size");
                    Checkpoint checkpoint;
                    try {
                        checkpoint = Checkpoint.parse(Note.open(row.getString("note"), origin, key));
                    } catch (InvalidInput e) {
                        return new Deviates(
                                place, Kind.CHECKPOINT_CHANGED, "the checkpoint of " + place + " is not signed");
                    }
                    if (checkpoint.size() != place
                            || !checkpoint.origin().equals(origin)
                            || !Arrays.equals(checkpoint.root().bytes(), row.getBytes("root"))) {
                        return new Deviates(
                                place,
                                Kind.CHECKPOINT_CHANGED,
                                "the checkpoint of " + place + " is not the one that was signed");
                    }
                    if (place > size) {
                        return new Deviates(
                                size, Kind.ENTRY_MISSING, "the log had " + place + " entries and has " + size);
                    }
                    if (!Merkle.root(tiles, place).equals(checkpoint.root())) {
                        return new Deviates(
                                good,
                                Kind.HISTORY_REWRITTEN,
                                "between " + good + " and " + place + " it is not what was signed");
                    }
                    good = place;
                    checked++;
                }
            }
        }
        return new AuditVerdict.Intact(size, erased, waiting(), checked);
    }

    private long waiting() throws SQLException {
        try (var statement = connection.prepareStatement(
                        "SELECT count(*) AS waiting FROM audit_entry WHERE leaf_index IS NULL");
                var row = statement.executeQuery()) {
            row.next();
            return row.getLong("waiting");
        }
    }

    private static Optional<AuditVerdict> found(long index, Kind kind, String what) {
        return Optional.of(new Deviates(index, kind, what));
    }
}
