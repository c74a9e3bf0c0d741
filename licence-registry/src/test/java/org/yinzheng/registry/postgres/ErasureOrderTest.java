package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.permit;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.registry.audit.AuditQuery;
import org.yinzheng.registry.audit.RowDeviation;
import org.yinzheng.registry.erasure.ErasureOrder;
import org.yinzheng.registry.erasure.ErasureOrder.State;
import org.yinzheng.registry.erasure.ErasurePlan;
import org.yinzheng.registry.erasure.ErasureResult;
import org.yinzheng.registry.erasure.Obstacle;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.issuance.IssueRequest;
import org.yinzheng.registry.issuance.IssueResult;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.life.Change;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Transition;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.testdata.CheckDigits;
import org.yinzheng.testdata.DemoPeople;

/// An erasure needs two persons. Each test erases, or does not erase, somebody else.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ErasureOrderTest {
    private static final Actor SYSTEM = new Actor("system-1", "system-admin");
    private static final Actor SECURITY = new Actor("security-1", "security-admin");
    private static final Duration LATER = Duration.ofDays(5 * 366);

    private TestPostgres.Address address;
    private TestInstallation here;
    private AuditLog log;
    private PostgresErasures erasures;
    private int people;
    private Licence licence;
    private HolderId who;

    @BeforeAll
    void open(@TempDir Path directory) {
        address = TestPostgres.fresh();
        here = TestInstallation.open(directory, address.open());
        var key = here.custodian.findOrMake("audit-log-p256", KeyKind.P_256);
        log = new PostgresAuditLog(here.database, "audit.example/orders", key, here.clock);
        erasures = after(LATER);
    }

    @AfterAll
    void close() {
        here.close();
    }

    @BeforeEach
    void somebodyWhoseLicenceEnded() {
        licence = issued(++people);
        who = licence.holder().id();
        revoke(licence);
    }

    @Test
    void confirmedByAnother_isErased_andARepetitionIsAnsweredTheSame() {
        var order = proposed();
        assertThat(order.plan().orElseThrow().documents()).isEqualTo(4);
        assertThat(here.licences.find(licence.id())).isPresent();

        var first = erasures.confirm(order.id(), who, SECURITY);
        assertThat(((ErasureResult.Done) first).order().outcome()).contains(new ErasureOrder.Outcome(1, 4, 2));
        assertThat(here.licences.find(licence.id())).isEmpty();
        assertThat(erasures.confirm(order.id(), who, SECURITY)).isEqualTo(first);
        assertThat(erasures.confirm(order.id(), who, new Actor("security-2", "security-admin")))
                .isEqualTo(new ErasureResult.NotAllowed(State.EXECUTED));
        assertThat(erasures.withdraw(order.id(), SYSTEM)).isEqualTo(new ErasureResult.NotAllowed(State.EXECUTED));

        assertThat(actions(order.id())).containsExactly("erasure.confirm", "erasure.propose");
        var erased = log.entries(new AuditQuery(
                        Optional.of(licence.id().value()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        10,
                        Optional.empty()))
                .entries();
        assertThat(erased).hasSize(1);
        assertThat(erased.getFirst().entry().orElseThrow().details())
                .containsEntry("order", order.id().toString());
        assertThat(keptKeys(order.id())).isZero();
        assertThat(deviations()).isEmpty();
    }

    @Test
    void samePersonTwice_isRefused_whateverTheirRoleIsNow() {
        var order = proposed();
        assertThat(erasures.confirm(order.id(), who, new Actor(SYSTEM.subject(), "security-admin")))
                .isInstanceOf(ErasureResult.SamePerson.class);
        assertThat(here.licences.find(licence.id())).isPresent();
        assertThat(actions(order.id())).containsExactly("erasure.refuse", "erasure.propose");
        assertThatExceptionOfType(SQLException.class)
                .as("the table says the same")
                .isThrownBy(() -> address.change(
                        "UPDATE erasure_order SET state = 'EXECUTED', holder_key = NULL, decided_by = proposed_by,"
                                + " decided_as = 'x', decided_at = now(), licences = 0, documents = 0, entries = 0"
                                + " WHERE order_id = '" + order.id() + "'"));
    }

    /// Who confirms brings the number from the request that he has seen.
    @Test
    void otherNumber_isRefused() {
        var order = proposed();
        var other = issued(++people);
        assertThat(erasures.confirm(order.id(), other.holder().id(), SECURITY))
                .isInstanceOf(ErasureResult.OtherHolder.class);
        assertThat(here.licences.find(licence.id())).isPresent();
        assertThat(here.licences.find(other.id())).isPresent();
    }

    @Test
    void obstacleThatAroseBetweenTheTwo_refuses_andTheOrderStaysOpen() {
        var order = proposed();
        var other = issued(people);
        var refused = (ErasureResult.Forbidden) erasures.confirm(order.id(), who, SECURITY);
        assertThat(refused.plan().licences())
                .extracting(ErasurePlan.Concerned::id, ErasurePlan.Concerned::obstacles)
                .containsExactlyInAnyOrder(
                        Tuple.tuple(licence.id(), Set.of()), Tuple.tuple(other.id(), Set.of(Obstacle.RETAINED)));
        assertThat(here.licences.find(licence.id())).isPresent();
        var now = erasures.find(order.id()).orElseThrow();
        assertThat(now.state()).isEqualTo(State.PROPOSED);
        assertThat(now.plan().orElseThrow().allowed()).isFalse();
        assertThat(actions(order.id())).containsExactly("erasure.refuse", "erasure.propose");

        revoke(other);
        assertThat(erasures.confirm(order.id(), who, SECURITY)).isInstanceOf(ErasureResult.Done.class);
        assertThat(deviations()).isEmpty();
    }

    @Test
    void lapsedOrder_isNotConfirmed_andForgetsWhomItWasFor() {
        var order = proposed();
        var late = after(LATER.plus(PostgresErasures.OPEN_FOR));
        assertThat(late.find(order.id()).orElseThrow().state()).isEqualTo(State.LAPSED);
        assertThat(late.confirm(order.id(), who, SECURITY)).isEqualTo(new ErasureResult.NotAllowed(State.LAPSED));
        assertThat(here.licences.find(licence.id())).isPresent();
        late.round();
        assertThat(late.confirm(order.id(), who, SECURITY)).isEqualTo(new ErasureResult.NotAllowed(State.LAPSED));
        assertThat(keptKeys(order.id())).isZero();
        assertThat(actions(order.id())).containsExactly("erasure.lapse", "erasure.propose");
        assertThat(deviations()).isEmpty();
    }

    @Test
    void lapsedOrder_givesWayToANewOne() {
        var order = proposed();
        erasures.round();
        assertThat(keptKeys(order.id())).isEqualTo(1);
        var late = after(LATER.plus(PostgresErasures.OPEN_FOR));
        assertThat(late.propose(who, SYSTEM)).isInstanceOf(ErasureResult.Done.class);
        assertThat(keptKeys(order.id())).isZero();
        assertThat(deviations()).isEmpty();
    }

    @Test
    void withdrawnOrder_isNotConfirmed() {
        var order = proposed();
        var withdrawn = erasures.withdraw(order.id(), SYSTEM);
        assertThat(((ErasureResult.Done) withdrawn).order().state()).isEqualTo(State.WITHDRAWN);
        assertThat(erasures.withdraw(order.id(), SYSTEM)).isEqualTo(withdrawn);
        assertThat(erasures.confirm(order.id(), who, SECURITY))
                .isEqualTo(new ErasureResult.NotAllowed(State.WITHDRAWN));
        assertThat(here.licences.find(licence.id())).isPresent();
        assertThat(keptKeys(order.id())).isZero();
        assertThat(actions(order.id())).containsExactly("erasure.withdraw", "erasure.propose");
        assertThat(deviations()).isEmpty();
    }

    @Test
    void personProposedTwice_hasOneOrder() {
        var order = proposed();
        var again = (ErasureResult.ThereAlready) erasures.propose(who, new Actor("system-2", "system-admin"));
        assertThat(again.order().id()).isEqualTo(order.id());
        assertThat(again.order().proposed().by()).isEqualTo(SYSTEM);
        assertThat(erasures.all(100, Optional.empty()))
                .extracting(ErasureOrder::id)
                .containsOnlyOnce(order.id());
        assertThat(erasures.all(100, Optional.of(order.id())))
                .extracting(ErasureOrder::id)
                .doesNotContain(order.id());
    }

    @Test
    void nothingToErase_makesNoOrder() {
        var order = proposed();
        erasures.confirm(order.id(), who, SECURITY);
        assertThat(erasures.propose(who, SYSTEM)).isInstanceOf(ErasureResult.NothingThere.class);
        assertThat(erasures.confirm(UUID.randomUUID(), who, SECURITY)).isInstanceOf(ErasureResult.NotFound.class);
    }

    /// Whoever can write the table is not a second person.
    @Test
    void orderChangedInTheDatabase_isConfirmedByNobody_andNamed() throws SQLException {
        var order = proposed();
        address.change("UPDATE erasure_order SET proposed_by = 'somebody-else' WHERE order_id = '" + order.id() + "'");
        assertThat(erasures.confirm(order.id(), who, SYSTEM)).isInstanceOf(ErasureResult.NotOurs.class);
        assertThat(erasures.withdraw(order.id(), SYSTEM)).isInstanceOf(ErasureResult.NotOurs.class);
        after(LATER.plus(PostgresErasures.OPEN_FOR)).round();
        assertThat(here.licences.find(licence.id())).isPresent();
        assertThat(deviations())
                .extracting(RowDeviation::table, RowDeviation::kind)
                .containsExactly(Tuple.tuple("erasure_order", RowDeviation.Kind.CHANGED));
        address.change("UPDATE erasure_order SET proposed_by = 'system-1' WHERE order_id = '" + order.id() + "'");
        assertThat(deviations()).isEmpty();
    }

    @Test
    void orderMadeInTheDatabase_isConfirmedByNobody_andNamed() throws SQLException {
        var order = proposed();
        erasures.withdraw(order.id(), SYSTEM);
        var made = UUID.randomUUID();
        address.change(
                "INSERT INTO erasure_order (order_id, state, holder_key, proposed_by, proposed_as, proposed_at, lapses_at)"
                        + " SELECT '" + made
                        + "', 'PROPOSED', holder_key, 'system-1', 'system-admin', now(), 'infinity'"
                        + " FROM licence WHERE licence_id = '" + licence.id() + "'");
        assertThat(erasures.confirm(made, who, SECURITY)).isInstanceOf(ErasureResult.NotOurs.class);
        assertThat(deviations())
                .extracting(RowDeviation::table, RowDeviation::kind)
                .containsExactly(
                        Tuple.tuple("erasure_order", RowDeviation.Kind.NOT_OURS),
                        Tuple.tuple("erasure_order", RowDeviation.Kind.NOT_LOGGED));
        address.change("DELETE FROM erasure_order WHERE order_id = '" + made + "'");
        assertThat(deviations()).isEmpty();
    }

    @Test
    void orderTakenOutOfTheTable_isNamed() throws SQLException {
        var order = proposed();
        address.change("ALTER TABLE erasure_order RENAME TO aside; CREATE TABLE erasure_order AS SELECT * FROM aside"
                + " WHERE order_id <> '" + order.id() + "'");
        try {
            assertThat(deviations())
                    .extracting(RowDeviation::table, RowDeviation::kind)
                    .containsExactly(Tuple.tuple("erasure_order", RowDeviation.Kind.MISSING));
        } finally {
            address.change("DROP TABLE erasure_order; ALTER TABLE aside RENAME TO erasure_order");
        }
    }

    private ErasureOrder proposed() {
        return ((ErasureResult.Done) erasures.propose(who, SYSTEM)).order();
    }

    private PostgresErasures after(Duration passed) {
        return new PostgresErasures(
                here.database, here.vault, here.documents, Period.ofYears(5), Clock.offset(here.clock, passed));
    }

    private Licence issued(int citizen) {
        var number = UUID.randomUUID().toString();
        var plain = permit(number, number, 0);
        var citizenId =
                CheckDigits.citizenId("110105", DemoPeople.citizens().getFirst().birth(), 301 + 2 * citizen);
        var request = new IssueRequest(
                plain.idempotencyKey(),
                plain.type(),
                plain.number(),
                new Holder(new CitizenId(citizenId), "林知远"),
                plain.data(),
                plain.validFrom(),
                plain.validUntil(),
                plain.provenance());
        return ((IssueResult.Issued) here.issuance().issue(request, CLERK)).licence();
    }

    private void revoke(Licence one) {
        here.life.change(one.id(), new Change(Transition.REVOKE, new Grounds("request", "依申请", ""), CLERK));
        log.advance();
    }

    private List<String> actions(UUID order) {
        return log
                .entries(new AuditQuery(
                        Optional.of(order.toString()),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        10,
                        Optional.empty()))
                .entries()
                .stream()
                .map(entry -> entry.entry().orElseThrow().action())
                .toList();
    }

    private long keptKeys(UUID order) {
        return TestPostgres.count(
                here.database, "SELECT count(holder_key) FROM erasure_order WHERE order_id = '" + order + "'");
    }

    private List<RowDeviation> deviations() {
        var found = new ArrayList<RowDeviation>();
        new PostgresRegistryAudit(here.database, here.vault).verify(found::add);
        return found;
    }
}
