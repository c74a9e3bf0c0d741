package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.permit;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.registry.audit.AuditVerdict;
import org.yinzheng.registry.audit.RowDeviation;
import org.yinzheng.registry.copy.AnnotatedCopy;
import org.yinzheng.registry.copy.CopyId;
import org.yinzheng.registry.copy.CopyOrder;
import org.yinzheng.registry.copy.CopyResult;
import org.yinzheng.registry.copy.Purpose;
import org.yinzheng.registry.dispute.Claim;
import org.yinzheng.registry.dispute.Dispute;
import org.yinzheng.registry.document.DocumentStore;
import org.yinzheng.registry.erasure.ErasureOrder;
import org.yinzheng.registry.erasure.ErasurePlan;
import org.yinzheng.registry.erasure.ErasureResult;
import org.yinzheng.registry.erasure.Erasures;
import org.yinzheng.registry.erasure.Obstacle;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.issuance.IssueRequest;
import org.yinzheng.registry.issuance.IssueResult;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.Party;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.licence.StoredRendition;
import org.yinzheng.registry.life.Change;
import org.yinzheng.registry.life.ChangeResult;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Transition;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.testdata.DemoPeople;

class ErasureTest {
    private static final Actor SYSTEM = new Actor("system-1", "system-admin");
    private static final Actor SECURITY = new Actor("security-1", "security-admin");
    private static final Grounds GROUNDS = new Grounds("request", "依申请", "");

    @TempDir
    private Path directory;

    private TestPostgres.Address address;
    private TestInstallation here;
    private AuditLog log;
    private Licence licence;
    private HolderId who;

    @BeforeEach
    void open() {
        address = TestPostgres.fresh();
        here = TestInstallation.open(directory, address.open());
        var key = here.custodian.findOrMake("audit-log-p256", KeyKind.P_256);
        log = new PostgresAuditLog(here.database, "audit.example/erasure", key, here.clock);
        licence = issued("erasure-1", "E-1", 0);
        who = licence.holder().id();
    }

    @AfterEach
    void close() {
        here.close();
    }

    @Test
    void ended_isErased_andTheLogStaysProvable() {
        var other = issued("erasure-other", "E-9", 2);
        revoke(licence);
        assertThat(erased(later(here.documents))).isEqualTo(new ErasureOrder.Outcome(1, 4, 2));
        assertThat(here.licences.find(licence.id())).isEmpty();
        assertThat(here.licences.ofHolder(who, 10, Optional.empty()).licences()).isEmpty();
        assertThat(here.licences.byNumber(licence.typeCode(), licence.number())).isEmpty();
        assertThat(here.licences.rendition(licence.id(), Format.PDF)).isEmpty();
        var pdf = Objects.requireNonNull(licence.renditions().get(Format.PDF));
        assertThat(here.licences.renditionBy(StoredRendition.Algorithm.SHA_256, pdf))
                .isPresent();
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> here.documents.get(pdf));
        assertThat(here.licences.standing(licence.id().value()).orElseThrow().standing())
                .isEqualTo(Standing.ERASED);
        assertThat(here.life.change(licence.id(), new Change(Transition.RESUME, GROUNDS, CLERK)))
                .isInstanceOf(ChangeResult.NotFound.class);
        assertThat(
                        count(
                                "SELECT count(*) FROM licence WHERE octet_length(data_sealed || number_sealed || holder_sealed) > 0"))
                .isEqualTo(1);
        assertThat(count("SELECT count(*) FROM holder_key")).isEqualTo(1);
        log.advance();
        assertThat(((AuditVerdict.Intact) log.verify()).erased()).isEqualTo(2);
        assertThat(deviations()).isEmpty();
        assertThat(here.licences.find(other.id())).contains(other);

