package org.yinzheng.registry.postgres;

import static java.util.stream.Collectors.joining;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.seals.GuardRails;
import org.yinzheng.registry.seals.Move;
import org.yinzheng.registry.seals.RailsJson;
import org.yinzheng.registry.seals.Round;
import org.yinzheng.registry.seals.SealApplication;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealState;
import org.yinzheng.registry.seals.Seals;
import org.yinzheng.registry.seals.SignerKey;
import org.yinzheng.registry.seals.Step;
import org.yinzheng.registry.seals.StepResult;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.certificate.Certificates;

/// The registered seals, in PostgreSQL. A step first takes the seal's own row, so steps of one seal come one after
/// the other; what the row then says decides.
public final class PostgresSeals implements Seals {
    private static final String OPEN = "('OPEN', 'APPROVED', 'MADE')";

    private final Database database;
    private final SealRows rows;
    private final Clock clock;

    public PostgresSeals(Database database, Vault vault, Clock clock) {
        this.database = database;
        this.rows = new SealRows(vault);
        this.clock = clock;
    }

    @Override
    public Optional<SealRecord> find(String sealId) {
        return database.reading(connection -> find(connection, sealId));
    }

    @Override
    public Optional<Long> version(String sealId) {
        return database.reading(connection -> {
            try (var statement = connection.prepareStatement("SELECT version FROM seal WHERE seal_id = ?")) {
                statement.setString(1, sealId);
                try (var row = statement.executeQuery()) {
                    return row.next() ? Optional.of(row.getLong("version")) : Optional.empty();
                }
            }
        });
    }

    @Override
    public List<SealRecord> list(Optional<Set<CreditCode>> keepers, int limit, Optional<String> after) {
        return database.reading(connection -> rows.select(connection, """
                 WHERE (?::text[] IS NULL OR s.authority_code = ANY (?::text[])) AND s.seal_id > ?
                 ORDER BY s.seal_id LIMIT ?
                """, statement -> {
            var codes = keepers.map(set -> set.stream().map(CreditCode::value).toArray(String[]::new))
                    .orElse(null);
            var array = codes == null ? null : connection.createArrayOf("text", codes);
            statement.setArray(1, array);
            statement.setArray(2, array);
            statement.setString(3, after.orElse(""));
            statement.setInt(4, limit);
        }));
    }

    @Override
    public List<SealRecord> ofHolder(HolderId holder) {
        return database.reading(connection -> rows.select(
                connection,
                " WHERE s.holder_key = ? ORDER BY s.seal_id LIMIT 100",
                statement -> statement.setBytes(1, rows.holderKey(holder))));
    }

    @Override
    public List<Round.Done> history(String sealId) {
        return database.reading(connection -> {
            try (var statement = connection.prepareStatement("""
                    SELECT round, step, seal_version, actor_subject, actor_role, reason, at
                      FROM seal_step WHERE seal_id = ? ORDER BY seal_version
                    """)) {
                statement.setString(1, sealId);
                try (var row = statement.executeQuery()) {
                    var done = new ArrayList<Round.Done>();
                    while (row.next()) {
                        done.add(new Round.Done(
                                row.getInt("round"),
                                Step.valueOf(row.getString("step")),
                                row.getLong("seal_version"),
                                new Actor(row.getString("actor_subject"), row.getString("actor_role")),
                                row.getString("reason"),
                                row.getObject("at", OffsetDateTime.class).toInstant()));
                    }
                    return done;
                }
            }
        });
    }

    @Override
    public StepResult apply(SealApplication application, String division, Actor actor) {
        var move = Move.of(Step.APPLY, actor, "");
        return inTransaction(connection -> {
            var id = insert(connection, application, division);
            insertRound(connection, id, 1, Round.Kind.MAKING, Round.Stage.OPEN, application.validUntil());
            record(connection, id, 1, 1, move);
            return done(connection, id);
        });
    }

