package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.verification.Retention;
import org.yinzheng.registry.verification.StoredVerification;
import org.yinzheng.registry.verification.StoredVerification.State;
import org.yinzheng.registry.verification.VerificationId;
import org.yinzheng.registry.verification.Verifications;

/// Kept verifications, in PostgreSQL: deflated, and sealed, since a file's name may be a person's.
public final class PostgresVerifications implements Verifications {
    private static final ObjectMapper JSON = new ObjectMapper();
    /// Far above what judging takes, below what anybody waits for.
    private static final Duration PATIENCE = Duration.ofMinutes(15);
    /// The third time that the program dies over a document is the last.
    private static final int MOST_BEGINNINGS = 3;

    private static final int PORTION = 5_000;
    private static final int MOST_PORTIONS = 100;

    private static final String REQUEST = "verification.request";
    private static final String RESULT = "verification.result";
    private static final String RECEIPT = "verification.receipt";

    private final Database database;
    private final Vault vault;
    private final Retention retention;
    private final Clock clock;

    public PostgresVerifications(Database database, Vault vault, Retention retention, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.retention = retention;
        this.clock = clock;
    }

    @Override
    public StoredVerification record(VerificationId id, JsonNode result) {
        return insert(id, State.DONE, Optional.of(result), null, seal(id, RESULT, result));
    }

    @Override
    public StoredVerification accept(VerificationId id, JsonNode request) {
        return insert(id, State.PENDING, Optional.empty(), seal(id, REQUEST, request), null);
    }

    private StoredVerification insert(
            VerificationId id,
            State state,
            Optional<JsonNode> shown,
            byte @Nullable [] request,
            byte @Nullable [] result) {
        var now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        return database.transaction(on -> {
            try (var statement = on.prepareStatement("""
                    INSERT INTO verification (verification_key, state, request_sealed, result_sealed, received_at,
                           due_at, kept_until)
                    VALUES (?, ?, ?, ?, ?, ?, ?)
                    """)) {
                statement.setBytes(1, key(id));
                statement.setString(2, state.name());
                statement.setBytes(3, request);
                statement.setBytes(4, result);
                statement.setObject(5, utc(now));
                statement.setObject(6, utc(now.plus(PATIENCE)));
                statement.setObject(7, utc(now.plus(retention.keep())));
                statement.executeUpdate();
            }
            return new StoredVerification(id, state, now, now.plus(retention.keep()), shown, Optional.empty());
        });
    }

    @Override
    public Optional<JsonNode> begin(VerificationId id) {
        return database.transaction(on -> {
            byte @Nullable [] request = null;
            try (var statement = on.prepareStatement("""
                    UPDATE verification SET begun = begun + 1
                     WHERE verification_key = ? AND state = 'PENDING' AND begun < ? AND due_at > ?
                    RETURNING request_sealed
                    """)) {
                statement.setBytes(1, key(id));
                statement.setInt(2, MOST_BEGINNINGS);
                statement.setObject(3, utc(clock.instant()));
                try (var row = statement.executeQuery()) {
                    if (row.next()) {
                        request = row.getBytes("request_sealed");
                    }
                }
            }
            if (request == null) {
                breakOff(on, id);
                return Optional.empty();
            }
            return Optional.of(open(id, REQUEST, request));
        });
    }

    @Override
    public boolean finish(VerificationId id, JsonNode result) {
        return database.transaction(on -> {
            try (var statement = on.prepareStatement("""
                    UPDATE verification SET state = 'DONE', request_sealed = NULL, result_sealed = ?
                     WHERE verification_key = ? AND state = 'PENDING' AND due_at > ?
                    """)) {
                statement.setBytes(1, seal(id, RESULT, result));
                statement.setBytes(2, key(id));
                statement.setObject(3, utc(clock.instant()));
                return statement.executeUpdate() == 1;
            }
        });
    }

    @Override
    public void breakOff(VerificationId id) {
        database.transaction(on -> breakOff(on, id));
    }

    private boolean breakOff(Connection on, VerificationId id) throws SQLException {
        try (var statement = on.prepareStatement("""
                UPDATE verification SET state = 'BROKEN_OFF', request_sealed = NULL
                 WHERE verification_key = ? AND state = 'PENDING'
                """)) {
            statement.setBytes(1, key(id));
            return statement.executeUpdate() == 1;
        }
    }

