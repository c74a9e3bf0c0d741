package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.registry.atrest.HolderVault;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.signing.Failure;

/// Moves what is sealed under older data keys: the registry's values under the one that seals now, a holder's under the
/// holder's own. In small transactions, each of which is whole: whoever is killed here is taken up by the next. Rows
/// that others hold come later; a row that is not as the service wrote it stays as it is, for `audit verify` to name.
final class Resealing {
    private static final Logger LOG = LoggerFactory.getLogger(Resealing.class);
    private static final int AT_ONCE = 500;
    private static final int MOST_PASSES = 20;
    private static final int MOST_TRIES = 5;
    private static final long PAUSE = 200;
    /// What versions before 31 sealed of a licence, all under the first key.
    private static final String OLD_LICENCES = "substring(t.number_sealed FOR 1) = '\\x01'";
    private static final String OLD_HOLDERS = "substring(t.holder_sealed FOR 1) = '\\x01'";

    private final Database database;
    private final Vault vault;
    private final RowMacs macs;
    private final LongConsumer moved;

    /// @param moved how many values more
    Resealing(Database database, Vault vault, LongConsumer moved) {
        this.database = database;
        this.vault = vault;
        this.macs = new RowMacs(vault);
        this.moved = moved;
    }

    /// How many values stand under each number, by table.
    static Map<Integer, Map<String, Long>> count(Connection on) throws SQLException {
        var counted = new TreeMap<Integer, Map<String, Long>>();
        for (var table : SealedTable.ALL) {
            count(on, counted, table.name(), table.count());
        }
        count(on, counted, "licence", "SELECT 1 AS number, 3 * count(*) AS times FROM licence t WHERE " + OLD_LICENCES);
        count(
                on,
                counted,
                "licence_holder",
                "SELECT 1 AS number, count(*) AS times FROM licence_holder t WHERE " + OLD_HOLDERS);
        return counted;
    }

    private static void count(Connection on, Map<Integer, Map<String, Long>> counted, String table, String sql)
            throws SQLException {
        try (var statement = on.prepareStatement(sql);
                var row = statement.executeQuery()) {
            while (row.next()) {
                int number = row.getInt("number");
                long times = row.getLong("times");
                if (number > 0 && times > 0) {
                    counted.computeIfAbsent(number, _ -> new TreeMap<>()).put(table, times);
                }
            }
        }
    }

    /// Until there is nothing left, or only what cannot be moved.
    ///
    /// @param number of the key that seals now
    void run(int number) {
        for (int pass = 0; pass < MOST_PASSES; pass++) {
            long done = 0;
            for (var table : SealedTable.ALL) {
                done += all(after -> registrys(table, number, after));
            }
            done += all(this::licences);
            if (done == 0) {
                return;
            }
            pause();
        }
    }

    /// @param last the last row's key, absent when there was none
    private record Batch(@Nullable String last, long rows) {}

    @FunctionalInterface
    private interface Move {
        Batch from(@Nullable String after);
    }

    private long all(Move move) {
        long done = 0;
        for (var batch = tried(move, null); batch.last() != null; batch = tried(move, batch.last())) {
            done += batch.rows();
        }
        return done;
    }

    /// Whoever waits for us while we wait for them costs one of us the transaction.
    private static Batch tried(Move move, @Nullable String after) {
        for (int attempt = 1; ; attempt++) {
            try {
                return move.from(after);
            } catch (Failure.NotDone busy) {
                if (attempt == MOST_TRIES) {
                    throw busy;
                }
                pause();
            }
        }
    }

    private Batch registrys(SealedTable table, int number, @Nullable String after) {
        return database.transaction(on -> {
            vault.keys().sealUnder(number);
            try (var select = on.prepareStatement(table.select());
                    var update = on.prepareStatement(table.update())) {
                select.setInt(1, number);
                PostgresDataKeys.unhurried(on); // when little is left, much is read to find it
                select.setString(2, after == null ? table.first() : after);
                select.setInt(3, AT_ONCE);
                String last = null;
                var rows = 0;
                var values = 0;
                try (var row = select.executeQuery()) {
                    while (row.next()) {
                        last = row.getString("key");
                        var renewed = isOurs(table.name(), last, row) ? renewed(table, row) : List.<byte[]>of();
                        if (!renewed.isEmpty()) {
                            int at = 1;
                            for (var value : renewed) {
                                values += value == null ? 0 : 1;
                                update.setBytes(at++, value);
                            }
                            update.setString(at, last);
                            update.addBatch();
                            rows++;
                        }
                    }
                }
                update.executeBatch();
                tell(values);
                return new Batch(last, rows);
            }
        });
    }

