package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.document.DocumentStore;
import org.yinzheng.registry.erasure.ErasureOrder;
import org.yinzheng.registry.erasure.ErasureOrder.State;
import org.yinzheng.registry.erasure.ErasurePlan;
import org.yinzheng.registry.erasure.ErasureResult;
import org.yinzheng.registry.erasure.Erasures;
import org.yinzheng.registry.erasure.Obstacle;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Orders to erase a person, in PostgreSQL; its constraints repeat who may not do what. An order that somebody wrote or
/// changed behind our back has no MAC of ours: nobody confirms it, and nothing here gives it one.
public final class PostgresErasures implements Erasures {
    public static final Period STANDARD_RETENTION = Period.ofYears(5);

    /// How long an order waits for its second person.
    public static final Duration OPEN_FOR = Duration.ofDays(7);

    private static final Logger LOG = LoggerFactory.getLogger(PostgresErasures.class);
    private static final Actor SYSTEM = new Actor("yinzheng", "system");
    private static final int LARGEST_PAGE = 100;
    private static final String SELECT = """
            SELECT t.order_id, t.state, t.holder_key, t.proposed_by, t.proposed_as, t.proposed_at, t.lapses_at, t.decided_by,
                   t.decided_as, t.decided_at, t.licences, t.documents, t.entries,
            """ + ProtectedTable.CONTENT + " FROM erasure_order t ";

    private final Database database;
    private final RowMacs macs;
    private final DocumentStore documents;
    private final ErasureRows rows;
    private final Clock clock;
    private final Consumer<Step> reached;

    /// Of a confirmation, for tests that kill the process there.
    enum Step {
        ERASED,
        COMMITTED,
        A_DOCUMENT_DELETED
    }

    /// @param holder absent: it is decided
    /// @param ours whether nobody else has written it
    private record Row(ErasureOrder order, Optional<Digest> holder, boolean ours) {}

    /// @param retention how long a licence is kept after its end
    public PostgresErasures(Database database, Vault vault, DocumentStore documents, Period retention, Clock clock) {
        this(database, vault, documents, retention, clock, step -> {});
    }

    PostgresErasures(
            Database database,
            Vault vault,
            DocumentStore documents,
            Period retention,
            Clock clock,
            Consumer<Step> reached) {
        if (retention.isNegative()) {
            throw new InvalidInput("retention", "keepEndedLicences", "0 years or more");
        }
        this.database = database;
        this.macs = new RowMacs(vault);
        this.documents = documents;
        this.rows = new ErasureRows(vault, retention, clock);
        this.clock = clock;
        this.reached = reached;
    }

    @Override
    public ErasurePlan plan(HolderId who) {
        return plan(rows.holderKey(who));
    }

    /// As the erasure itself finds it; then everything is taken back.
    private ErasurePlan plan(byte[] holder) {
        return database.transaction(on -> {
            var plan = rows.erase(on, holder, SYSTEM, "");
            on.rollback();
            return plan;
        });
    }

    @Override
    public ErasureResult propose(HolderId who, Actor by) {
        var holder = rows.holderKey(who);
        var id = UUID.randomUUID();
        var plan = plan(holder);
        return database.transaction(on -> {
            var forbidden = forbidden(on, plan, id, by);
            if (forbidden.isPresent()) {
                return forbidden.get();
            }
            lapse(on);
            var now = clock.instant();
            try (var statement = on.prepareStatement("""
                    INSERT INTO erasure_order (order_id, state, holder_key, proposed_by, proposed_as, proposed_at, lapses_at)
                    VALUES (?, 'PROPOSED', ?, ?, ?, ?, ?)
                    ON CONFLICT DO NOTHING
                    """)) {
                statement.setObject(1, id);
                statement.setBytes(2, holder);
                statement.setString(3, by.subject());
                statement.setString(4, by.role());
                statement.setObject(5, LifeRows.utc(now));
                statement.setObject(6, LifeRows.utc(now.plus(OPEN_FOR)));
                if (statement.executeUpdate() == 0) {
                    return new ErasureResult.ThereAlready(openFor(on, holder).with(plan));
                }
            }
            log(on, "erasure.propose", id, by, "", counts(plan));
            return new ErasureResult.Done(find(on, id, "").orElseThrow().order().with(plan));
        });
    }

    /// Crash: before the commit nothing happened. After it everything is erased but documents in the store, which are
    /// listed; they are deleted here or by the next [#round]. Asked again, it answers what it answered.
    @Override
    public ErasureResult confirm(UUID id, HolderId who, Actor by) {
        var result = database.transaction(on -> {
            var found = find(on, id, "FOR UPDATE");
            if (found.isEmpty()) {
                return new ErasureResult.NotFound();
            }
            var row = found.get();
            var refused = refusal(row, State.EXECUTED, by);
            if (refused.isPresent()) {
                return refused.get();
            }
            if (by.subject().equals(row.order().proposed().by().subject())) {
                log(on, "erasure.refuse", id, by, "same-person", Map.of());
                return new ErasureResult.SamePerson();
            }
            var holder = rows.holderKey(who);
            if (!row.holder().equals(Optional.of(LicenceRows.digest(holder)))) {
                log(on, "erasure.refuse", id, by, "other-holder", Map.of());
                return new ErasureResult.OtherHolder();
            }
            return execute(on, id, holder, by);
        });
        if (result instanceof ErasureResult.Done) {
            reached.accept(Step.COMMITTED);
            deleteWhatIsListed();
        }
        return result;
    }

