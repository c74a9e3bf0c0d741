package org.yinzheng.registry.stamping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.registry.seals.SealHouse;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.registry.seals.SealUses;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.testdata.SampleApproval;

/// What is true when the process dies between two steps of a stamping.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StampCrashTest {
    private static final Typefaces TYPEFACES = Typefaces.find();

    private Path directory;
    private TestPostgres.Address address;
    private TestInstallation here;
    private StampHouse house;

    @BeforeAll
    void open(@TempDir Path directory) {
        this.directory = directory;
        address = TestPostgres.fresh();
        here = TestInstallation.open(directory, address.open());
        house = new StampHouse(here);
    }

    @AfterAll
    void close() {
        here.close();
    }

    /// A signature that somebody may have made is in the log, and what the caller gets in the end is stamped once.
    @ParameterizedTest
    @EnumSource(StampStep.class)
    void killedAt_noStampIsUnrecorded_andTheSameRequestStampsOnce(StampStep step) throws Exception {
        var seal = house.seals.inUse();
        var document = Files.write(
                directory.resolve(step + ".pdf"),
                new SampleApproval(TYPEFACES, step.name()).pdf().toByteArray());
        var child = ChildStamper.waitingAt(step, directory, address, seal.id(), document);
        try (var output = child.inputReader(UTF_8)) {
            assertThat(output.readLine()).as(directory + "/child.log").isEqualTo("REACHED");
            assertThat(uses(seal)).hasSize(1);
            assertThat(stamp(step, seal, document)).isEqualTo(new StampResult.InProgress());
            assertThat(house.batches.cancelAbandoned()).isZero();
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();

        if (step == StampStep.RESULT_RECORDED) {
            assertThat(whenFree(step, seal, document)).isInstanceOf(StampResult.AlreadyDone.class);
            assertThat(uses(seal)).singleElement().satisfies(use -> assertThat(use.outcome())
                    .containsInstanceOf(SealUse.Stamped.class));
            return;
        }
        assertThat(cancelledWhenFree()).isEqualTo(1);
        assertThat(uses(seal)).singleElement().satisfies(use -> assertThat(use.outcome())
                .containsInstanceOf(SealUse.Cancelled.class));
        var done = StampingTest.done(whenFree(step, seal, document));
        assertThat(here.documents.get(StampingTest.stamped(done, 0).stamped()).size())
                .isPositive();
        assertThat(uses(seal))
                .filteredOn(use -> use.outcome().orElseThrow() instanceof SealUse.Stamped)
                .hasSize(1);
    }

    private int cancelledWhenFree() throws InterruptedException {
        var cancelled = house.batches.cancelAbandoned();
        for (int i = 0; i < 100 && cancelled == 0; i++) {
            Thread.sleep(100); // PostgreSQL has yet to notice that the child is gone
            cancelled = house.batches.cancelAbandoned();
        }
        return cancelled;
    }

    private StampResult whenFree(StampStep step, SealRecord seal, Path document) throws Exception {
        var result = stamp(step, seal, document);
        for (int i = 0; i < 100 && result instanceof StampResult.InProgress; i++) {
            Thread.sleep(100);
            result = stamp(step, seal, document);
        }
        return result;
    }

    private StampResult stamp(StampStep step, SealRecord seal, Path document) throws Exception {
        return house.stamping.stamp(
                ChildStamper.request(step, seal.id(), document),
                ChildStamper.OFFICER,
                SealHouse.BODY.code(),
                Files.createTempDirectory(directory, "stamping"));
    }

    private List<SealUse> uses(SealRecord seal) {
        return house.uses
                .search(SealUses.Query.ofSeal(seal.id()), 10, java.util.Optional.empty())
                .uses();
    }
}
