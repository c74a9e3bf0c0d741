package org.yinzheng.registry.issuance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.permit;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.postgres.TestPostgres;

/// Another JVM corrects, one licence for each step of the ceremony, and is killed (SIGKILL) when each is at its step.
class CorrectionCrashTest {
    @Test
    void killedAtEveryStep_leavesTheOldInForceOrTheNew_neverBothOrNone(@TempDir Path directory) throws Exception {
        var address = TestPostgres.fresh();
        try (var here = TestInstallation.open(directory, address.open())) {
            Map<Step, LicenceId> old = new EnumMap<>(Step.class);
            for (var step : Step.values()) {
                var made = here.issuance().issue(permit("first-" + step, ChildIssuer.number(step), 0), CLERK);
                old.put(step, IssuanceTest.issued(made).id());
            }
            var child = ChildIssuer.correctingAtEveryStep(directory, address);
            try (var output = child.inputReader(UTF_8)) {
                assertThat(output.readLine()).as(directory + "/child.log").isEqualTo("REACHED");
            } finally {
                child.destroyForcibly();
            }
            assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();

            for (var step : Step.values()) {
                var id = Objects.requireNonNull(old.get(step));
                assertThat(here.licences.standing(id.value()).orElseThrow().standing())
                        .as(step.name())
                        .isEqualTo(step == Step.RESULT_RECORDED ? Standing.SUPERSEDED : Standing.IN_FORCE);
                assertOneInForce(here, id, step);
            }

            reconcile(here);
            for (var step : Step.values()) {
                var id = Objects.requireNonNull(old.get(step));
                var fact = here.licences.standing(id.value()).orElseThrow();
                assertThat(fact.supersededBy().isPresent()).as(step.name()).isEqualTo(step != Step.DRAWN);
                assertOneInForce(here, id, step);
            }
        }
    }

    private static void assertOneInForce(TestInstallation here, LicenceId id, Step step) {
        assertThat(TestPostgres.count(
                        here.database,
                        "SELECT count(*) FROM licence WHERE state = 'IN_FORCE' AND (licence_id = '" + id
                                + "' OR supersedes = '" + id + "')"))
                .as(step.name())
                .isEqualTo(1);
    }

    private static void reconcile(TestInstallation here) throws InterruptedException {
        for (int i = 0; i < 100 && here.reconciler().reconcile().left() > 0; i++) {
            Thread.sleep(100); // PostgreSQL has yet to notice that the child is gone
        }
        assertThat(here.intents.open()).isEmpty();
    }
}
