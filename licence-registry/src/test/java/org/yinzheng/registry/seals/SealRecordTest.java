package org.yinzheng.registry.seals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.registry.seals.SealHouse.CUSTODIAN;
import static org.yinzheng.registry.seals.SealHouse.SECURITY;
import static org.yinzheng.registry.seals.SealHouse.done;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.postgres.TestPostgres;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SealRecordTest {
    private TestInstallation here;
    private SealHouse house;

    @BeforeAll
    void open(@TempDir Path directory) {
        here = TestInstallation.open(directory, TestPostgres.fresh().open());
        house = new SealHouse(here);
    }

    @AfterAll
    void close() {
        here.close();
    }

    @Test
    void sealInUse_mayBeUsed_andItsRailsAreAsked() {
        var seal = house.inUse();

        assertThat(seal.refuse(now(here.clock.instant()))).isEmpty();
        var theirs = new Occasion(
                here.clock.instant(),
                new Actor("officer-1", "issuer"),
                new org.yinzheng.registry.identity.CreditCode(
                        org.yinzheng.testdata.DemoPeople.PUBLIC_SECURITY.creditCode()),
                DocumentKind.PDF,
                Optional.empty(),
                1,
                Optional.empty());
        assertThat(seal.refuse(theirs)).hasValue(new Refusal.NotYourAuthority());
    }

    @Test
    void sealThatIsNotInUse_isRefused() {
        var occasion = now(here.clock.instant());
        assertThat(house.made().refuse(occasion)).hasValue(new Refusal.NotInUse(SealState.PENDING));
        var seal = house.inUse();
        var suspended = done(house.step(seal, Step.SUSPEND, SECURITY));
        assertThat(suspended.refuse(occasion)).hasValue(new Refusal.NotInUse(SealState.SUSPENDED));
        var lost = done(house.step(seal, Step.REPORT_LOST, SECURITY));
        assertThat(lost.refuse(occasion)).hasValue(new Refusal.NotInUse(SealState.LOST));
        done(house.step(seal, Step.REQUEST_DESTRUCTION, CUSTODIAN));
        var destroyed = done(house.step(seal, Step.DESTROY, SECURITY));
        assertThat(destroyed.refuse(occasion)).hasValue(new Refusal.NotInUse(SealState.DESTROYED));
    }

    @Test
    void sealOutOfItsPeriod_isRefused() {
        var seal = house.inUse();
        var made = seal.current().orElseThrow();

        assertThat(seal.refuse(now(made.seal().validFrom().minusSeconds(1)))).hasValue(new Refusal.OutOfValidity());
        assertThat(seal.refuse(now(made.seal().validUntil()))).isEmpty();
        assertThat(seal.refuse(now(made.seal().validUntil().plusSeconds(1)))).hasValue(new Refusal.OutOfValidity());
    }

    @Test
    void daysLeft_countDownToTheFirstEnd() {
        var seal = house.inUse();
        var end = seal.current().orElseThrow().end();

        assertThat(seal.daysLeft(end.minus(Duration.ofDays(30)))).hasValue(30L);
        assertThat(seal.isEnding(end.minus(Duration.ofDays(30)))).isFalse();
        assertThat(seal.isEnding(end.minus(Duration.ofDays(30)).plusSeconds(1))).isTrue();
        assertThat(seal.daysLeft(end.plusSeconds(1))).hasValue(-1L);
        assertThat(house.applied().daysLeft(end)).isEmpty();
    }

    private static Occasion now(Instant at) {
        return new Occasion(
                at,
                new Actor("officer-1", "issuer"),
                SealHouse.BODY.code(),
                DocumentKind.PDF,
                Optional.empty(),
                1,
                Optional.empty());
    }
}