        // he comes back, with a new key
        var again = issued("erasure-again", "E-2", 0);
        assertThat(here.licences.ofHolder(who, 10, Optional.empty()).licences()).containsExactly(again);
        assertThat(deviations()).isEmpty();
    }

    @Test
    void whatHangsOnALicence_goesWithIt() {
        revoke(licence);
        var shared = issued(permit("erasure-hangs", "E-5", 0), new Party(third(), Party.Role.CO_OWNER));
        var made = new AnnotatedCopy(
                CopyId.random(),
                shared.id(),
                new Purpose("子女入学"),
                "云泽市第一小学",
                LocalDate.now(here.clock),
                CLERK,
                true,
                here.clock.instant(),
                "云泽市政务服务中心",
                here.documents.put(DocumentBytes.of("a copy".getBytes(UTF_8))),
                6);
        var order = new CopyOrder(
                shared.id(), made.purpose(), made.recipient(), made.lastDay(), CLERK, true, "erasure-copy-1");
        assertThat(new PostgresCopies(here.database, here.vault, here.clock).record(order, made))
                .isInstanceOf(CopyResult.Made.class);
        new PostgresOutbox(here.database, here.clock).relied(shared.id(), "subject-bank");
        here.disputes.file(
                shared.id(),
                new Claim(List.of(new Claim.Point("KZ_ZZ", "x")), "x"),
                Dispute.FiledAs.AUTHORITY,
                CLERK,
                "dispute-key-1");
        here.disputes.reject(here.disputes.ofLicence(shared.id()).getFirst().id(), "x", CLERK);
        revoke(shared);
        assertThat(here.licences.ofHolder(third().id(), 10, Optional.empty()).licences())
                .hasSize(1);

        assertThat(erased(later(here.documents)).documents()).isEqualTo(9);
        for (var table : List.of("annotated_copy", "dispute", "reliance", "licence_holder", "holder_entry")) {
            assertThat(count("SELECT count(*) FROM " + table)).as(table).isZero();
        }
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> here.documents.get(made.document()));
        assertThat(here.licences.ofHolder(third().id(), 10, Optional.empty()).licences())
                .isEmpty();
        assertThat(deviations()).isEmpty();
    }

    /// Whoever issues for him holds his key until the commit: an erasure would not see what they write.
    @Test
    void whileSomebodyIssuesForHim_nothingIsErased() {
        revoke(licence);
        var erasures = later(here.documents);
        var order = ((ErasureResult.Done) erasures.propose(who, SYSTEM)).order();
        here.database.transaction(on -> {
            new HolderKeys(here.vault, on).obtain(new LicenceRows(here.vault, here.clock).holderKey(who));
            assertThatExceptionOfType(Failure.NotDone.class)
                    .isThrownBy(() -> erasures.confirm(order.id(), who, SECURITY));
            return order;
        });
        assertThat(here.licences.find(licence.id())).isPresent();
        assertThat(erasures.confirm(order.id(), who, SECURITY)).isInstanceOf(ErasureResult.Done.class);
    }

    @Test
    void dryRun_changesNothing() {
        revoke(licence);
        var plan = later(here.documents).plan(who);
        assertThat(plan.allowed()).isTrue();
        assertThat(plan.documents()).isEqualTo(4);
        assertThat(here.licences.find(licence.id())).isPresent();
        assertThat(here.licences.rendition(licence.id(), Format.PDF)).isPresent();
        assertThat(deviations()).isEmpty();
    }

    @Test
    void whatForbidsIt_isListed_andNothingIsChanged() {
        var now = new PostgresErasures(here.database, here.vault, here.documents, Period.ofYears(5), here.clock);
        assertThat(refused(now)).isEqualTo(Set.of(Obstacle.IN_FORCE));
        here.life.change(licence.id(), new Change(Transition.SUSPEND, GROUNDS, CLERK));
        assertThat(refused(now)).isEqualTo(Set.of(Obstacle.SUSPENDED));
        here.disputes.file(
                licence.id(),
                new Claim(List.of(new Claim.Point("KZ_ZZ", "x")), "x"),
                Dispute.FiledAs.AUTHORITY,
                CLERK,
                "dispute-key-1");
        assertThat(refused(now)).isEqualTo(Set.of(Obstacle.SUSPENDED, Obstacle.DISPUTED));
        here.disputes.reject(here.disputes.ofLicence(licence.id()).getFirst().id(), "x", CLERK);
        revoke(licence);
        assertThat(refused(now)).isEqualTo(Set.of(Obstacle.RETAINED));
        assertThat(here.licences.find(licence.id())).isPresent();
    }

    @Test
    void requestUnderWay_forbidsIt() {
        revoke(licence);
        class Died extends RuntimeException {
            private static final long serialVersionUID = 1;
        }
        assertThatExceptionOfType(Died.class).isThrownBy(() -> here.issuanceDyingAfterItsIntent(() -> {
                    throw new Died();
                })
                .issue(permit("erasure-open", "E-3", 0), CLERK));
        log.advance();
        assertThat(forbidden(later(here.documents)).licences())
                .anyMatch(one -> one.obstacles().equals(Set.of(Obstacle.BEING_ISSUED)));
    }

    /// As another's second holder: his name goes, the licence stays.
    @Test
    void secondHolder_isTakenOutOfAnothersLicence() {
        revoke(licence);
        var first = DemoPeople.citizens().get(1);
        var shared = issued(
                permit("erasure-shared", "E-4", 1),
                new Party(licence.holder(), Party.Role.AGENT),
                new Party(third(), Party.Role.CO_OWNER));
        assertThat(later(here.documents).plan(who).allowed()).isFalse();
        revoke(shared);
        assertThat(erased(later(here.documents))).isEqualTo(new ErasureOrder.Outcome(2, 4, 2));
        var left = here.licences.find(shared.id()).orElseThrow();
        assertThat(left.holder().name()).isEqualTo(first.name());
        assertThat(left.others()).containsExactly(new Party(third(), Party.Role.CO_OWNER));
        assertThat(here.licences.rendition(shared.id(), Format.PDF)).isPresent();
        assertThat(deviations()).isEmpty();
    }

    /// What is committed is done, whatever happens to the store.
    @Test
    void storeThatIsAway_isCleanedByTheNextRound() {
        revoke(licence);
        var away = new DocumentStore() {
            @Override
            public org.yinzheng.signing.Digest put(org.yinzheng.signing.DocumentBytes document) {
                return here.documents.put(document);
            }

            @Override
            public org.yinzheng.signing.Digest put(Path document) {
                return here.documents.put(document);
            }

            @Override
            public void fetch(org.yinzheng.signing.Digest digest, Path into) {
                here.documents.fetch(digest, into);
            }

            @Override
            public org.yinzheng.signing.DocumentBytes get(org.yinzheng.signing.Digest digest) {
                return here.documents.get(digest);
            }

            @Override
            public void delete(org.yinzheng.signing.Digest digest) {
                throw new Failure.NotDone("the store is away", null);
            }
        };
        assertThat(erased(later(away)).documents()).isEqualTo(4);
        assertThat(here.licences.find(licence.id())).isEmpty();
        var pdf = Objects.requireNonNull(licence.renditions().get(Format.PDF));
        assertThat(here.documents.get(pdf).size()).isPositive();

        assertThat(later(here.documents).round()).isEqualTo(4);
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> here.documents.get(pdf));
        assertThat(later(here.documents).round()).isZero();
    }

    @Test
    void erasedByHand_isNamed() throws SQLException {
        revoke(licence);
        log.advance();
        address.change(
                "UPDATE audit_entry SET salt = NULL, at = NULL, actor = NULL, role = NULL, action = NULL, subject = NULL,"
                        + " reason = NULL, details = NULL WHERE subject = '" + licence.id()
                        + "' AND action = 'licence.revoke'");
        assertThat(deviations())
                .extracting(RowDeviation::table, RowDeviation::kind)
                .contains(Tuple.tuple("audit_entry", RowDeviation.Kind.NOT_LOGGED));
        address.change(
                "UPDATE licence SET erased_at = now(), data_sealed = '', number_sealed = '', holder_sealed = ''");
        assertThat(deviations())
                .extracting(RowDeviation::table, RowDeviation::kind)
                .contains(
                        Tuple.tuple("licence", RowDeviation.Kind.CHANGED),
                        Tuple.tuple("licence", RowDeviation.Kind.NOT_LOGGED));
    }

    private static Holder third() {
        var person = DemoPeople.citizens().get(2);
        return new Holder(new CitizenId(person.id()), person.name());
    }

    private Set<Obstacle> refused(Erasures erasures) {
        var plan = forbidden(erasures);
        assertThat(plan.licences()).hasSize(1);
        return plan.licences().getFirst().obstacles();
    }

    private ErasurePlan forbidden(Erasures erasures) {
        return ((ErasureResult.Forbidden) erasures.propose(who, SYSTEM)).plan();
    }

    private ErasureOrder.Outcome erased(Erasures erasures) {
        var order = ((ErasureResult.Done) erasures.propose(who, SYSTEM)).order();
        var done = (ErasureResult.Done) erasures.confirm(order.id(), who, SECURITY);
        assertThat(done.order().state()).isEqualTo(ErasureOrder.State.EXECUTED);
        return done.order().outcome().orElseThrow();
    }

    /// When every time of keeping is over.
    private PostgresErasures later(DocumentStore documents) {
        log.advance();
        return new PostgresErasures(
                here.database,
                here.vault,
                documents,
                Period.ofYears(5),
                Clock.offset(here.clock, Duration.ofDays(5 * 366)));
    }

    private void revoke(Licence one) {
        here.life.change(one.id(), new Change(Transition.REVOKE, GROUNDS, CLERK));
    }

    private Licence issued(String key, String number, int citizen) {
        return issued(permit(key, number, citizen));
    }

    private Licence issued(IssueRequest plain, Party... others) {
        var request = new IssueRequest(
                plain.idempotencyKey(),
                plain.type(),
                plain.number(),
                plain.holder(),
                plain.data(),
                plain.validFrom(),
                plain.validUntil(),
                plain.provenance(),
                List.of(others),
                plain.supersedes(),
                plain.parts());
        return ((IssueResult.Issued) here.issuance().issue(request, CLERK)).licence();
    }

    private long count(String sql) {
        return TestPostgres.count(here.database, sql);
    }

    private List<RowDeviation> deviations() {
        var found = new ArrayList<RowDeviation>();
        new PostgresRegistryAudit(here.database, here.vault).verify(found::add);
        return found;
    }
}