    private ErasureResult execute(Connection on, UUID id, byte[] holder, Actor by) throws SQLException {
        var plan = rows.erase(on, holder, by, id.toString());
        if (plan.empty() || !plan.allowed()) {
            on.rollback();
            return forbidden(on, plan, id, by).orElseThrow();
        }
        decide(on, id, State.EXECUTED, by, Optional.of(plan));
        log(on, "erasure.confirm", id, by, "", counts(plan));
        reached.accept(Step.ERASED);
        return new ErasureResult.Done(find(on, id, "").orElseThrow().order());
    }

    @Override
    public ErasureResult withdraw(UUID id, Actor by) {
        return database.transaction(on -> {
            var found = find(on, id, "FOR UPDATE");
            if (found.isEmpty()) {
                return new ErasureResult.NotFound();
            }
            var refused = refusal(found.get(), State.WITHDRAWN, by);
            if (refused.isPresent()) {
                return refused.get();
            }
            decide(on, id, State.WITHDRAWN, by, Optional.empty());
            log(on, "erasure.withdraw", id, by, "", Map.of());
            return new ErasureResult.Done(find(on, id, "").orElseThrow().order());
        });
    }

    /// @param way where the step leads; who has taken it before is answered as then
    private static Optional<ErasureResult> refusal(Row row, State way, Actor by) {
        var order = row.order();
        if (!row.ours()) {
            return Optional.of(new ErasureResult.NotOurs());
        }
        if (order.state() == way && order.decided().orElseThrow().by().subject().equals(by.subject())) {
            return Optional.of(new ErasureResult.Done(order));
        }
        return order.state() == State.PROPOSED
                ? Optional.empty()
                : Optional.of(new ErasureResult.NotAllowed(order.state()));
    }

    @Override
    public Optional<ErasureOrder> find(UUID id) {
        return database.reading(on -> find(on, id, "")).map(row -> {
            var open = row.holder().filter(holder -> row.order().state() == State.PROPOSED);
            return open.map(holder -> row.order().with(plan(LicenceRows.digest(holder))))
                    .orElse(row.order());
        });
    }

    @Override
    public List<ErasureOrder> all(int limit, Optional<UUID> after) {
        if (limit < 1 || limit > LARGEST_PAGE) {
            throw new InvalidInput("limit", "limit", "from 1 to " + LARGEST_PAGE);
        }
        return database.reading(on -> {
            try (var statement = on.prepareStatement(SELECT + """
                     WHERE ?::uuid IS NULL OR (t.proposed_at, t.order_id) <
                           (SELECT o.proposed_at, o.order_id FROM erasure_order o WHERE o.order_id = ?::uuid)
                     ORDER BY t.proposed_at DESC, t.order_id DESC LIMIT ?
                    """)) {
                statement.setObject(1, after.orElse(null));
                statement.setObject(2, after.orElse(null));
                statement.setInt(3, limit);
                try (var row = statement.executeQuery()) {
                    var orders = new ArrayList<ErasureOrder>();
                    while (row.next()) {
                        orders.add(read(row).order());
                    }
                    return orders;
                }
            }
        });
    }

    @Override
    public int round() {
        database.transaction(on -> {
            lapse(on);
            return true;
        });
        return deleteListed();
    }

    private void deleteWhatIsListed() {
        try {
            deleteListed();
        } catch (Failure later) {
            LOG.warn(
                    "documents of erased licences are still in the store; the next round goes on: {}",
                    later.getMessage());
        }
    }

    private int deleteListed() {
        var left = database.reading(on -> {
            try (var statement = on.prepareStatement("SELECT digest FROM erased_document");
                    var row = statement.executeQuery()) {
                var digests = new ArrayList<Digest>();
                while (row.next()) {
                    digests.add(LicenceRows.digest(row.getBytes("digest")));
                }
                return digests;
            }
        });
        for (var digest : left) {
            documents.delete(digest);
            reached.accept(Step.A_DOCUMENT_DELETED);
            database.transaction(on -> {
                try (var statement = on.prepareStatement("DELETE FROM erased_document WHERE digest = ?")) {
                    statement.setBytes(1, LicenceRows.digest(digest));
                    return statement.executeUpdate();
                }
            });
        }
        return left.size();
    }