    /// @return of every column; empty when one of them does not open
    private List<byte @Nullable []> renewed(SealedTable table, ResultSet row) throws SQLException {
        var renewed = new ArrayList<byte @Nullable []>();
        var name = row.getString("row");
        for (var column : table.columns().entrySet()) {
            byte @Nullable [] sealed = row.getBytes(column.getKey());
            try {
                renewed.add(
                        sealed == null
                                ? null
                                : vault.seal(name, column.getValue(), vault.open(name, column.getValue(), sealed)));
            } catch (Vault.SealBroken broken) {
                LOG.error("a value of {} {} does not open, and stays as it is", table.name(), row.getString("key"));
                return List.of();
            }
        }
        return renewed;
    }

    private Batch licences(@Nullable String after) {
        return database.transaction(on -> {
            try (var select = on.prepareStatement("""
                            SELECT t.holder_key, t.licence_id, t.number_sealed, t.holder_sealed, t.data_sealed,
                                   encode(t.holder_key, 'hex') || ' ' || t.licence_id AS key, %s
                              FROM licence t
                             WHERE %s AND (t.holder_key, t.licence_id)
                                   > (decode(split_part(?, ' ', 1), 'hex'), split_part(?, ' ', 2))
                             ORDER BY t.holder_key, t.licence_id LIMIT ? FOR NO KEY UPDATE SKIP LOCKED
                            """.formatted(ProtectedTable.CONTENT, OLD_LICENCES));
                    var update = on.prepareStatement("""
                            UPDATE licence SET number_sealed = ?, holder_sealed = ?, data_sealed = ?
                             WHERE holder_key = ? AND licence_id = ?
                            """)) {
                PostgresDataKeys.unhurried(on);
                var from = after == null ? " " : after;
                select.setString(1, from);
                select.setString(2, from);
                select.setInt(3, AT_ONCE);
                String last = null;
                var rows = 0;
                var values = 0L;
                var keys = new HolderKeys(vault, on);
                try (var row = select.executeQuery()) {
                    while (row.next()) {
                        last = row.getString("key");
                        var home = row.getBytes("holder_key");
                        var id = row.getString("licence_id");
                        if (!isOurs("licence", last, row)) {
                            continue;
                        }
                        var box = keys.obtain(home);
                        update.setBytes(1, moved(box, id, "licence.number", row.getBytes("number_sealed")));
                        update.setBytes(2, moved(box, id, LicenceRows.column(0), row.getBytes("holder_sealed")));
                        update.setBytes(3, moved(box, id, "licence.data", row.getBytes("data_sealed")));
                        update.setBytes(4, home);
                        update.setString(5, id);
                        update.addBatch();
                        rows++;
                        values += 3 + others(on, keys, home, id);
                    }
                }
                update.executeBatch();
                tell(values);
                return new Batch(last, rows);
            }
        });
    }

    private long others(Connection on, HolderKeys keys, byte[] home, String id) throws SQLException {
        try (var select = on.prepareStatement(
                        "SELECT t.position, t.holder_key, t.holder_sealed, " + ProtectedTable.CONTENT
                                + " FROM licence_holder t WHERE t.home_key = ? AND t.licence_id = ? AND "
                                + OLD_HOLDERS);
                var update = on.prepareStatement("""
                        UPDATE licence_holder SET holder_sealed = ?
                         WHERE home_key = ? AND licence_id = ? AND position = ?
                        """)) {
            select.setBytes(1, home);
            select.setString(2, id);
            long values = 0;
            try (var row = select.executeQuery()) {
                while (row.next()) {
                    int position = row.getInt("position");
                    if (isOurs("licence_holder", id + " " + position, row)) {
                        var box = keys.obtain(row.getBytes("holder_key"));
                        update.setBytes(1, moved(box, id, LicenceRows.column(position), row.getBytes("holder_sealed")));
                        update.setBytes(2, home);
                        update.setString(3, id);
                        update.setInt(4, position);
                        update.addBatch();
                        values++;
                    }
                }
            }
            update.executeBatch();
            return values;
        }
    }

    private void tell(long values) {
        if (values > 0) {
            moved.accept(values);
        }
    }

    private static byte[] moved(HolderVault box, String row, String column, byte[] sealed) {
        return box.seal(row, column, box.open(row, column, sealed));
    }

    /// A row that somebody changed gets no new MAC from us.
    private boolean isOurs(String table, String key, ResultSet row) throws SQLException {
        var guarded = ProtectedTable.named(table);
        boolean ours = guarded.isEmpty() || macs.isOurs(guarded.get(), row.getString("content"), row.getBytes("mac"));
        if (!ours) {
            LOG.error("{} {} was changed behind the service's back, and stays as it is", table, key);
        }
        return ours;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.NotDone("interrupted; what was moved stays moved", e);
        }
    }
}
