package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
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
    private final Database database;
    private final ErasureOrderRows orders;
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
        this.orders = new ErasureOrderRows(vault, clock);
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
            if (!orders.insert(on, id, holder, by, OPEN_FOR)) {
                return new ErasureResult.ThereAlready(orders.openFor(on, holder)
                        .orElseThrow(
                                () -> new Failure.NotDone("the order for this person was decided in this moment", null))
                        .order()
                        .with(plan));
            }
            log(on, "erasure.propose", id, by, "", counts(plan));
            return new ErasureResult.Done(order(on, id).with(plan));
        });
    }

    /// Crash: before the commit nothing happened. After it everything is erased but documents in the store, which are
    /// listed; they are deleted here or by the next [#round]. Asked again, it answers what it answered.
    @Override
    public ErasureResult confirm(UUID id, HolderId who, Actor by) {
        var result = database.transaction(on -> {
            var found = orders.lock(on, id);
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
        orders.decide(on, id, State.EXECUTED, by, Optional.of(plan));
        log(on, "erasure.confirm", id, by, "", counts(plan));
        reached.accept(Step.ERASED);
        return new ErasureResult.Done(order(on, id));
    }

    @Override
    public ErasureResult withdraw(UUID id, Actor by) {
        return database.transaction(on -> {
            var found = orders.lock(on, id);
            if (found.isEmpty()) {
                return new ErasureResult.NotFound();
            }
            var refused = refusal(found.get(), State.WITHDRAWN, by);
            if (refused.isPresent()) {
                return refused.get();
            }
            orders.decide(on, id, State.WITHDRAWN, by, Optional.empty());
            log(on, "erasure.withdraw", id, by, "", Map.of());
            return new ErasureResult.Done(order(on, id));
        });
    }

    /// @param way where the step leads; who has taken it before is answered as then
    private static Optional<ErasureResult> refusal(ErasureOrderRows.Row row, State way, Actor by) {
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
        return database.reading(on -> orders.find(on, id)).map(row -> {
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
        return database.reading(on -> orders.page(on, limit, after).stream()
                .map(ErasureOrderRows.Row::order)
                .toList());
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
        for (var row : orders.over(on)) {
            if (row.ours()) {
                var id = row.order().id();
                orders.decide(on, id, State.LAPSED, SYSTEM, Optional.empty());
                log(on, "erasure.lapse", id, SYSTEM, "", Map.of());
            }
        }
    }

    private ErasureOrder order(Connection on, UUID id) throws SQLException {
        return orders.find(on, id).orElseThrow().order();
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
}