    /// @return present: it is refused, and the log says so
    private Optional<ErasureResult> forbidden(Connection on, ErasurePlan plan, UUID id, Actor by) throws SQLException {
        if (plan.empty()) {
            log(on, "erasure.refuse", id, by, "nothing-there", Map.of());
            return Optional.of(new ErasureResult.NothingThere());
        }
        if (plan.allowed()) {
            return Optional.empty();
        }
        var obstacles = plan.licences().stream()
                .flatMap(licence -> licence.obstacles().stream())
                .distinct()
                .sorted()
                .map(Obstacle::name)
                .collect(Collectors.joining(","));
        log(on, "erasure.refuse", id, by, "forbidden", Map.of("obstacles", obstacles));
        return Optional.of(new ErasureResult.Forbidden(plan));
    }

    /// Whose time is over forgets whom it was for.
    private void lapse(Connection on) throws SQLException {
        var over = new ArrayList<UUID>();
        try (var statement = on.prepareStatement(
                SELECT + "WHERE t.state = 'PROPOSED' AND t.lapses_at <= ? ORDER BY t.order_id FOR UPDATE")) {
            statement.setObject(1, LifeRows.utc(clock.instant()));
            try (var row = statement.executeQuery()) {
                while (row.next()) {
                    var found = read(row);
                    if (found.ours()) {
                        over.add(found.order().id());
                    }
                }
            }
        }
        for (var id : over) {
            decide(on, id, State.LAPSED, SYSTEM, Optional.empty());
            log(on, "erasure.lapse", id, SYSTEM, "", Map.of());
        }
    }

    private void decide(Connection on, UUID id, State state, Actor by, Optional<ErasurePlan> done) throws SQLException {
        try (var statement = on.prepareStatement("""
                UPDATE erasure_order SET state = ?, holder_key = NULL, decided_by = ?, decided_as = ?, decided_at = ?,
                       licences = ?, documents = ?, entries = ?
                 WHERE order_id = ? AND state = 'PROPOSED'
                """)) {
            statement.setString(1, state.name());
            statement.setString(2, by.subject());
            statement.setString(3, by.role());
            statement.setObject(4, LifeRows.utc(clock.instant()));
            statement.setObject(5, done.map(plan -> plan.licences().size()).orElse(null));
            statement.setObject(6, done.map(ErasurePlan::documents).orElse(null));
            statement.setObject(7, done.map(ErasurePlan::entries).orElse(null));
            statement.setObject(8, id);
            if (statement.executeUpdate() != 1) {
                throw new IllegalStateException("a locked order changed: " + id);
            }
        }
    }

    private Optional<Row> find(Connection on, UUID id, String locking) throws SQLException {
        try (var statement = on.prepareStatement(SELECT + "WHERE t.order_id = ? " + locking)) {
            statement.setObject(1, id);
            try (var row = statement.executeQuery()) {
                return row.next() ? Optional.of(read(row)) : Optional.empty();
            }
        }
    }

    private ErasureOrder openFor(Connection on, byte[] holder) throws SQLException {
        try (var statement = on.prepareStatement(SELECT + "WHERE t.holder_key = ?")) {
            statement.setBytes(1, holder);
            try (var row = statement.executeQuery()) {
                if (!row.next()) {
                    throw new Failure.NotDone("the order for this person was decided in this moment", null);
                }
                return read(row).order();
            }
        }
    }

    private static Map<String, String> counts(ErasurePlan plan) {
        return new TreeMap<>(Map.of(
                "licences", String.valueOf(plan.licences().size()),
                "documents", String.valueOf(plan.documents()),
                "entries", String.valueOf(plan.entries())));
    }

    private void log(Connection on, String action, UUID id, Actor by, String reason, Map<String, String> details)
            throws SQLException {
        AuditTrail.append(on, new AuditEntry(clock.instant(), by, action, id.toString(), reason, details));
    }

    private Row read(ResultSet row) throws SQLException {
        var lapsesAt = at(row, "lapses_at");
        var state = State.valueOf(row.getString("state"));
        var decidedBy = row.getString("decided_by");
        var order = new ErasureOrder(
                row.getObject("order_id", UUID.class),
                state == State.PROPOSED && !clock.instant().isBefore(lapsesAt) ? State.LAPSED : state,
                new ErasureOrder.Deed(
                        new Actor(row.getString("proposed_by"), row.getString("proposed_as")), at(row, "proposed_at")),
                lapsesAt,
                decidedBy == null
                        ? Optional.empty()
                        : Optional.of(new ErasureOrder.Deed(
                                new Actor(decidedBy, row.getString("decided_as")), at(row, "decided_at"))),
                state == State.EXECUTED
                        ? Optional.of(new ErasureOrder.Outcome(
                                row.getInt("licences"), row.getInt("documents"), row.getInt("entries")))
                        : Optional.empty(),
                Optional.empty());
        var table = ProtectedTable.named("erasure_order").orElseThrow();
        return new Row(
                order,
                Optional.ofNullable(row.getBytes("holder_key")).map(LicenceRows::digest),
                macs.isOurs(table, row.getString("content"), row.getBytes("mac")));
    }

    private static Instant at(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