    @Override
    public StepResult step(String sealId, Move move) {
        return inTransaction(connection -> {
            var step = move.step();
            var before = take(connection, sealId, move);
            var round = step.from().isPresent() ? advance(connection, sealId, step) : begin(connection, sealId, move);
            carry(connection, sealId, round, move);
            follow(connection, sealId, round, step);
            record(connection, sealId, round, before + 1, move);
            return done(connection, sealId);
        });
    }

    @Override
    public StepResult certify(String sealId, int round, List<SignerKey> certified, Actor actor) {
        return inTransaction(connection -> {
            if (!bump(connection, sealId, Step.MAKE.states(), null)) {
                throw refused(connection, sealId, Optional.empty());
            }
            for (var key : certified) {
                try (var statement = connection.prepareStatement("""
                        UPDATE seal_signer k
                           SET chain_pem = ?, not_after = ?, certified_by = ?, certified_at = ?
                          FROM seal_round r
                         WHERE k.seal_id = ? AND k.round = ? AND k.suite = ? AND k.key_label = ?
                           AND r.seal_id = k.seal_id AND r.round = k.round AND r.stage = 'APPROVED'
                        """)) {
                    statement.setString(
                            1, key.chain().stream().map(Certificates::pem).collect(joining()));
                    statement.setObject(2, key.notAfter().orElseThrow().atOffset(ZoneOffset.UTC));
                    statement.setString(3, actor.subject());
                    statement.setObject(4, now());
                    statement.setString(5, sealId);
                    statement.setInt(6, round);
                    statement.setString(7, key.suite().name());
                    statement.setString(8, key.label());
                    if (statement.executeUpdate() != 1) {
                        throw refused(connection, sealId, Optional.empty());
                    }
                }
            }
            audit(connection, sealId, actor, "certify", "", certificates(round, certified));
            return done(connection, sealId);
        });
    }

    private static Map<String, String> certificates(int round, List<SignerKey> certified) {
        var details = new HashMap<>(Map.of("round", String.valueOf(round)));
        for (var key : certified) {
            var own = Certificates.der(key.chain().getFirst());
            details.put(key.suite().name(), Digest.sha256(own).hex());
        }
        return details;
    }

    @Override
    public Endings endings() {
        return database.reading(connection -> {
            try (var statement = connection.prepareStatement("""
                    SELECT count(*) FILTER (WHERE ends <= ?) AS ended,
                           count(*) FILTER (WHERE ends > ? AND ends <= ?) AS soon,
                           count(*) FILTER (WHERE ends > ?) AS later
                      FROM (SELECT LEAST((r.valid_until + 1)::timestamp AT TIME ZONE 'Asia/Shanghai',
                                         (SELECT min(k.not_after) FROM seal_signer k
                                           WHERE k.seal_id = r.seal_id AND k.round = r.round)) AS ends
                              FROM seal s JOIN seal_round r ON r.seal_id = s.seal_id AND r.round = s.made_round
                             WHERE s.state IN ('IN_USE', 'SUSPENDED')) AS used
                    """)) {
                var soon = now().plusDays(30);
                statement.setObject(1, now());
                statement.setObject(2, now());
                statement.setObject(3, soon);
                statement.setObject(4, soon);
                try (var row = statement.executeQuery()) {
                    row.next();
                    return new Endings(row.getLong("ended"), row.getLong("soon"), row.getLong("later"));
                }
            }
        });
    }

    private Optional<SealRecord> find(Connection connection, String sealId) throws SQLException {
        return rows.select(connection, " WHERE s.seal_id = ?", statement -> statement.setString(1, sealId)).stream()
                .findFirst();
    }

    private StepResult done(Connection connection, String sealId) throws SQLException {
        return new StepResult.Done(find(connection, sealId).orElseThrow());
    }

    /// @return the identifier that was asked for, or the next one that nobody has
    private String insert(Connection connection, SealApplication application, String division) throws SQLException {
        if (application.id().isPresent()) {
            if (!insert(connection, application.id().get(), application)) {
                throw new Stop(new StepResult.IdTaken());
            }
            return application.id().get();
        }
        while (true) {
            var id = division + "%08d".formatted(nextSerial(connection));
            if (insert(connection, id, application)) {
                return id;
            }
        }
    }

