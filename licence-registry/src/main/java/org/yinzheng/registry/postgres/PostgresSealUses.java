package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.registry.seals.SealUses;
import org.yinzheng.signing.InvalidInput;

/// The log of uses, in PostgreSQL.
public final class PostgresSealUses implements SealUses {
    private static final int LARGEST_PAGE = 100;

    private final Database database;

    public PostgresSealUses(Database database) {
        this.database = database;
    }

    @Override
    public void begin(List<SealUse> intents) {
        if (intents.stream().anyMatch(use -> use.outcome().isPresent())) {
            throw new IllegalArgumentException("an intent has no outcome yet");
        }
        database.transaction(connection -> {
            SealUseRows.insert(connection, intents);
            return intents.size();
        });
    }

    @Override
    public void complete(Map<UUID, SealUse.Stamped> stamped) {
        database.transaction(connection -> {
            complete(connection, stamped);
            return stamped.size();
        });
    }

    /// In the transaction of the caller.
    static void complete(Connection connection, Map<UUID, SealUse.Stamped> stamped) throws SQLException {
        try (var statement = connection.prepareStatement("""
                UPDATE seal_use
                   SET state = 'DONE', result_sha256 = ?, level_reached = ?, warnings = ?::jsonb, ended_at = ?
                 WHERE use_id = ? AND state = 'INTENT'
                """)) {
            for (var one : stamped.entrySet()) {
                SealUseRows.setStamped(statement, one.getValue());
                statement.setObject(5, one.getKey());
                statement.addBatch();
            }
            for (var count : statement.executeBatch()) {
                if (count != 1) {
                    throw new IllegalStateException("a use that is to be completed is not open any more");
                }
            }
        }
        audit(
                connection,
                select(
                        connection,
                        " WHERE u.use_id = ANY (?)",
                        statement -> statement.setArray(
                                1,
                                connection.createArrayOf(
                                        "uuid", stamped.keySet().toArray()))));
    }

    /// Cancels what is open of a batch, in the transaction of the caller.
    static void cancelBatch(Connection connection, String batchId, SealUse.Cancelled why) throws SQLException {
        try (var statement = connection.prepareStatement("""
                UPDATE seal_use SET state = 'CANCELLED', cancelled_for = ?, ended_at = ?
                 WHERE batch_id = ? AND state = 'INTENT'
                """)) {
            statement.setString(1, why.reason());
            statement.setObject(2, why.endedAt().atOffset(ZoneOffset.UTC));
            statement.setString(3, batchId);
            statement.executeUpdate();
        }
    }

    /// Digests only: what was stamped is in the log of uses.
    static void audit(Connection connection, List<SealUse> uses) throws SQLException {
        for (var use : uses) {
            if (use.outcome().orElseThrow() instanceof SealUse.Stamped done) {
                AuditTrail.append(
                        connection,
                        new AuditEntry(
                                done.endedAt(),
                                use.actor(),
                                "seal.use",
                                use.sealId(),
                                "",
                                Map.of(
                                        "use", use.id().toString(),
                                        "document", use.document().sha256().hex(),
                                        "result", done.result().hex())));
            }
        }
    }

    @Override
    public int cancel(Set<UUID> intents, SealUse.Cancelled why) {
        return database.transaction(connection -> cancel(connection, intents, why));
    }

    /// In the transaction of the caller.
    static int cancel(Connection connection, Set<UUID> intents, SealUse.Cancelled why) throws SQLException {
        try (var statement = connection.prepareStatement("""
                UPDATE seal_use SET state = 'CANCELLED', cancelled_for = ?, ended_at = ?
                 WHERE use_id = ANY (?) AND state = 'INTENT'
                """)) {
            statement.setString(1, why.reason());
            statement.setObject(2, why.endedAt().atOffset(ZoneOffset.UTC));
            statement.setArray(3, connection.createArrayOf("uuid", intents.toArray()));
            return statement.executeUpdate();
        }
    }

    @Override
    public Optional<SealUse> find(UUID id) {
        return database.reading(connection -> select(connection, " WHERE u.use_id = ?", statement -> {
                    statement.setObject(1, id);
                })
                .stream()
                .findFirst());
    }

