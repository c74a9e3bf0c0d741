package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.conversion.Ledger;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.Digest;

/// The ledger of conversions, in PostgreSQL. What a row says is in here as keyed hashes only.
public final class ConversionLedger implements Ledger {
    private static final HexFormat HEX = HexFormat.of();

    private final Database database;
    private final Vault vault;
    private final Clock clock;

    public ConversionLedger(Database database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.clock = clock;
    }

    @Override
    public String open(Digest index, Actor operator) {
        var batch = "convert-" + index.hex();
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    INSERT INTO batch (batch_id, operator, started_at) VALUES (?, ?, ?)
                    ON CONFLICT (batch_id) DO NOTHING
                    """)) {
                statement.setString(1, batch);
                statement.setString(2, operator.subject());
                statement.setObject(3, now());
                statement.executeUpdate();
                return batch;
            }
        });
    }

    @Override
    public Digest itemKey(byte[] content) {
        return new Digest(HEX.formatHex(vault.lookup("conversion-item", content)));
    }

    @Override
    public Map<Long, Known> known(String batch, long first, long last) {
        return database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    SELECT row_number, state, licence_id, scan FROM batch_item
                     WHERE batch_id = ? AND row_number BETWEEN ? AND ? AND state <> 'REJECTED'
                    """)) {
                statement.setString(1, batch);
                statement.setLong(2, first);
                statement.setLong(3, last);
                Map<Long, Known> known = new HashMap<>();
                try (var row = statement.executeQuery()) {
                    while (row.next()) {
                        known.put(
                                row.getLong("row_number"),
                                row.getString("state").equals("ACCEPTED")
                                        ? new Converted(new LicenceId(row.getString("licence_id")))
                                        : new Claimed(new Digest(HEX.formatHex(row.getBytes("scan")))));
                    }
                }
                return known;
            }
        });
    }

    @Override
    public Set<Long> claim(String batch, List<Claimant> claimants) {
        if (claimants.isEmpty()) {
            return Set.of();
        }
        return database.transaction(connection -> {
            // two runs of one batch claim one after the other
            lock(connection, batch);
            var keys = new ArrayList<byte[]>();
            for (var claimant : claimants) {
                keys.add(numberKey(claimant));
            }
            var owners = owners(connection, batch, keys);
            Set<Long> granted = new HashSet<>();
            try (var statement = connection.prepareStatement("""
                    INSERT INTO batch_item (batch_id, row_number, item_key, number_key, scan, state, recorded_at)
                    VALUES (?, ?, ?, ?, ?, 'CLAIMED', ?)
                    ON CONFLICT (batch_id, row_number) DO UPDATE
                       SET item_key = EXCLUDED.item_key, number_key = EXCLUDED.number_key, scan = EXCLUDED.scan,
                           state = 'CLAIMED', reason_code = NULL, recorded_at = EXCLUDED.recorded_at
                     WHERE batch_item.state = 'REJECTED'
                    """)) {
                for (int i = 0; i < claimants.size(); i++) {
                    var claimant = claimants.get(i);
                    var owner = owners.putIfAbsent(HEX.formatHex(keys.get(i)), claimant.row());
                    if (owner != null && owner != claimant.row()) {
                        continue;
                    }
                    granted.add(claimant.row());
                    statement.setString(1, batch);
                    statement.setLong(2, claimant.row());
                    statement.setBytes(3, bytes(claimant.item()));
                    statement.setBytes(4, keys.get(i));
                    statement.setBytes(5, bytes(claimant.scan()));
                    statement.setObject(6, now());
                    statement.addBatch();
                }
                statement.executeBatch();
            }
            return granted;
        });
    }

    @Override
    public void record(String batch, List<Answer> answers) {
        database.transaction(connection -> {
            for (var answer : answers) {
                switch (answer) {
                    case Accepted accepted -> accept(connection, batch, accepted);
                    case Rejected rejected -> reject(connection, batch, rejected);
                }
            }
            return batch;
        });
    }

    @Override
    public void finish(String batch) {
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement(
                    "UPDATE batch SET finished_at = ? WHERE batch_id = ? AND finished_at IS NULL")) {
                statement.setObject(1, now());
                statement.setString(2, batch);
                return statement.executeUpdate();
            }
        });
    }

    private void accept(Connection connection, String batch, Accepted accepted) throws SQLException {
        try (var statement = connection.prepareStatement("""
                UPDATE batch_item SET state = 'ACCEPTED', licence_id = ?, recorded_at = ?
                 WHERE batch_id = ? AND row_number = ? AND state = 'CLAIMED'
                """)) {
            statement.setString(1, accepted.licence().value());
            statement.setObject(2, now());
            statement.setString(3, batch);
            statement.setLong(4, accepted.row());
            statement.executeUpdate();
        }
    }

    /// A number once claimed stays with its row: whoever comes second is a duplicate in every run.
    private void reject(Connection connection, String batch, Rejected rejected) throws SQLException {
        try (var statement = connection.prepareStatement("""
                INSERT INTO batch_item (batch_id, row_number, item_key, state, reason_code, recorded_at)
                VALUES (?, ?, ?, 'REJECTED', ?, ?)
                ON CONFLICT (batch_id, row_number) DO UPDATE
                   SET item_key = EXCLUDED.item_key, state = 'REJECTED', reason_code = EXCLUDED.reason_code,
                       recorded_at = EXCLUDED.recorded_at
                 WHERE batch_item.state <> 'ACCEPTED'
                """)) {
            statement.setString(1, batch);
            statement.setLong(2, rejected.row());
            statement.setBytes(3, bytes(rejected.item()));
            statement.setString(4, rejected.reason().name());
            statement.setObject(5, now());
            statement.executeUpdate();
        }
    }

    private static void lock(Connection connection, String batch) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT batch_id FROM batch WHERE batch_id = ? FOR UPDATE")) {
            statement.setString(1, batch);
            statement.executeQuery().close();
        }
    }

    /// Which row each number belongs to, by the number's key in hexadecimal.
    private static Map<String, Long> owners(Connection connection, String batch, List<byte[]> keys)
            throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT number_key, row_number FROM batch_item WHERE batch_id = ? AND number_key = ANY (?)")) {
            statement.setString(1, batch);
            statement.setArray(2, connection.createArrayOf("bytea", keys.toArray(byte[][]::new)));
            Map<String, Long> owners = new HashMap<>();
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    owners.put(HEX.formatHex(row.getBytes("number_key")), row.getLong("row_number"));
                }
            }
            return owners;
        }
    }

    private byte[] numberKey(Claimant claimant) {
        var text = claimant.typeCode() + "\0" + claimant.number().value();
        return vault.lookup("conversion-number", text.getBytes(UTF_8));
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    private static byte[] bytes(Digest digest) {
        return HEX.parseHex(digest.hex());
    }
}