    private boolean insert(Connection connection, String id, SealApplication application) throws SQLException {
        try (var statement = connection.prepareStatement("""
                INSERT INTO seal (seal_id, kind, name, holder_kind, holder_key, holder_sealed, authority_code,
                       authority_name, lower_text, picture, outline, width_mm, height_mm, state, version, rails, daily_quota,
                       applied_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, 'PENDING', 1, ?::jsonb, ?, ?)
                ON CONFLICT (seal_id) DO NOTHING
                """)) {
            var holder = application.holder();
            statement.setString(1, id);
            statement.setString(2, application.kind().name());
            statement.setString(3, application.name());
            statement.setString(4, holder.kind().name());
            statement.setBytes(5, rows.holderKey(holder.who().id()));
            statement.setBytes(6, rows.sealedHolder(id, holder));
            statement.setString(7, application.keeper().code().value());
            statement.setString(8, application.keeper().name());
            statement.setString(9, application.lowerText());
            statement.setBytes(10, application.picture().png().toByteArray());
            statement.setString(11, application.picture().outline().orElse(null));
            statement.setDouble(12, application.picture().widthMm());
            statement.setDouble(13, application.picture().heightMm());
            statement.setString(14, SealRows.text(RailsJson.write(application.rails())));
            statement.setObject(15, quota(application.rails()));
            statement.setObject(16, now());
            return statement.executeUpdate() == 1;
        }
    }

    /// Takes the seal's row when it is in a state that allows the step.
    ///
    /// @return the version that it had
    private long take(Connection connection, String sealId, Move move) throws SQLException {
        if (!bump(connection, sealId, move.step().states(), move.version().orElse(null))) {
            throw refused(connection, sealId, move.version());
        }
        try (var statement = connection.prepareStatement("SELECT version FROM seal WHERE seal_id = ?")) {
            statement.setString(1, sealId);
            try (var row = statement.executeQuery()) {
                row.next();
                return row.getLong("version") - 1;
            }
        }
    }