    @Override
    public Page search(Query query, int limit, Optional<String> after) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new InvalidInput("limit", "limit", "from 1 to " + LARGEST_PAGE);
        }
        if (query.sealId().isEmpty()
                && query.actor().isEmpty()
                && query.digest().isEmpty()
                && query.licence().isEmpty()) {
            throw new InvalidInput("seal-use-query", "", "name a seal, an actor, a digest or a licence");
        }
        var conditions = new Conditions();
        query.sealId().ifPresent(seal -> conditions.and("u.seal_id = ?", seal));
        query.actor().ifPresent(actor -> conditions.and("u.actor_subject = ?", actor));
        query.digest()
                .map(LicenceRows::digest)
                .ifPresent(digest -> conditions.and("u.sha256 = ? OR u.result_sha256 = ?", digest, digest));
        query.licence().ifPresent(licence -> conditions.and("u.licence_id = ?", licence.value()));
        query.from().ifPresent(from -> conditions.and("u.at >= ?", LifeRows.utc(from)));
        query.until().ifPresent(until -> conditions.and("u.at < ?", LifeRows.utc(until)));
        query.keepers()
                .map(keepers -> keepers.stream().map(CreditCode::value).toArray(String[]::new))
                .ifPresent(keepers -> conditions.and(
                        "u.seal_id IN (SELECT s.seal_id FROM seal s WHERE s.authority_code = ANY (?))",
                        (Object) keepers));
        after.map(Cursor::parse)
                .ifPresent(place -> conditions.and("(u.at, u.use_id) < (?, ?)", LifeRows.utc(place.at()), place.id()));
        var rest = conditions.where() + " ORDER BY u.at DESC, u.use_id DESC LIMIT ?";
        List<SealUse> found = database.reading(connection ->
                select(connection, rest, statement -> statement.setInt(conditions.set(statement), limit + 1)));
        boolean more = found.size() > limit;
        var page = more ? found.subList(0, limit) : found;
        return new Page(page, more ? Optional.of(Cursor.of(page.getLast()).text()) : Optional.empty());
    }

    @Override
    public List<SealUse> openBefore(Instant time, int limit) {
        return database.reading(connection ->
                select(connection, " WHERE u.state = 'INTENT' AND u.at < ? ORDER BY u.at LIMIT ?", statement -> {
                    statement.setObject(1, time.atOffset(ZoneOffset.UTC));
                    statement.setInt(2, limit);
                }));
    }

    @Override
    public BlastRadius blastRadius(String sealId) {
        return database.reading(connection -> {
            var lines = new ArrayList<BlastRadius.Line>();
            long total = 0;
            try (var statement = connection.prepareStatement("""
                    SELECT coalesce(licence_type, document_kind) AS type, authority_code,
                           to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM') AS month, count(*) AS n
                      FROM seal_use WHERE seal_id = ? AND state = 'DONE'
                     GROUP BY 1, 2, 3 ORDER BY 3 DESC, 4 DESC, 1, 2
                    """)) {
                statement.setString(1, sealId);
                try (var row = statement.executeQuery()) {
                    while (row.next()) {
                        total += row.getLong("n");
                        lines.add(new BlastRadius.Line(
                                row.getString("type"),
                                row.getString("authority_code"),
                                row.getString("month"),
                                row.getLong("n")));
                    }
                }
            }
            return new BlastRadius(total, open(connection, sealId), lines);
        });
    }

    private static long open(Connection connection, String sealId) throws SQLException {
        try (var statement = connection.prepareStatement(
                "SELECT count(*) AS n FROM seal_use WHERE seal_id = ? AND state = 'INTENT'")) {
            statement.setString(1, sealId);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong("n");
            }
        }
    }

    private static List<SealUse> select(Connection connection, String rest, SealRows.Parameters parameters)
            throws SQLException {
        try (var statement = connection.prepareStatement("SELECT " + SealUseRows.COLUMNS + " FROM seal_use u" + rest)) {
            parameters.set(statement);
            try (var row = statement.executeQuery()) {
                var uses = new ArrayList<SealUse>();
                while (row.next()) {
                    uses.add(SealUseRows.read(row));
                }
                return uses;
            }
        }
    }

    /// A place in the log, newest first.
    private record Cursor(Instant at, UUID id) {
        static Cursor of(SealUse use) {
            return new Cursor(use.at(), use.id());
        }

        static Cursor parse(String text) {
            try {
                int tilde = text.indexOf('~');
                return new Cursor(
                        Instant.parse(text.substring(0, Math.max(tilde, 0))),
                        UUID.fromString(text.substring(tilde + 1)));
            } catch (DateTimeParseException | IllegalArgumentException notOurs) {
                throw new InvalidInput("cursor", "cursor", "not a cursor that this registry gave out");
            }
        }

        String text() {
            return at + "~" + id;
        }
    }
}
