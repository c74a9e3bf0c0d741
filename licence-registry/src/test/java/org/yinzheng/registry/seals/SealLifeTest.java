package org.yinzheng.registry.seals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.seal.SealCheck;
import org.yinzheng.signing.verdict.Check;
import org.yinzheng.testdata.DemoPeople;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SealLifeTest {
    private TestInstallation here;
    private SealHouse house;
    private Seals seals;

    @BeforeAll
    void open(@TempDir Path directory) {
        here = TestInstallation.open(directory, TestPostgres.fresh().open());
        house = new SealHouse(here);
        seals = house.seals;
    }

    @AfterAll
    void close() {
        here.close();
    }

    @Test
    void fourPeopleInTurn_bringASealIntoUse() {
        var seal = house.inUse();

        assertThat(seal.state()).isEqualTo(SealState.IN_USE);
        assertThat(seal.open()).isEmpty();
        var made = seal.current().orElseThrow();
        var now = here.clock.instant();
        assertThat(SealCheck.check(made.seal(), here.demonstration.trust(), now, now))
                .allMatch(Check::passed);
        assertThat(made.seal().id()).isEqualTo(seal.id());
        var signers = new SealSigners(here.custodian, here.demonstration::trust, here.clock);
        for (var suite : List.of(Suite.RSA_SHA256, Suite.SM2_SM3)) {
            assertThat(signers.signer(made, suite).chain()).hasSize(2);
        }
        assertThat(made.seal()
                        .signers()
                        .permits(signers.signer(made, Suite.SM2_SM3).certificate()))
                .isTrue();
        assertThat(seals.history(seal.id()))
                .extracting(Round.Done::step, entry -> entry.actor().subject())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(Step.APPLY, "custodian-1"),
                        org.assertj.core.groups.Tuple.tuple(Step.APPROVE, "security-1"),
                        org.assertj.core.groups.Tuple.tuple(Step.MAKE, "maker-1"),
                        org.assertj.core.groups.Tuple.tuple(Step.ACCEPT, "custodian-2"));
    }

    @Test
    void everyStep_isInTheAuditLog() {
        var seal = house.inUse();

        assertThat(TestPostgres.count(
                        here.database,
                        "SELECT count(DISTINCT action) FROM audit_entry WHERE subject = '" + seal.id()
                                + "' AND action IN ('seal.apply', 'seal.approve', 'seal.certify', 'seal.make',"
                                + " 'seal.accept')"))
                .isEqualTo(5);
    }

    @Test
    void whoApplied_takesNothingOver() {
        var seal = house.made();

        assertThat(house.step(seal, Step.ACCEPT, CUSTODIAN)).isEqualTo(new StepResult.SamePerson());
        assertThat(seals.find(seal.id())).hasValue(seal);
    }

    @Test
    void whoAppliedUnderAnotherRole_doesNotApprove() {
        var seal = house.applied();
        var withTwoRoles = new Actor(CUSTODIAN.subject(), "security-admin");

        assertThat(house.step(seal, Step.APPROVE, withTwoRoles)).isEqualTo(new StepResult.SamePerson());
        assertThat(seals.find(seal.id())).hasValue(seal);
    }

    @Test
    void stepByARoleThatDoesNotDoIt_isRefused() {
        var seal = house.applied();

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> house.step(seal, Step.APPROVE, MAKER))
                .satisfies(e -> assertThat(e.code()).isEqualTo("seal-step-role"));
    }

    @Test
    void stepBeforeItsTurn_changesNothing() {
        var seal = house.applied();

        assertThat(house.step(seal, Step.MAKE, MAKER))
                .isEqualTo(new StepResult.WrongState(SealState.PENDING, Optional.of(Round.Stage.OPEN)));
        assertThat(house.step(seal, Step.ACCEPT, SECOND_CUSTODIAN)).isInstanceOf(StepResult.WrongState.class);
        assertThat(house.step(seal, Step.SUSPEND, SECOND_SECURITY)).isInstanceOf(StepResult.WrongState.class);
        assertThat(seals.find(seal.id())).hasValue(seal);
    }

    @Test
    void refused_isTheEnd_withItsReason() {
        var seal = house.applied();

        assertThat(done(house.step(seal, Step.REFUSE, SECURITY)).state()).isEqualTo(SealState.REFUSED);
        assertThat(house.step(seal, Step.APPROVE, SECOND_SECURITY)).isInstanceOf(StepResult.WrongState.class);
        assertThat(seals.history(seal.id()).getLast().reason()).isEqualTo("因工作需要");
    }

    @Test
    void stepThatNeedsAReason_withoutOne_isRefused() {
        for (var step : List.of(Step.SUSPEND, Step.REPORT_LOST)) {
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> Move.of(step, SECURITY, " "))
                    .satisfies(e -> assertThat(e.field()).isEqualTo("reason"));
        }
    }

    @Test
    void sameStepByTwoAtOnce_isDoneOnce() throws Exception {
        var seal = house.applied();
        var results = atOnce(
                () -> house.step(seal, Step.APPROVE, SECURITY), () -> house.step(seal, Step.APPROVE, SECOND_SECURITY));

        assertThat(results).filteredOn(StepResult.Done.class::isInstance).hasSize(1);
        assertThat(results).filteredOn(StepResult.WrongState.class::isInstance).hasSize(1);
        assertThat(seals.find(seal.id()).orElseThrow().making().orElseThrow().signers())
                .hasSize(2);
    }

    @Test
    void approvedAndRefusedAtOnce_isOneOfThem() throws Exception {
        var seal = house.applied();
        var results = atOnce(
                () -> house.step(seal, Step.APPROVE, SECURITY), () -> house.step(seal, Step.REFUSE, SECOND_SECURITY));

        assertThat(results).filteredOn(StepResult.Done.class::isInstance).hasSize(1);
        assertThat(seals.history(seal.id())).hasSize(2);
    }

    @Test
    void sealSeenBeforeAChange_isNotChangedAgain() {
        var seal = house.inUse();
        var seen = seal.version();
        done(house.step(seal, Step.SUSPEND, SECURITY));

        assertThat(house.office.step(
                        seal.id(), Move.of(Step.REPORT_LOST, CUSTODIAN, "遗失").expecting(Optional.of(seen))))
                .isEqualTo(new StepResult.Changed(seen + 1));
    }

    @Test
    void suspended_isResumedByAnotherPerson() {
        var seal = house.inUse();
        done(house.step(seal, Step.SUSPEND, SECURITY));

        assertThat(house.step(seal, Step.RESUME, SECURITY)).isEqualTo(new StepResult.SamePerson());
        assertThat(done(house.step(seal, Step.RESUME, SECOND_SECURITY)).state()).isEqualTo(SealState.IN_USE);
        assertThat(done(house.step(seal, Step.SUSPEND, SECURITY)).state()).isEqualTo(SealState.SUSPENDED);
    }

    @Test
    void reportedLost_isLostAtOnce_alsoWhileItIsRenewed() {
        var seal = renewing(house.inUse());

        var lost = done(house.step(seal, Step.REPORT_LOST, SECOND_CUSTODIAN));

        assertThat(lost.state()).isEqualTo(SealState.LOST);
        assertThat(lost.making()).isEmpty();
        assertThat(house.step(seal, Step.RESUME, SECURITY)).isInstanceOf(StepResult.WrongState.class);
    }

    @Test
    void destroyed_takesTwo_andIsFinal() {
        var seal = house.inUse();
        assertThat(house.step(seal, Step.DESTROY, SECURITY)).isInstanceOf(StepResult.WrongState.class);
        done(house.step(seal, Step.REQUEST_DESTRUCTION, CUSTODIAN));
        var oneWithTwoRoles = new Actor(CUSTODIAN.subject(), "security-admin");

        assertThat(house.step(seal, Step.DESTROY, oneWithTwoRoles)).isEqualTo(new StepResult.SamePerson());
        assertThat(done(house.step(seal, Step.DESTROY, SECURITY)).state()).isEqualTo(SealState.DESTROYED);
        for (var step : List.of(Step.SUSPEND, Step.RESUME, Step.REPORT_LOST, Step.DESTROY)) {
            assertThat(house.step(seal, step, SECOND_SECURITY)).isInstanceOf(StepResult.WrongState.class);
        }
    }

    @Test
    void renewed_staysInUseUntilTheNewSealIsTakenOver() {
        var old = house.inUse();
        var before = old.current().orElseThrow();

        var renewing = house.certified(done(house.step(renewing(old), Step.APPROVE, SECURITY)));
        var made = done(house.step(renewing, Step.MAKE, MAKER));

        assertThat(made.current()).hasValue(before);
        assertThat(made.state()).isEqualTo(SealState.IN_USE);
        var renewed = done(house.step(made, Step.ACCEPT, SECOND_CUSTODIAN));
        var after = renewed.current().orElseThrow();
        assertThat(after.round()).isGreaterThan(before.round());
        assertThat(after.signers()).isNotEqualTo(before.signers());
        assertThat(renewed.making()).isEmpty();
    }

    @Test
    void secondRenewalWhileOneIsUnderWay_isRefused() {
        var seal = renewing(house.inUse());

        assertThat(renew(seal, SECOND_CUSTODIAN)).isInstanceOf(StepResult.WrongState.class);
    }

    @Test
    void refusedRenewal_leavesTheSealInUse() {
        var seal = renewing(house.inUse());

        assertThat(done(house.step(seal, Step.REFUSE, SECURITY)).state()).isEqualTo(SealState.IN_USE);
    }

    @Test
    void identifierThatAnotherSealHas_isTaken() {
        var application = house.application();
        done(house.office.apply(application, CUSTODIAN));

        assertThat(house.office.apply(application, SECOND_CUSTODIAN)).isEqualTo(new StepResult.IdTaken());
    }

    @Test
    void personsSeal_getsAnIdentifierHere_andNoDumpKnowsTheNumber() {
        var citizen = DemoPeople.citizens().getFirst();
        var seal = done(house.office.apply(house.personal(citizen), CUSTODIAN));

        assertThat(seal.id()).matches("339900[0-9]{8}");
        assertThat(seals.ofHolder(new CitizenId(citizen.id()))).containsExactly(seal);
        for (var table : List.of("seal", "seal_round", "seal_step", "audit_entry")) {
            assertThat(TestPostgres.dump(here.database, table)).doesNotContain(citizen.id());
        }
    }

    @Test
    void list_showsTheSealsOfTheKeepersAskedFor_pageByPage() {
        house.applied();
        house.applied();
        var first = seals.list(Optional.of(Set.of(SealHouse.BODY.code())), 1, Optional.empty());
        var second =
                seals.list(Optional.empty(), 1, Optional.of(first.getFirst().id()));

        assertThat(second.getFirst().id()).isGreaterThan(first.getFirst().id());
        assertThat(seals.list(Optional.of(Set.of()), 10, Optional.empty())).isEmpty();
    }

    @Test
    void unknownSeal_isNotFound() {
        assertThat(house.office.step("99999999999999", Move.of(Step.APPROVE, SECURITY, "")))
                .isEqualTo(new StepResult.NotFound());
        assertThat(seals.version("99999999999999")).isEmpty();
    }

    @Test
    void railsChanged_areInForceWithTheNextVersion() {
        var seal = house.inUse();
        var rails = new GuardRails(
                Set.of(DocumentKind.OFD),
                Set.of(),
                java.util.OptionalInt.of(7),
                Optional.empty(),
                java.util.OptionalInt.empty(),
                Set.of(SealHouse.BODY.code()));

        var changed = done(house.office.changeRails(seal.id(), rails, Move.of(Step.CHANGE_RAILS, SECURITY, "只用于 OFD")));

        assertThat(changed.rails()).isEqualTo(rails);
        assertThat(changed.version()).isEqualTo(seal.version() + 1);
        assertThat(seals.version(seal.id())).hasValue(changed.version());
    }

    @Test
    void sealNearItsEnd_isFlaggedAndCounted() {
        var before = seals.endings();
        house.inUse();
        var later = new SealHouse(here, Clock.offset(here.clock, Duration.ofDays(3 * 365 - 10)));

        assertThat(seals.endings().later()).isEqualTo(before.later() + 1);
        assertThat(later.seals.endings().within30Days()).isEqualTo(before.later() + 1);
        var seal = house.inUse();
        assertThat(seal.isEnding(here.clock.instant())).isFalse();
        assertThat(seal.isEnding(here.clock.instant().plus(Duration.ofDays(3 * 365 - 10))))
                .isTrue();
    }

    private SealRecord renewing(SealRecord seal) {
        return done(renew(seal, CUSTODIAN));
    }

    private StepResult renew(SealRecord seal, Actor actor) {
        return house.office.renew(
                seal.id(), LocalDate.now(GuardRails.ZONE).plusYears(2), Move.of(Step.RENEW, actor, "证书将到期"));
    }

    private static List<StepResult> atOnce(Callable<StepResult> one, Callable<StepResult> other) throws Exception {
        var results = new ArrayList<StepResult>();
        try (var executor = Executors.newFixedThreadPool(2)) {
            for (var future : executor.invokeAll(List.of(one, other))) {
                results.add(future.get());
            }
        }
        return results;
    }
}
