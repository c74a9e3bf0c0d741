package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.dispute.Claim;
import org.yinzheng.registry.dispute.Dispute;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;

/// Between disputes and rows.
final class DisputeRows {
    static final String COLUMNS = """
            SELECT dispute_id, licence_id, state, filed_as, filed_by, claim_sealed, filed_at, due_on, decided_at,
                   decided_by, decided_as, decision_sealed, successor
              FROM dispute
            """;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vault vault;

    DisputeRows(Vault vault) {
        this.vault = vault;
    }

    List<Dispute> all(ResultSet row) throws SQLException {
        var disputes = new ArrayList<Dispute>();
        while (row.next()) {
            disputes.add(read(row));
        }
        return disputes;
    }

    private Dispute read(ResultSet row) throws SQLException {
        var id = row.getObject("dispute_id", UUID.class);
        return new Dispute(
                id,
                new LicenceId(row.getString("licence_id")),
                Dispute.FiledAs.valueOf(row.getString("filed_as")),
                row.getString("filed_by"),
                claim(vault.open(id.toString(), "dispute.claim", row.getBytes("claim_sealed"))),
                row.getObject("filed_at", OffsetDateTime.class).toInstant(),
                row.getObject("due_on", LocalDate.class),
                decision(id, row));
    }

    private Optional<Dispute.Decision> decision(UUID id, ResultSet row) throws SQLException {
        var state = Dispute.State.valueOf(row.getString("state"));
        if (state == Dispute.State.OPEN) {
            return Optional.empty();
        }
        var by = new Actor(row.getString("decided_by"), row.getString("decided_as"));
        var at = row.getObject("decided_at", OffsetDateTime.class).toInstant();
        if (state == Dispute.State.WITHDRAWN) {
            return Optional.of(new Dispute.Decision.Withdrawn(by, at));
        }
        return Optional.of(
                state == Dispute.State.CORRECTED
                        ? new Dispute.Decision.Corrected(by, at, new LicenceId(row.getString("successor")))
                        : new Dispute.Decision.Rejected(
                                by,
                                at,
                                new String(
                                        vault.open(id.toString(), "dispute.decision", row.getBytes("decision_sealed")),
                                        UTF_8)));
    }

    /// The dispute about a licence that is being corrected ends with it.
    static void settle(Connection on, LicenceId licence, LicenceId successor, Actor by, Instant at)
            throws SQLException {
        try (var statement = on.prepareStatement("""
                UPDATE dispute SET state = 'CORRECTED', successor = ?, decided_by = ?, decided_as = ?, decided_at = ?
                 WHERE licence_id = ? AND state = 'OPEN'
                """)) {
            statement.setString(1, successor.value());
            statement.setString(2, by.subject());
            statement.setString(3, by.role());
            statement.setObject(4, LifeRows.utc(at));
            statement.setString(5, licence.value());
            statement.executeUpdate();
        }
    }

    static byte[] bytes(Claim claim) {
        var json = JSON.createObjectNode().put("reason", claim.reason());
        var fields = json.putArray("fields");
        claim.fields()
                .forEach(point -> fields.addObject().put("field", point.field()).put("shouldBe", point.shouldBe()));
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree can be written", e);
        }
    }

    private static Claim claim(byte[] bytes) {
        try {
            var json = JSON.readTree(bytes);
            var fields = new ArrayList<Claim.Point>();
            json.path("fields")
                    .forEach(point -> fields.add(new Claim.Point(
                            point.path("field").asText(), point.path("shouldBe").asText())));
            return new Claim(fields, json.path("reason").asText());
        } catch (IOException e) {
            throw new IllegalStateException("a sealed value is not the JSON that was sealed", e);
        }
    }
}