    @Override
    public Optional<StoredVerification> find(VerificationId id) {
        return database.reading(on -> {
            try (var statement = on.prepareStatement("""
                    SELECT state, result_sealed, receipt_sealed, received_at, due_at, kept_until
                      FROM verification WHERE verification_key = ? AND kept_until > ?
                    """)) {
                statement.setBytes(1, key(id));
                statement.setObject(2, utc(clock.instant()));
                try (var row = statement.executeQuery()) {
                    return row.next() ? Optional.of(read(id, row)) : Optional.empty();
                }
            }
        });
    }

    private StoredVerification read(VerificationId id, ResultSet row) throws SQLException {
        var state = State.valueOf(row.getString("state"));
        var overdue = state == State.PENDING && !instant(row, "due_at").isAfter(clock.instant());
        var result = Optional.ofNullable(row.getBytes("result_sealed"));
        var receipt = Optional.ofNullable(row.getBytes("receipt_sealed"));
        return new StoredVerification(
                id,
                overdue ? State.BROKEN_OFF : state,
                instant(row, "received_at"),
                instant(row, "kept_until"),
                result.map(bytes -> open(id, RESULT, bytes)),
                receipt.map(bytes -> new String(vault.open(row(id), RECEIPT, bytes), US_ASCII)));
    }

    @Override
    public String keepReceipt(VerificationId id, String receipt) {
        return database.transaction(on -> {
            try (var statement = on.prepareStatement("""
                    UPDATE verification SET receipt_sealed = coalesce(receipt_sealed, ?)
                     WHERE verification_key = ? AND state = 'DONE'
                    RETURNING receipt_sealed
                    """)) {
                statement.setBytes(1, vault.seal(row(id), RECEIPT, receipt.getBytes(US_ASCII)));
                statement.setBytes(2, key(id));
                try (var row = statement.executeQuery()) {
                    return row.next()
                            ? new String(vault.open(row(id), RECEIPT, row.getBytes("receipt_sealed")), US_ASCII)
                            : receipt;
                }
            }
        });
    }

    /// In portions, each of its own transaction: if we crash here the next call goes on, and nobody waits for long.
    @Override
    public int purge() {
        int gone = 0;
        int portion = 1;
        for (int i = 0; i < MOST_PORTIONS && portion > 0; i++) {
            portion = deleteExpired() + deleteBeyondMost();
            gone += portion;
        }
        return gone;
    }

    private int deleteExpired() {
        return database.transaction(on -> {
            try (var statement = on.prepareStatement("""
                    DELETE FROM verification
                     WHERE verification_key IN (SELECT verification_key FROM verification
                                                 WHERE kept_until <= ? LIMIT ?)
                    """)) {
                statement.setObject(1, utc(clock.instant()));
                statement.setInt(2, PORTION);
                return statement.executeUpdate();
            }
        });
    }

    private int deleteBeyondMost() {
        return database.transaction(on -> {
            try (var statement = on.prepareStatement("""
                    DELETE FROM verification
                     WHERE receipt_sealed IS NULL
                       AND verification_key IN (SELECT verification_key FROM verification
                                                 WHERE receipt_sealed IS NULL AND state <> 'PENDING'
                                                 ORDER BY kept_until DESC, verification_key
                                                OFFSET ? LIMIT ?)
                    """)) {
                statement.setInt(1, retention.most());
                statement.setInt(2, PORTION);
                return statement.executeUpdate();
            }
        });
    }

    private byte[] key(VerificationId id) {
        return vault.lookup("verification", id.value().getBytes(US_ASCII));
    }

    /// What sealed values are bound to: the hash, since the identifier itself stands nowhere in the table.
    private String row(VerificationId id) {
        return HexFormat.of().formatHex(key(id));
    }

    private byte[] seal(VerificationId id, String column, JsonNode json) {
        var deflated = new ByteArrayOutputStream();
        try (var out = new DeflaterOutputStream(deflated)) {
            out.write(json.toString().getBytes(UTF_8));
        } catch (IOException e) {
            throw new AssertionError("memory does not fail", e);
        }
        return vault.seal(row(id), column, deflated.toByteArray());
    }

    private JsonNode open(VerificationId id, String column, byte[] sealed) {
        try (var in = new InflaterInputStream(new ByteArrayInputStream(vault.open(row(id), column, sealed)))) {
            return JSON.readTree(in);
        } catch (IOException e) {
            throw new IllegalStateException("a sealed value is not the JSON that was sealed", e);
        }
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
