package org.yinzheng.registry.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.permit;
import static org.yinzheng.registry.seals.SealHouse.CUSTODIAN;
import static org.yinzheng.registry.seals.SealHouse.MAKER;
import static org.yinzheng.registry.seals.SealHouse.SECOND_CUSTODIAN;
import static org.yinzheng.registry.seals.SealHouse.SECOND_SECURITY;
import static org.yinzheng.registry.seals.SealHouse.SECURITY;
import static org.yinzheng.registry.seals.SealHouse.done;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.postgres.PostgresQuota;
import org.yinzheng.registry.postgres.PostgresSealUses;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.registry.seals.DocumentKind;
import org.yinzheng.registry.seals.GuardRails;
import org.yinzheng.registry.seals.Move;
import org.yinzheng.registry.seals.Quota;
import org.yinzheng.registry.seals.SealHouse;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealSigners;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.registry.seals.SealUses;
import org.yinzheng.registry.seals.Step;
import org.yinzheng.signing.InvalidInput;

/// Issuing with seals of the registry.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SealedIssuanceTest {
    private static final Duration FRESH = Duration.ofSeconds(2);

    private TestInstallation here;
    private SealHouse house;
    private SealUses uses;
    private SealRecord seal;
    private Issuance issuance;
    private int serial;
    /// Time passes for the desks alone.
    private Duration passed = Duration.ZERO;

    @BeforeAll
    void open(@TempDir Path directory) {
        here = TestInstallation.open(directory, TestPostgres.fresh().open());
        house = new SealHouse(here);
        uses = new PostgresSealUses(here.database);
    }

    @AfterAll
    void close() {
        here.close();
    }

    @BeforeEach
    void anAuthorityWithASeal() {
        seal = house.inUse();
        var clock = new Clock() {
            @Override
            public java.time.Instant instant() {
                return here.clock.instant().plus(passed);
            }

            @Override
            public java.time.ZoneId getZone() {
                return here.clock.getZone();
            }

            @Override
            public Clock withZone(java.time.ZoneId zone) {
                throw new UnsupportedOperationException();
            }
        };
        var desks = new SealDesks(
                house.seals,
                new SealSigners(here.custodian, here.demonstration::trust, here.clock),
                new Quota(new PostgresQuota(here.database), clock),
                clock);
        var office = new IssuingOffice() {
            @Override
            public Authority authorityFor(String typeCode, Actor actor) {
                return SealHouse.BODY;
            }

            @Override
            public Desk desk(Authority authority, String typeCode, Actor actor) {
                return desks.desk(authority, seal.id(), typeCode, actor);
            }
        };
        issuance = new Issuance(here.catalogue, here.intents, here.documents, office, here.press, here.clock);
    }

    @Test
    void issued_isInTheLogOfUses() {
        var licence = issue();

        var use = uses.search(SealUses.Query.ofSeal(seal.id()), 10, Optional.empty())
                .uses()
                .getFirst();
        assertThat(use.licence()).hasValue(licence.id());
        assertThat(use.licenceType()).hasValue(licence.typeCode());
        assertThat(use.kind()).isEqualTo(DocumentKind.LICENCE);
        assertThat(use.actor()).isEqualTo(CLERK);
        assertThat(use.sealRound()).isEqualTo(seal.current().orElseThrow().round());
        assertThat(use.outcome().orElseThrow())
                .isInstanceOfSatisfying(SealUse.Stamped.class, stamped -> assertThat(licence.renditions())
                        .containsValue(stamped.result()));
        assertThat(uses.blastRadius(seal.id()).total()).isEqualTo(1);
    }

    @Test
    void suspendedLostOrDestroyedSeal_issuesNothing() {
        issue();
        done(house.step(seal, Step.SUSPEND, SECURITY));
        passed = passed.plus(FRESH);
        assertRefused("seal-not-in-use");
        done(house.step(seal, Step.RESUME, SECOND_SECURITY));
        passed = passed.plus(FRESH);
        issue();
        done(house.step(seal, Step.REPORT_LOST, CUSTODIAN));
        passed = passed.plus(FRESH);
        assertRefused("seal-not-in-use");
        done(house.step(seal, Step.REQUEST_DESTRUCTION, CUSTODIAN));
        done(house.step(seal, Step.DESTROY, SECURITY));
        passed = passed.plus(FRESH);
        assertRefused("seal-not-in-use");
        assertThat(TestPostgres.count(here.database, "SELECT count(*) FROM issuance_intent WHERE state = 'OPEN'"))
                .isZero();
    }

    @Test
    void sealPastItsEnd_issuesNothing() {
        passed = passed.plus(Duration.ofDays(4 * 365));
        assertRefused("seal-out-of-validity");
        passed = Duration.ZERO;
    }

    @Test
    void renewedSeal_isTheOneThatStamps() {
        issue();
        done(house.office.renew(
                seal.id(), LocalDate.now(Issuance.ZONE).plusYears(2), Move.of(Step.RENEW, CUSTODIAN, "证书将到期")));
        var approved = done(house.step(seal, Step.APPROVE, SECURITY));
        done(house.step(house.certified(approved), Step.MAKE, MAKER));
        var renewed = done(house.step(seal, Step.ACCEPT, SECOND_CUSTODIAN));
        passed = passed.plus(FRESH);

        var licence = issue();

        assertThat(uses.search(SealUses.Query.ofSeal(seal.id()), 10, Optional.empty())
                        .uses())
                .filteredOn(use -> use.licence().equals(Optional.of(licence.id())))
                .singleElement()
                .satisfies(use -> assertThat(use.sealRound())
                        .isEqualTo(renewed.current().orElseThrow().round()));
    }

    @Test
    void railsOfTheSeal_holdForLicencesToo() {
        var pdfOnly = new GuardRails(
                Set.of(DocumentKind.PDF),
                Set.of(),
                OptionalInt.empty(),
                Optional.empty(),
                OptionalInt.empty(),
                Set.of(SealHouse.BODY.code()));
        done(house.office.changeRails(seal.id(), pdfOnly, Move.of(Step.CHANGE_RAILS, SECURITY, "")));
        assertRefused("seal-kind-not-allowed");

        var two = new GuardRails(
                Set.of(),
                Set.of(),
                OptionalInt.of(2),
                Optional.empty(),
                OptionalInt.empty(),
                Set.of(SealHouse.BODY.code()));
        done(house.office.changeRails(seal.id(), two, Move.of(Step.CHANGE_RAILS, SECURITY, "")));
        passed = passed.plus(FRESH);
        issue();
        issue();
        assertRefused("seal-quota-used-up");
    }

    private Licence issue() {
        var key = "sealed-issue-" + ++serial;
        return ((IssueResult.Issued) issuance.issue(permit(key, "SI-" + serial, 0), CLERK)).licence();
    }

    private void assertRefused(String code) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(this::issue)
                .satisfies(refused -> assertThat(refused.code()).isEqualTo(code));
    }
}
