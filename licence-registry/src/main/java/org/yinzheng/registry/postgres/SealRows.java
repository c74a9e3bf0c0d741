package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.HolderKind;
import org.yinzheng.registry.seals.RailsJson;
import org.yinzheng.registry.seals.Round;
import org.yinzheng.registry.seals.SealHolder;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealState;
import org.yinzheng.registry.seals.SignerKey;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.SealKind;
import org.yinzheng.signing.seal.SealPicture;

/// Between seals and rows. A page of seals takes three queries, however long it is.
final class SealRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Vault vault;

    SealRows(Vault vault) {
        this.vault = vault;
    }

    byte[] holderKey(HolderId holder) {
        return vault.lookup("holder", (holder.kind().code() + " " + holder.value()).getBytes(UTF_8));
    }

    byte[] sealedHolder(String sealId, SealHolder holder) {
        var json = JSON.createObjectNode()
                .put("id", holder.who().id().value())
                .put("name", holder.who().name());
        return vault.seal(sealId, "seal.holder", text(json).getBytes(UTF_8));
    }

    static String text(JsonNode json) {
        try {
            return JSON.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree can be written", e);
        }
    }

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a column of JSON holds something else", e);
        }
    }

    @FunctionalInterface
    interface Parameters {
        void set(PreparedStatement statement) throws SQLException;
    }

    /// @param rest after `FROM seal s`: conditions, order, limit
    List<SealRecord> select(Connection connection, String rest, Parameters parameters) throws SQLException {
        var partials = new LinkedHashMap<String, Partial>();
        try (var statement = connection.prepareStatement("""
                SELECT s.seal_id, s.kind, s.name, s.holder_kind, s.holder_sealed, s.lower_text, s.authority_code,
                       s.authority_name, s.picture, s.outline, s.width_mm, s.height_mm, s.state, s.version, s.made_round,
                       s.rails::text AS rails, s.applied_at
                  FROM seal s
                """ + rest)) {
            parameters.set(statement);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var partial = partial(row);
                    partials.put(partial.seal.id(), partial);
                }
            }
        }
        if (partials.isEmpty()) {
            return List.of();
        }
        var ids = connection.createArrayOf("text", partials.keySet().toArray());
        var signers = signers(connection, ids);
        rounds(connection, ids, partials, signers);
        return partials.values().stream().map(Partial::whole).toList();
    }

    /// A seal without its rounds, and what was found of these.
    private static final class Partial {
        private final SealRecord seal;
        private final List<Round> open = new ArrayList<>();
        private Optional<SealRecord.Made> current = Optional.empty();

        Partial(SealRecord seal) {
            this.seal = seal;
        }

        SealRecord whole() {
            return new SealRecord(
                    seal.id(),
                    seal.kind(),
                    seal.name(),
                    seal.holder(),
                    seal.lowerText(),
                    seal.keeper(),
                    seal.picture(),
                    seal.state(),
                    seal.version(),
                    seal.rails(),
                    seal.appliedAt(),
                    current,
                    open);
        }
    }

    private Partial partial(ResultSet row) throws SQLException {
        var id = row.getString("seal_id");
        return new Partial(new SealRecord(
                id,
                SealKind.valueOf(row.getString("kind")),
                row.getString("name"),
                holder(id, SealHolder.Kind.valueOf(row.getString("holder_kind")), row.getBytes("holder_sealed")),
                row.getString("lower_text"),
                new Authority(new CreditCode(row.getString("authority_code")), row.getString("authority_name")),
                new SealPicture(
                        DocumentBytes.owning(row.getBytes("picture")),
                        row.getDouble("width_mm"),
                        row.getDouble("height_mm"),
                        Optional.ofNullable(row.getString("outline"))),
                SealState.valueOf(row.getString("state")),
                row.getLong("version"),
                RailsJson.read(json(row.getString("rails"))),
                row.getObject("applied_at", OffsetDateTime.class).toInstant(),
                Optional.empty(),
                List.of()));
    }

    private SealHolder holder(String sealId, SealHolder.Kind kind, byte[] sealed) {
        JsonNode json;
        try {
            json = JSON.readTree(vault.open(sealId, "seal.holder", sealed));
        } catch (IOException e) {
            throw new IllegalStateException("a sealed value is not the JSON that was sealed", e);
        }
        var number =
                switch (kind) {
                    case AUTHORITY, ENTERPRISE -> HolderKind.CREDIT_CODE;
                    case PERSON -> HolderKind.CITIZEN_ID;
                };
        return new SealHolder(
                kind,
                new Holder(
                        HolderId.of(number, "holderId", json.path("id").asText()),
                        json.path("name").asText()));
    }

    private static void rounds(
            Connection connection,
            java.sql.Array ids,
            Map<String, Partial> partials,
            Map<String, List<SignerKey>> signers)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                SELECT r.seal_id, r.round, r.kind, r.stage, r.valid_until, r.made, r.round = s.made_round AS is_current
                  FROM seal_round r JOIN seal s ON s.seal_id = r.seal_id
                 WHERE r.seal_id = ANY (?) AND (r.round = s.made_round OR r.stage IN ('OPEN', 'APPROVED', 'MADE'))
                 ORDER BY r.seal_id, r.round
                """)) {
            statement.setArray(1, ids);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var partial = partials.get(row.getString("seal_id"));
                    if (partial == null) {
                        throw new AssertionError("a round of a seal that was not asked for");
                    }
                    var keys = signers.getOrDefault(key(row), List.of());
                    byte @Nullable [] made = row.getBytes("made");
                    if (row.getBoolean("is_current") && made != null) {
                        partial.current = Optional.of(
                                new SealRecord.Made(row.getInt("round"), Seal.parse(DocumentBytes.owning(made)), keys));
                    } else {
                        partial.open.add(round(row, keys));
                    }
                }
            }
        }
    }

    private static Round round(ResultSet row, List<SignerKey> keys) throws SQLException {
        return new Round(
                row.getInt("round"),
                Round.Kind.valueOf(row.getString("kind")),
                Round.Stage.valueOf(row.getString("stage")),
                Optional.ofNullable(row.getObject("valid_until", LocalDate.class)),
                keys);
    }

    private static Map<String, List<SignerKey>> signers(Connection connection, java.sql.Array ids) throws SQLException {
        var found = new HashMap<String, List<SignerKey>>();
        try (var statement = connection.prepareStatement("""
                SELECT seal_id, round, suite, key_label, request, chain_pem
                  FROM seal_signer WHERE seal_id = ANY (?) ORDER BY suite
                """)) {
            statement.setArray(1, ids);
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var pem = row.getString("chain_pem");
                    found.computeIfAbsent(key(row), any -> new ArrayList<>())
                            .add(new SignerKey(
                                    Suite.valueOf(row.getString("suite")),
                                    row.getString("key_label"),
                                    DocumentBytes.owning(row.getBytes("request")),
                                    pem == null ? List.of() : Certificates.parseAll(pem.getBytes(UTF_8))));
                }
            }
        }
        return found;
    }

    private static String key(ResultSet row) throws SQLException {
        return row.getString("seal_id") + "/" + row.getInt("round");
    }
}
