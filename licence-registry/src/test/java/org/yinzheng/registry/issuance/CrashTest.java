package org.yinzheng.registry.issuance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.permit;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.postgres.TestPostgres;

/// Another JVM issues, one request for each step of the ceremony, and is killed (SIGKILL) when each is at its step.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrashTest {
    /// The one that is asked for again before the reconciler runs.
    private static final Step AGAIN = Step.PDF_STORED;

    private Path directory;
    private TestPostgres.Address address;
    private TestInstallation here;
    private IssueResult askedAgain;
    private Reconciler.Outcome reconciled;
    private final Map<Step, Optional<Licence>> afterwards = new EnumMap<>(Step.class);

    @BeforeAll
    void killAnIssuerThatIsAtEveryStep(@TempDir Path directory) throws Exception {
        this.directory = directory;
        address = TestPostgres.fresh();
        here = TestInstallation.open(directory, address.open());
        here.desks();
        var child = ChildIssuer.waitingAtEveryStep(directory, address);
        try (var output = child.inputReader(UTF_8)) {
            assertThat(output.readLine()).as(directory + "/child.log").isEqualTo("REACHED");
            whileItIsAlive_nobodyElseTakesItsWork();
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        askedAgain = askAgain();
        reconciled = reconcile();
        for (var step : Step.values()) {
            afterwards.put(step, byNumber(ChildIssuer.number(step)));
        }
    }

    @AfterAll
    void close() {
        here.close();
    }

    @Test
    void reconciler_finishesWhatWasRecordedAndNotDone() {
        assertThat(reconciled).isEqualTo(new Reconciler.Outcome(Step.values().length - 3, 0, 0));
        assertThat(here.intents.open()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void killedAt_hasExactlyOneWholeLicenceOrNone(Step step) {
        var found = Objects.requireNonNull(afterwards.get(step));
        assertThat(found.isPresent()).isEqualTo(step != Step.DRAWN);
        found.ifPresent(this::assertWhole);
    }

    @ParameterizedTest
    @EnumSource(Step.class)
    void killedAt_askedAgainAfterwards_isTheSameLicence(Step step) {
        var before = Objects.requireNonNull(afterwards.get(step));
        var again = here.issuance().issue(request(step), CLERK);
        switch (again) {
            case IssueResult.Issued now -> {
                assertThat(step).isEqualTo(Step.DRAWN);
                assertThat(before).isEmpty();
                assertWhole(now.licence());
            }
            case IssueResult.AlreadyIssued same ->
                assertThat(before).map(Licence::id).hasValue(same.licence().id());
            case IssueResult.KeyReused wrong -> throw new AssertionError(wrong);
            case IssueResult.InProgress wrong -> throw new AssertionError(wrong);
            case IssueResult.NumberTaken wrong -> throw new AssertionError(wrong);
            case IssueResult.NotReplaceable wrong -> throw new AssertionError(wrong);
            case IssueResult.Overtaken wrong -> throw new AssertionError(wrong);
            case IssueResult.PartNotInForce wrong -> throw new AssertionError(wrong);
        }
    }

    /// Before any reconciler ran.
    @Test
    void killedThenAskedAgain_goesOnUnderTheRecordedIdentifier() {
        assertWhole(IssuanceTest.issued(askedAgain));
        assertThat(TestPostgres.count(
                        here.database,
                        "SELECT count(*) FROM issuance_intent WHERE idempotency_key = '" + ChildIssuer.key(AGAIN)
                                + "'"))
                .isEqualTo(1);
    }

    @Test
    void diskFull_isNotDone_nothingIsRegisteredAndNoFileIsLeft() throws Exception {
        var child = ChildIssuer.onAFullDisk(directory, address, "disk-full-real", "K-full");
        try (var output = child.inputReader(UTF_8)) {
            assertThat(output.readLine()).isEqualTo("NOT DONE");
            assertThat(output.readLine()).isEqualTo("0 FILES");
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(byNumber("K-full")).isEmpty();

        // there is room again
        assertWhole(IssuanceTest.issued(here.issuance().issue(permit("disk-full-real", "K-full", 0), CLERK)));
    }

    private void whileItIsAlive_nobodyElseTakesItsWork() {
        var atWork = EnumSet.complementOf(EnumSet.of(Step.RESULT_RECORDED));
        for (var step : atWork) {
            assertThat(here.issuance().issue(request(step), CLERK)).isEqualTo(new IssueResult.InProgress());
            assertThat(byNumber(ChildIssuer.number(step))).isEmpty();
        }
        var recorded = atWork.size() - 1;
        assertThat(here.reconciler().reconcile()).isEqualTo(new Reconciler.Outcome(0, 0, recorded));
    }

    private IssueResult askAgain() throws InterruptedException {
        var result = here.issuance().issue(request(AGAIN), CLERK);
        for (int i = 0; i < 100 && result instanceof IssueResult.InProgress; i++) {
            Thread.sleep(100); // PostgreSQL has yet to notice that the child is gone
            result = here.issuance().issue(request(AGAIN), CLERK);
        }
        return result;
    }

    private Reconciler.Outcome reconcile() throws InterruptedException {
        int finished = 0;
        var outcome = here.reconciler().reconcile();
        for (int i = 0; i < 100 && outcome.left() > 0; i++) {
            Thread.sleep(100);
            finished += outcome.finished();
            outcome = here.reconciler().reconcile();
        }
        return new Reconciler.Outcome(finished + outcome.finished(), outcome.cancelled(), outcome.left());
    }

    private static IssueRequest request(Step step) {
        return permit(ChildIssuer.key(step), ChildIssuer.number(step), 0);
    }

    private void assertWhole(Licence licence) {
        for (var format : Format.values()) {
            var document = here.licences.rendition(licence.id(), format);
            assertThat(document).isPresent();
            if (format != Format.CREDENTIAL) { // names its key only, and was checked as it was made
                here.press.verify(format, document.get(), licence.id());
            }
        }
    }

    private Optional<Licence> byNumber(String number) {
        return here.licences.byNumber(here.catalogue.type("居住证").code(), new LicenceNumber(number));
    }
}
