package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.copy.AnnotatedCopy;
import org.yinzheng.registry.copy.Copies;
import org.yinzheng.registry.copy.CopyId;
import org.yinzheng.registry.copy.CopyOrder;
import org.yinzheng.registry.copy.CopyResult;
import org.yinzheng.registry.copy.Purpose;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Standing;

/// The record of copies, in PostgreSQL.
public final class PostgresCopies implements Copies {
    private static final String COLUMNS = """
            SELECT copy_id, licence_id, use_sealed, last_day, made_by, made_as, by_holder, made_at, body, digest, size
              FROM annotated_copy
            """;

    private final Database database;
    private final Vault vault;
    private final LicenceRows licences;

    public PostgresCopies(Database database, Vault vault, Clock clock) {
        this.database = database;
        this.vault = vault;
        this.licences = new LicenceRows(vault, clock);
    }

    @Override
    public Optional<CopyResult> madeBefore(CopyOrder order) {
        return database.reading(on -> madeBefore(on, order));
    }

    private Optional<CopyResult> madeBefore(Connection on, CopyOrder order) throws SQLException {
        try (var statement =
                on.prepareStatement("SELECT copy_id, request_key FROM annotated_copy WHERE idempotency_key = ?")) {
            statement.setBytes(1, key(order));
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                if (!LicenceRows.digest(row.getBytes("request_key")).equals(LicenceRows.digest(request(order)))) {
                    return Optional.of(new CopyResult.KeyReused());
                }
                return find(on, new CopyId(row.getObject("copy_id", UUID.class)))
                        .map(CopyResult.AlreadyMade::new);
            }
        }
    }

    /// Crash: the copy is there with its line of the log, or not at all.
    @Override
    public CopyResult record(CopyOrder order, AnnotatedCopy copy) {
        return database.transaction(on -> {
            if (LifeRows.lock(on, copy.licence()).isEmpty()) {
                return new CopyResult.NotFound();
            }
            var standing = licences.find(on, copy.licence()).orElseThrow().standing();
            if (standing != Standing.IN_FORCE) {
                return new CopyResult.NotInForce(standing);
            }
            if (!insert(on, order, copy)) {
                return madeBefore(on, order).orElseThrow();
            }
            AuditTrail.append(
                    on,
                    new AuditEntry(
                            copy.madeAt(),
                            copy.maker(),
                            "licence.copy",
                            copy.licence().value(),
                            "",
                            Map.of(
                                    "copy", copy.id().toString(),
                                    "lastDay", copy.lastDay().toString(),
                                    "document", copy.document().hex())));
            return new CopyResult.Made(copy);
        });
    }

    private boolean insert(Connection on, CopyOrder order, AnnotatedCopy copy) throws SQLException {
        try (var statement = on.prepareStatement("""
                INSERT INTO annotated_copy (copy_id, licence_id, use_sealed, last_day, made_by, made_as, by_holder,
                       made_at, body, digest, size, idempotency_key, request_key)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT DO NOTHING
                """)) {
            statement.setObject(1, copy.id().uuid());
            statement.setString(2, copy.licence().value());
            statement.setBytes(3, vault.seal(copy.id().toString(), "copy.use", use(copy.purpose(), copy.recipient())));
            statement.setObject(4, copy.lastDay());
            statement.setString(5, copy.maker().subject());
            statement.setString(6, copy.maker().role());
            statement.setBoolean(7, copy.byHolder());
            statement.setObject(8, LifeRows.utc(copy.madeAt()));
            statement.setString(9, copy.body());
            statement.setBytes(10, LicenceRows.digest(copy.document()));
            statement.setLong(11, copy.size());
            statement.setBytes(12, key(order));
            statement.setBytes(13, request(order));
            return statement.executeUpdate() == 1;
        }
    }

    @Override
    public Optional<AnnotatedCopy> find(CopyId id) {
        return database.reading(on -> find(on, id));
    }

    private Optional<AnnotatedCopy> find(Connection on, CopyId id) throws SQLException {
        try (var statement = on.prepareStatement(COLUMNS + " WHERE copy_id = ?")) {
            statement.setObject(1, id.uuid());
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    @Override
    public List<AnnotatedCopy> ofLicence(LicenceId licence) {
        return database.reading(on -> {
            try (var statement =
                    on.prepareStatement(COLUMNS + " WHERE licence_id = ? ORDER BY made_at DESC, copy_id LIMIT 100")) {
                statement.setString(1, licence.value());
                try (var row = statement.executeQuery()) {
                    var copies = new ArrayList<AnnotatedCopy>();
                    while (row.next()) {
                        copies.add(read(row));
                    }
                    return copies;
                }
            }
        });
    }

    private AnnotatedCopy read(ResultSet row) throws SQLException {
        var id = new CopyId(row.getObject("copy_id", UUID.class));
        var use = LicenceRows.json(vault.open(id.toString(), "copy.use", row.getBytes("use_sealed")));
        return new AnnotatedCopy(
                id,
                new LicenceId(row.getString("licence_id")),
                new Purpose(use.path("purpose").asText()),
                use.path("recipient").asText(),
                row.getObject("last_day", LocalDate.class),
                new Actor(row.getString("made_by"), row.getString("made_as")),
                row.getBoolean("by_holder"),
                row.getObject("made_at", OffsetDateTime.class).toInstant(),
                row.getString("body"),
                LicenceRows.digest(row.getBytes("digest")),
                row.getLong("size"));
    }

    private static byte[] use(Purpose purpose, String recipient) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("purpose", purpose.text())
                .put("recipient", recipient)
                .toString()
                .getBytes(UTF_8);
    }

    private byte[] key(CopyOrder order) {
        return vault.lookup("copy-key", order.idempotencyKey().getBytes(UTF_8));
    }

    private byte[] request(CopyOrder order) {
        var asked = String.join(
                "\0",
                order.licence().value(),
                order.purpose().text(),
                order.recipient(),
                order.lastDay().toString());
        return vault.lookup("copy", asked.getBytes(UTF_8));
    }
}
