package org.yinzheng.registry.postgres;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.seals.DocumentKind;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Warning;

/// Between uses of seals and rows.
final class SealUseRows {
    static final String COLUMNS = """
            u.use_id, u.seal_id, u.seal_round, u.actor_subject, u.actor_role, u.authority_code, u.purpose,
            u.document_kind, u.licence_type, u.licence_id, u.batch_id, u.sha256, u.sm3, u.result_sha256,
            u.level_reached, u.warnings::text AS warnings, u.state, u.cancelled_for, u.at, u.ended_at
            """;

    private SealUseRows() {}

    /// In the transaction of the caller.
    static void insert(Connection connection, List<SealUse> uses) throws SQLException {
        try (var statement = connection.prepareStatement("""
                INSERT INTO seal_use (result_sha256, level_reached, warnings, ended_at, use_id, seal_id, seal_round,
                       actor_subject, actor_role, authority_code, purpose, document_kind, licence_type, licence_id,
                       batch_id, sha256, sm3, state, cancelled_for, at)
                VALUES (?, ?, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            for (var use : uses) {
                set(statement, use);
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    private static void set(PreparedStatement statement, SealUse use) throws SQLException {
        var outcome = use.outcome().orElse(null);
        switch (outcome) {
            case null -> setOpen(statement, "INTENT");
            case SealUse.Stamped stamped -> {
                setStamped(statement, stamped);
                statement.setString(18, "DONE");
                statement.setString(19, null);
            }
            case SealUse.Cancelled cancelled -> {
                setOpen(statement, "CANCELLED");
                statement.setObject(4, cancelled.endedAt().atOffset(ZoneOffset.UTC));
                statement.setString(19, cancelled.reason());
            }
        }
        statement.setObject(5, use.id());
        statement.setString(6, use.sealId());
        statement.setInt(7, use.sealRound());
        statement.setString(8, use.actor().subject());
        statement.setString(9, use.actor().role());
        statement.setString(10, use.authority().value());
        statement.setString(11, use.purpose());
        statement.setString(12, use.kind().name());
        statement.setString(13, use.licenceType().orElse(null));
        statement.setString(14, use.licence().map(LicenceId::value).orElse(null));
        statement.setString(15, use.batch().orElse(null));
        statement.setBytes(16, LicenceRows.digest(use.document().sha256()));
        statement.setBytes(17, LicenceRows.digest(use.document().sm3()));
        statement.setObject(20, use.at().atOffset(ZoneOffset.UTC));
    }

    private static void setOpen(PreparedStatement statement, String state) throws SQLException {
        statement.setNull(1, Types.BINARY);
        statement.setString(2, null);
        statement.setString(3, "[]");
        statement.setNull(4, Types.TIMESTAMP_WITH_TIMEZONE);
        statement.setString(18, state);
        statement.setString(19, null);
    }

    /// Parameters 1 to 4: result, level, warnings, end.
    static void setStamped(PreparedStatement statement, SealUse.Stamped stamped) throws SQLException {
        statement.setBytes(1, LicenceRows.digest(stamped.result()));
        statement.setString(2, stamped.reached().map(Enum::name).orElse(null));
        var warnings = JsonNodeFactory.instance.arrayNode();
        for (var warning : stamped.warnings()) {
            warnings.addObject().put("kind", warning.kind().name()).put("detail", warning.detail());
        }
        statement.setString(3, SealRows.text(warnings));
        statement.setObject(4, stamped.endedAt().atOffset(ZoneOffset.UTC));
    }

    static SealUse read(ResultSet row) throws SQLException {
        return new SealUse(
                row.getObject("use_id", UUID.class),
                row.getString("seal_id"),
                row.getInt("seal_round"),
                new Actor(row.getString("actor_subject"), row.getString("actor_role")),
                new CreditCode(row.getString("authority_code")),
                row.getString("purpose"),
                DocumentKind.valueOf(row.getString("document_kind")),
                Optional.ofNullable(row.getString("licence_type")),
                Optional.ofNullable(row.getString("licence_id")).map(LicenceId::new),
                Optional.ofNullable(row.getString("batch_id")),
                new SealUse.Digests(
                        LicenceRows.digest(row.getBytes("sha256")), LicenceRows.digest(row.getBytes("sm3"))),
                row.getObject("at", OffsetDateTime.class).toInstant(),
                outcome(row));
    }

    private static Optional<SealUse.Outcome> outcome(ResultSet row) throws SQLException {
        return switch (row.getString("state")) {
            case "DONE" ->
                Optional.of(new SealUse.Stamped(
                        LicenceRows.digest(row.getBytes("result_sha256")),
                        Optional.ofNullable(row.getString("level_reached")).map(Level::valueOf),
                        warnings(SealRows.json(row.getString("warnings"))),
                        row.getObject("ended_at", OffsetDateTime.class).toInstant()));
            case "CANCELLED" ->
                Optional.of(new SealUse.Cancelled(
                        row.getString("cancelled_for"),
                        row.getObject("ended_at", OffsetDateTime.class).toInstant()));
            default -> Optional.empty();
        };
    }

    private static List<Warning> warnings(JsonNode json) {
        var warnings = new ArrayList<Warning>();
        for (var entry : json) {
            warnings.add(new Warning(
                    Warning.Kind.valueOf(entry.path("kind").asText()),
                    entry.path("detail").asText()));
        }
        return warnings;
    }
}