    private static boolean bump(
            Connection connection, String sealId, Set<SealState> states, @Nullable Long expectedVersion)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                UPDATE seal SET version = version + 1
                 WHERE seal_id = ? AND state = ANY (?) AND (?::bigint IS NULL OR version = ?)
                """)) {
            statement.setString(1, sealId);
            statement.setArray(2, connection.createArrayOf("text", names(states)));
            statement.setObject(3, expectedVersion);
            statement.setObject(4, expectedVersion);
            return statement.executeUpdate() == 1;
        }
    }

    /// Why a step found nothing to do.
    private Stop refused(Connection connection, String sealId, Optional<Long> expected) throws SQLException {
        var seal = find(connection, sealId);
        if (seal.isEmpty()) {
            return new Stop(new StepResult.NotFound());
        }
        var changed = expected.filter(version -> version != seal.get().version());
        return new Stop(
                changed.isPresent()
                        ? new StepResult.Changed(seal.get().version())
                        : new StepResult.WrongState(
                                seal.get().state(), seal.get().making().map(Round::stage)));
    }

    /// @return the round that it is a step of
    private int advance(Connection connection, String sealId, Step step) throws SQLException {
        try (var statement = connection.prepareStatement("""
                UPDATE seal_round SET stage = ?
                 WHERE seal_id = ? AND kind = ANY (?) AND stage = ?
                RETURNING round
                """)) {
            // the seal that a round made is recorded with its stage, so that no row ever says one without the other
            statement.setString(
                    1,
                    step.to() == Round.Stage.MADE
                            ? Round.Stage.APPROVED.name()
                            : step.to().name());
            statement.setString(2, sealId);
            statement.setArray(3, connection.createArrayOf("text", names(step.rounds())));
            statement.setString(4, step.from().orElseThrow().name());
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw refused(connection, sealId, Optional.empty());
                }
                return row.getInt("round");
            }
        }
    }

    private int begin(Connection connection, String sealId, Move move) throws SQLException {
        var kind = move.step().rounds().iterator().next();
        int number;
        try (var statement =
                connection.prepareStatement("SELECT max(round) + 1 AS next FROM seal_round WHERE seal_id = ?")) {
            statement.setString(1, sealId);
            try (var row = statement.executeQuery()) {
                row.next();
                number = row.getInt("next");
            }
        }
        var until = move.carried() instanceof Move.Carried.Until carried ? carried.day() : null;
        if (!insertRound(connection, sealId, number, kind, move.step().to(), until)) {
            throw refused(connection, sealId, Optional.empty());
        }
        return number;
    }

    /// @return false when a round of the kind is under way already
    private static boolean insertRound(
            Connection connection,
            String sealId,
            int number,
            Round.Kind kind,
            Round.Stage stage,
            @Nullable LocalDate validUntil)
            throws SQLException {
        try (var statement = connection.prepareStatement("""
                INSERT INTO seal_round (seal_id, round, kind, stage, valid_until) VALUES (?, ?, ?, ?, ?)
                ON CONFLICT (seal_id, kind) WHERE stage IN ('OPEN', 'APPROVED', 'MADE') DO NOTHING
                """)) {
            statement.setString(1, sealId);
            statement.setInt(2, number);
            statement.setString(3, kind.name());
            statement.setString(4, stage.name());
            statement.setObject(5, validUntil);
            return statement.executeUpdate() == 1;
        }
    }

    private void carry(Connection connection, String sealId, int round, Move move) throws SQLException {
        switch (move.carried()) {
            case Move.Carried.Nothing nothing -> {}
            case Move.Carried.Until until -> {}
            case Move.Carried.Keys keys -> insertKeys(connection, sealId, round, keys.keys());
            case Move.Carried.Made made -> {
                try (var statement = connection.prepareStatement("""
                        UPDATE seal_round SET stage = 'MADE', made = ?, valid_from = ?
                         WHERE seal_id = ? AND round = ?
                        """)) {
                    statement.setBytes(1, made.seal().der().toByteArray());
                    statement.setObject(2, made.validFrom().atOffset(ZoneOffset.UTC));
                    statement.setString(3, sealId);
                    statement.setInt(4, round);
                    statement.executeUpdate();
                }
            }
            case Move.Carried.Rails rails -> {
                try (var statement = connection.prepareStatement(
                        "UPDATE seal SET rails = ?::jsonb, daily_quota = ? WHERE seal_id = ?")) {
                    statement.setString(1, SealRows.text(RailsJson.write(rails.rails())));
                    statement.setObject(2, quota(rails.rails()));
                    statement.setString(3, sealId);
                    statement.executeUpdate();
                }
            }
        }
    }

    private static void insertKeys(Connection connection, String sealId, int round, List<SignerKey> keys)
            throws SQLException {
        for (var key : keys) {
            try (var statement = connection.prepareStatement("""
                    INSERT INTO seal_signer (seal_id, round, suite, key_label, request) VALUES (?, ?, ?, ?, ?)
                    """)) {
                statement.setString(1, sealId);
                statement.setInt(2, round);
                statement.setString(3, key.suite().name());
                statement.setString(4, key.label());
                statement.setBytes(5, key.request().toByteArray());
                statement.executeUpdate();
            }
        }
    }

    /// What a step means for the seal itself.
    private static void follow(Connection connection, String sealId, int round, Step step) throws SQLException {
        switch (step) {
            case APPLY, RENEW, APPROVE, MAKE, REQUEST_DESTRUCTION, CHANGE_RAILS -> {}
            case REFUSE -> {
                // the renewal that is refused leaves the old seal as it was
                try (var statement = connection.prepareStatement(
                        "UPDATE seal SET state = 'REFUSED' WHERE seal_id = ? AND state = 'PENDING'")) {
                    statement.setString(1, sealId);
                    statement.executeUpdate();
                }
            }
            case ACCEPT -> {
                try (var statement = connection.prepareStatement(
                        "UPDATE seal SET state = 'IN_USE', made_round = ? WHERE seal_id = ?")) {
                    statement.setInt(1, round);
                    statement.setString(2, sealId);
                    statement.executeUpdate();
                }
            }
            case SUSPEND -> become(connection, sealId, SealState.SUSPENDED);
            case RESUME -> become(connection, sealId, SealState.IN_USE);
            case REPORT_LOST -> {
                become(connection, sealId, SealState.LOST);
                cancel(connection, sealId, Set.of(Round.Kind.RENEWAL, Round.Kind.SUSPENSION));
            }
            case DESTROY -> {
                become(connection, sealId, SealState.DESTROYED);
                cancel(connection, sealId, Set.of(Round.Kind.RENEWAL, Round.Kind.SUSPENSION));
            }
        }
    }

    private static void become(Connection connection, String sealId, SealState state) throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE seal SET state = ? WHERE seal_id = ?")) {
            statement.setString(1, state.name());
            statement.setString(2, sealId);
            statement.executeUpdate();
        }
    }

    private static void cancel(Connection connection, String sealId, Set<Round.Kind> kinds) throws SQLException {
        try (var statement = connection.prepareStatement("UPDATE seal_round SET stage = 'CANCELLED'"
                + " WHERE seal_id = ? AND kind = ANY (?) AND stage IN " + OPEN)) {
            statement.setString(1, sealId);
            statement.setArray(2, connection.createArrayOf("text", names(kinds)));
            statement.executeUpdate();
        }
    }

    private void record(Connection connection, String sealId, int round, long version, Move move) throws SQLException {
        try (var statement = connection.prepareStatement("""
                INSERT INTO seal_step (seal_id, round, seal_version, step, actor_subject, actor_role, reason, at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?)
                ON CONFLICT ON CONSTRAINT seal_step_other_person DO NOTHING
                """)) {
            statement.setString(1, sealId);
            statement.setInt(2, round);
            statement.setLong(3, version);
            statement.setString(4, move.step().name());
            statement.setString(5, move.actor().subject());
            statement.setString(6, move.actor().role());
            statement.setString(7, move.reason());
            statement.setObject(8, now());
            if (statement.executeUpdate() != 1) {
                throw new Stop(new StepResult.SamePerson());
            }
        }
        audit(
                connection,
                sealId,
                move.actor(),
                move.step().wireName(),
                move.reason(),
                Map.of("round", String.valueOf(round), "version", String.valueOf(version)));
    }

    private void audit(
            Connection connection, String sealId, Actor actor, String what, String reason, Map<String, String> details)
            throws SQLException {
        AuditTrail.append(connection, new AuditEntry(clock.instant(), actor, "seal." + what, sealId, reason, details));
    }

    private static long nextSerial(Connection connection) throws SQLException {
        try (var statement = connection.prepareStatement("SELECT nextval('seal_serial') AS serial");
                var row = statement.executeQuery()) {
            row.next();
            return row.getLong("serial");
        }
    }

    private static @Nullable Integer quota(GuardRails rails) {
        return rails.dailyQuota().isPresent() ? rails.dailyQuota().getAsInt() : null;
    }

    private static String[] names(Collection<? extends Enum<?>> values) {
        return values.stream().map(Enum::name).toArray(String[]::new);
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }

    /// Everything or nothing: a result other than done rolls back.
    private StepResult inTransaction(Database.Work<StepResult> work) {
        try {
            return database.transaction(work);
        } catch (Stop stop) {
            return stop.result;
        }
    }

    private static final class Stop extends RuntimeException {
        private static final long serialVersionUID = 1;

        private final transient StepResult result;

        Stop(StepResult result) {
            super(result.toString(), null, false, false);
            this.result = result;
        }
    }
}
