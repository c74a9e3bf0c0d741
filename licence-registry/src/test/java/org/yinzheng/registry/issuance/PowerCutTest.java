package org.yinzheng.registry.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.permit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.audit.AuditVerdict;
import org.yinzheng.registry.audit.RowDeviation;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.postgres.Database;
import org.yinzheng.registry.postgres.PostgresAuditLog;
import org.yinzheng.registry.postgres.PostgresRegistryAudit;
import org.yinzheng.registry.postgres.PowerCut;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.key.KeyKind;

/// PostgreSQL is stopped as if the power had gone (`pg_ctl stop -m immediate`) and started again, while
/// licences are issued and the audit log grows. `-Dpower.cuts=50` for the whole campaign.
class PowerCutTest {
    private static final int CUTS = Integer.getInteger("power.cuts", 3);
    private static final int ISSUERS = 3;
    private static final int ISSUES_BETWEEN_CUTS = 4;

    private final Map<String, LicenceId> acknowledged = new ConcurrentHashMap<>();
    private final Map<String, Boolean> givenUp = new ConcurrentHashMap<>();
    private final AtomicInteger failures = new AtomicInteger();
    private final AtomicBoolean over = new AtomicBoolean();

    @Test
    void powerCutUnderLoad_nothingAcknowledgedIsLost_nothingIsDoneTwice(@TempDir Path directory) throws Exception {
        var home = directory.resolve("postgres");
        try (var here = TestInstallation.open(directory, Database.embedded(home))) {
            here.desks();
            var log = auditLog(here);
            var threads = new ArrayList<Thread>();
            var broken = new ConcurrentHashMap<Thread, Throwable>();
            for (int i = 0; i < ISSUERS; i++) {
                int issuer = i;
                threads.add(start(() -> issue(here, issuer), broken));
            }
            threads.add(start(() -> sequence(log), broken));

            for (int i = 0; i < CUTS; i++) {
                int enough = acknowledged.size() + ISSUES_BETWEEN_CUTS;
                while (acknowledged.size() < enough && broken.isEmpty()) {
                    Thread.sleep(5);
                }
                Thread.sleep(ThreadLocalRandom.current().nextInt(150));
                var power = new PowerCut(home);
                power.cut();
                power.restore();
            }
            over.set(true);
            for (var thread : threads) {
                assertThat(thread.join(Duration.ofMinutes(2))).isTrue();
            }
            assertThat(broken).isEmpty();
            assertThat(failures.get()).as("the cuts were felt").isPositive();
            check(here);
            log.advance();
            assertThat(log.verify()).isInstanceOf(AuditVerdict.Intact.class);
        }
        // a new process on the same data
        try (var again = TestInstallation.open(directory, Database.embedded(home))) {
            check(again);
            assertThat(auditLog(again).verify()).isInstanceOf(AuditVerdict.Intact.class);
        }
        System.out.printf(
                "%d power cuts: %d licences acknowledged, %d requests given up, %d calls failed%n",
                CUTS, acknowledged.size(), givenUp.size(), failures.get());
    }

    private void check(TestInstallation here) {
        assertThat(here.reconciler().reconcile().left()).isZero();
        assertThat(here.intents.open()).isEmpty();
        // lost: an acknowledged licence is there, with its documents
        var ids = new HashMap<LicenceId, String>();
        acknowledged.forEach((key, id) -> {
            assertThat(here.licences.find(id)).as(key).isPresent();
            assertThat(here.licences.rendition(id, Format.OFD)).as(key).isPresent();
            assertThat(ids.put(id, key)).as("two requests, one licence").isNull();
        });
        // twice: one licence, one transition and one use of the seal for each request that was carried out
        long done = count(here, "issuance_intent WHERE state = 'DONE'");
        assertThat(done).isBetween((long) acknowledged.size(), (long) acknowledged.size() + givenUp.size());
        for (var table : new String[] {
            "licence",
            "(SELECT DISTINCT idempotency_key FROM issuance_intent) k",
            "(SELECT DISTINCT number_key FROM licence) n",
            "licence_transition",
            "seal_use",
            "audit_entry WHERE action = 'licence.issue'",
            "licence_number WHERE held"
        }) {
            assertThat(count(here, table)).as(table).isEqualTo(done);
        }
        var found = new ArrayList<RowDeviation>();
        new PostgresRegistryAudit(here.database, here.vault).verify(found::add);
        assertThat(found).isEmpty();
    }

    private static long count(TestInstallation here, String from) {
        return TestPostgres.count(here.database, "SELECT count(*) FROM " + from);
    }

    /// One request after the other until it is answered; now and then one is given up when it fails.
    private void issue(TestInstallation here, int issuer) {
        var issuance = here.issuance();
        for (int i = 0; !over.get(); i++) {
            var key = "power-cut-%d-%05d".formatted(issuer, i);
            var patient = i % 4 != 3;
            var licence = Optional.<LicenceId>empty();
            do {
                try {
                    licence = answer(issuance.issue(permit(key, "P-" + issuer + "-" + i, issuer), CLERK));
                } catch (Failure.NotDone | Failure.Unknown away) {
                    failures.incrementAndGet();
                    if (!patient) {
                        givenUp.put(key, true);
                        break;
                    }
                }
                if (licence.isEmpty()) {
                    pause();
                }
            } while (licence.isEmpty());
            licence.ifPresent(id -> acknowledged.put(key, id));
        }
    }

    private static Optional<LicenceId> answer(IssueResult result) {
        return switch (result) {
            case IssueResult.Issued issued -> Optional.of(issued.licence().id());
            case IssueResult.AlreadyIssued before ->
                Optional.of(before.licence().id());
            case IssueResult.InProgress now -> Optional.empty();
            case IssueResult.KeyReused wrong -> throw new AssertionError(wrong);
            case IssueResult.NumberTaken wrong -> throw new AssertionError(wrong);
            case IssueResult.NotReplaceable wrong -> throw new AssertionError(wrong);
            case IssueResult.Overtaken wrong -> throw new AssertionError(wrong);
            case IssueResult.PartNotInForce wrong -> throw new AssertionError(wrong);
        };
    }

    private void sequence(PostgresAuditLog log) {
        while (!over.get()) {
            try {
                log.advance();
            } catch (Failure.NotDone | Failure.Unknown away) {
                failures.incrementAndGet();
            }
            pause();
        }
    }

    private static PostgresAuditLog auditLog(TestInstallation here) {
        var key = here.custodian.findOrMake("audit-log-p256", KeyKind.P_256);
        return new PostgresAuditLog(here.database, "audit.example/power-cuts", key, here.clock);
    }

    private static Thread start(Runnable work, Map<Thread, Throwable> broken) {
        return Thread.ofPlatform().uncaughtExceptionHandler(broken::put).start(work);
    }

    private static void pause() {
        try {
            new CountDownLatch(1).await(50, java.util.concurrent.TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
