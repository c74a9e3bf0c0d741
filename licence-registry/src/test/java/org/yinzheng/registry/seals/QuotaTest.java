package org.yinzheng.registry.seals;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.postgres.PostgresQuota;
import org.yinzheng.registry.postgres.TestPostgres;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuotaTest {
    private static final Instant NOON = Instant.parse("2026-11-23T04:00:00Z");

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
    void quotaUsedUp_givesNoMore() {
        var seal = seal(OptionalInt.of(3));
        var quota = node(NOON);

        assertThat(quota.take(seal, 2)).isTrue();
        assertThat(quota.take(seal, 2)).isFalse();
        assertThat(quota.take(seal, 1)).isTrue();
        assertThat(quota.take(seal, 1)).isFalse();
    }

    @Test
    void twoNodesAndManyThreads_neverExceedTheQuota_andUseAllOfIt() throws Exception {
        var seal = seal(OptionalInt.of(500));
        var nodes = new Quota[] {node(NOON), node(NOON)};
        var taken = new AtomicInteger();
        var tasks = new ArrayList<Callable<Integer>>();
        for (int thread = 0; thread < 8; thread++) {
            var node = nodes[thread % 2];
            tasks.add(() -> {
                for (int i = 0; i < 100; i++) {
                    if (node.take(seal, 1)) {
                        taken.incrementAndGet();
                    }
                }
                return 0;
            });
        }
        try (var executor = Executors.newFixedThreadPool(tasks.size())) {
            for (var done : executor.invokeAll(tasks)) {
                done.get();
            }
        }

        assertThat(taken).hasValue(500);
    }

    @Test
    void stampsOfABlock_areNotWrittenOneByOne() {
        var seal = seal(OptionalInt.of(10_000));
        var asked = new AtomicInteger();
        var leases = new PostgresQuota(here.database);
        var quota = new Quota(
                (id, day, most) -> {
                    asked.incrementAndGet();
                    return leases.lease(id, day, most);
                },
                Clock.fixed(NOON, ZoneOffset.UTC));

        for (int i = 0; i < 1001; i++) {
            assertThat(quota.take(seal, 1)).isTrue();
        }

        assertThat(asked).hasValue(1 + 5); // one to learn the quota, then blocks of 200
    }

    @Test
    void crash_losesAtMostTheRestOfABlock() {
        var seal = seal(OptionalInt.of(100));
        var crashed = node(NOON);
        assertThat(crashed.take(seal, 1)).isTrue();
        assertThat(crashed.take(seal, 1)).isTrue(); // leases a block of 2, and uses one

        var after = node(NOON);
        int taken = 0;
        while (after.take(seal, 1)) {
            taken++;
        }

        assertThat(taken).isEqualTo(97);
    }

    @Test
    void nextDayInChina_beginsAnew() {
        var seal = seal(OptionalInt.of(1));
        assertThat(node(NOON).take(seal, 1)).isTrue();
        assertThat(node(Instant.parse("2026-11-23T15:59:59Z")).take(seal, 1)).isFalse();
        assertThat(node(Instant.parse("2026-11-23T16:00:00Z")).take(seal, 1)).isTrue();
    }

    @Test
    void givenBack_isTakenAgain() {
        var seal = seal(OptionalInt.of(1));
        var quota = node(NOON);
        assertThat(quota.take(seal, 1)).isTrue();
        quota.giveBack(seal, 1);

        assertThat(quota.take(seal, 1)).isTrue();
        assertThat(quota.take(seal, 1)).isFalse();
    }

    @Test
    void loweredBelowWhatIsUsed_givesNoMore() {
        var seal = seal(OptionalInt.of(100));
        assertThat(node(NOON).take(seal, 50)).isTrue();
        SealHouse.done(house.office.changeRails(
                seal, rails(OptionalInt.of(10)), Move.of(Step.CHANGE_RAILS, SealHouse.SECURITY, "")));

        assertThat(node(NOON).take(seal, 1)).isFalse();
    }

    @Test
    void withoutQuota_thereIsNoEnd() {
        var quota = node(NOON);
        var seal = seal(OptionalInt.empty());
        for (int i = 0; i < 20; i++) {
            assertThat(quota.take(seal, 1_000_000)).isTrue();
        }
    }

    @Test
    void unknownSeal_hasNone() {
        assertThat(node(NOON).take("99999999999999", 1)).isFalse();
        assertThat(new PostgresQuota(here.database).lease("99999999999999", LocalDate.EPOCH, 5))
                .isEqualTo(new QuotaLeases.Lease(0, 0));
    }

    private Quota node(Instant at) {
        return new Quota(new PostgresQuota(here.database), Clock.fixed(at, ZoneOffset.UTC));
    }

    private String seal(OptionalInt dailyQuota) {
        return SealHouse.done(house.office.apply(house.application(rails(dailyQuota)), SealHouse.CUSTODIAN))
                .id();
    }

    private static GuardRails rails(OptionalInt dailyQuota) {
        return new GuardRails(
                Set.of(), Set.of(), dailyQuota, Optional.empty(), OptionalInt.empty(), Set.of(SealHouse.BODY.code()));
    }
}
