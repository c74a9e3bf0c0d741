package org.yinzheng.registry.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.registry.issuance.IssuanceTest.issued;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.permit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.dispute.Claim;
import org.yinzheng.registry.dispute.Dispute;
import org.yinzheng.registry.dispute.FilingResult;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.Party;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.licence.StandingFact;
import org.yinzheng.registry.life.Change;
import org.yinzheng.registry.life.ChangeResult;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Passage;
import org.yinzheng.registry.life.Transition;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.testdata.DemoPeople;

/// A licence is issued in place of another.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CorrectionTest {
    static final Grounds WHY = new Grounds("wrong-address", "《行政许可法》第四十九条", "");
    private static final Claim CLAIM = new Claim(List.of(new Claim.Point("KZ_ZZ", "云泽市柳浪路19号")), "门牌号写错了");
    private static final Actor HOLDER = new Actor("citizen-1", "citizen");

    private TestInstallation here;

    @BeforeAll
    void open(@TempDir Path directory) {
        here = TestInstallation.open(directory, TestPostgres.fresh().open());
    }

    @AfterAll
    void close() {
        here.close();
    }

    @Test
    void corrected_supersedesTheOld_underTheSameNumberAndSerial() {
        var old = issue("C-1");
        var filed = file(old, "dispute-C-1");
        assertThat(fact(old).disputed()).isTrue();
        assertThat(fact(old).standing()).isEqualTo(Standing.IN_FORCE);

        var corrected = issued(correct(old, "correct-C-1", "C-1"));

        assertThat(corrected.id().serial()).isEqualTo(old.id().serial());
        assertThat(corrected.id().version()).isEqualTo(2);
        assertThat(corrected.entry().supersedes()).hasValue(old.id());
        assertThat(fact(old).standing()).isEqualTo(Standing.SUPERSEDED);
        assertThat(fact(old).supersededBy()).hasValue(corrected.id());
        assertThat(fact(old).disputed()).isFalse();
        assertThat(fact(corrected).standing()).isEqualTo(Standing.IN_FORCE);
        assertThat(here.licences.byNumber(old.typeCode(), old.number()))
                .map(Licence::id)
                .hasValue(corrected.id());
        assertThat(here.disputes.find(filed.id()).orElseThrow().decision()).hasValueSatisfying(made -> assertThat(made)
                .isInstanceOfSatisfying(Dispute.Decision.Corrected.class, right -> assertThat(right.successor())
                        .isEqualTo(corrected.id())));
        assertThat(here.life.history(old.id())).map(Passage::to).containsExactly("IN_FORCE", "SUPERSEDED");
        for (var format : Format.WITH_PAGES) {
            here.press.verify(
                    format, here.licences.rendition(corrected.id(), format).orElseThrow(), corrected.id());
        }
        assertThat(TestPostgres.dump(here.database, "dispute"))
                .doesNotContain("门牌号")
                .doesNotContain("柳浪路");
    }

    @Test
    void correctedTwice_isAChain_andNumbersComeAndGo() {
        var first = issue("C-2");
        var second = issued(correct(first, "correct-C-2a", "C-2-new"));
        var third = issued(correct(second, "correct-C-2b", "C-2"));

        assertThat(third.id().version()).isEqualTo(3);
        assertThat(fact(first).supersededBy()).hasValue(second.id());
        assertThat(fact(second).supersededBy()).hasValue(third.id());
        // what nobody in force has is free again
        assertThat(issue("C-2-new").entry().supersedes()).isEmpty();
        assertThat(here.issuance().issue(permit("again-C-2", "C-2", 1), CLERK))
                .isEqualTo(new IssueResult.NumberTaken());
    }

    @Test
    void sameRequestAgain_isTheSameSuccessor() {
        var old = issue("C-3");
        var corrected = issued(correct(old, "correct-C-3", "C-3"));

        assertThat(correct(old, "correct-C-3", "C-3"))
                .isInstanceOfSatisfying(
                        IssueResult.AlreadyIssued.class,
                        same -> assertThat(same.licence().id()).isEqualTo(corrected.id()));
        assertThat(correct(old, "correct-C-3-other", "C-3"))
                .isEqualTo(new IssueResult.NotReplaceable(Standing.SUPERSEDED));
    }

    @Test
    void anothersNumber_isTaken_andTheOldStaysInForce() {
        issue("C-4-taken");
        var old = issue("C-4");

        assertThat(correct(old, "correct-C-4", "C-4-taken")).isEqualTo(new IssueResult.NumberTaken());
        assertThat(fact(old).standing()).isEqualTo(Standing.IN_FORCE);
    }

    @Test
    void notAsItWasSeen_isOvertaken() {
        var old = issue("C-5");
        file(old, "dispute-C-5");

        assertThat(here.issuance()
                        .issue(
                                replacing(
                                        old,
                                        "correct-C-5",
                                        "C-5",
                                        Optional.of(old.entry().version())),
                                CLERK))
                .isEqualTo(new IssueResult.Overtaken());
    }

    @Test
    void revokedWhileItIsCorrected_staysRevoked_andTheNextCorrectionHasAnIdentifierOfItsOwn() {
        var old = issue("C-6");
        var overtaken = here.issuance(step -> {
                    if (step == Step.ALL_STORED) {
                        change(old, Transition.SUSPEND);
                    }
                })
                .issue(replacing(old, "correct-C-6", "C-6", Optional.empty()), CLERK);

        assertThat(overtaken).isEqualTo(new IssueResult.Overtaken());
        assertThat(fact(old).standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(here.intents.open()).isEmpty();
        assertThat(correct(old, "correct-C-6b", "C-6")).isEqualTo(new IssueResult.NotReplaceable(Standing.SUSPENDED));

        change(old, Transition.RESUME);
        assertThat(issued(correct(old, "correct-C-6c", "C-6")).id().version()).isEqualTo(3);
    }

    @Test
    void twoAtOnce_oneWins() {
        var old = issue("C-7");
        var winner = new IssueResult[1];
        var loser = here.issuance(step -> {
                    if (step == Step.DRAWN) {
                        winner[0] = correct(old, "correct-C-7b", "C-7");
                    }
                })
                .issue(replacing(old, "correct-C-7a", "C-7", Optional.empty()), CLERK);

        assertThat(loser).isEqualTo(new IssueResult.Overtaken());
        assertThat(fact(old).supersededBy()).hasValue(issued(winner[0]).id());
    }

    @Test
    void severalHolders_eachFindsIt_agentsHoldNothing() {
        var citizens = DemoPeople.citizens();
        var asked = permit("several-1", "C-8", 0);
        var spouse = party(citizens.get(1), Party.Role.SPOUSE);
        var agent = party(citizens.get(2), Party.Role.AGENT);
        var licence = issued(here.issuance()
                .issue(
                        new IssueRequest(
                                asked.idempotencyKey(),
                                asked.type(),
                                asked.number(),
                                asked.holder(),
                                asked.data(),
                                asked.validFrom(),
                                asked.validUntil(),
                                Optional.empty(),
                                List.of(spouse, agent),
                                Optional.empty(),
                                List.of()),
                        CLERK));

        for (var who : List.of(asked.holder(), spouse.who(), agent.who())) {
            assertThat(here.licences.findOwn(licence.id(), who.id())).isPresent();
            assertThat(here.licences.ofHolder(who.id(), 100, Optional.empty()).licences())
                    .map(Licence::id)
                    .contains(licence.id());
        }
        assertThat(here.licences.findOwn(
                        licence.id(), new CitizenId(citizens.get(3).id())))
                .isEmpty();
        assertThat(here.licences.holdersOf(licence.id()))
                .containsExactlyInAnyOrder(
                        here.licences.key(asked.holder().id()),
                        here.licences.key(spouse.who().id()));
        assertThat(here.licences.find(licence.id()).orElseThrow().others()).containsExactly(spouse, agent);
        assertThat(TestPostgres.dump(here.database, "licence_holder"))
                .doesNotContain(citizens.get(1).id())
                .doesNotContain(citizens.get(1).name());
    }

    private Licence issue(String number) {
        return issued(here.issuance().issue(permit("issue-" + number + "-key", number, 0), CLERK));
    }

    private IssueResult correct(Licence old, String key, String number) {
        return here.issuance().issue(replacing(old, key, number, Optional.empty()), CLERK);
    }

    static IssueRequest replacing(Licence old, String key, String number, Optional<Long> seen) {
        var data = (ObjectNode) old.data().deepCopy();
        data.put("KZ_ZZ", "云泽市柳浪路19号");
        return new IssueRequest(
                key,
                old.typeCode(),
                Optional.of(new LicenceNumber(number)),
                old.holder(),
                data,
                old.validFrom(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.of(new Supersession(old.id(), seen, WHY)),
                List.of());
    }

    private Dispute file(Licence licence, String key) {
        var result = here.disputes.file(licence.id(), CLAIM, Dispute.FiledAs.HOLDER, HOLDER, key);
        assertThat(result).isInstanceOf(FilingResult.Filed.class);
        return ((FilingResult.Filed) result).dispute();
    }

    private void change(Licence licence, Transition transition) {
        assertThat(here.life.change(licence.id(), new Change(transition, WHY, CLERK)))
                .isInstanceOf(ChangeResult.Done.class);
    }

    private StandingFact fact(Licence licence) {
        return fact(licence.id());
    }

    private StandingFact fact(LicenceId id) {
        return here.licences.standing(id.value()).orElseThrow();
    }

    private static Party party(DemoPeople.Citizen citizen, Party.Role role) {
        return new Party(new Holder(new CitizenId(citizen.id()), citizen.name()), role);
    }
}
