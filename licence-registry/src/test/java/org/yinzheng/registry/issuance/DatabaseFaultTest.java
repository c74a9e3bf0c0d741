package org.yinzheng.registry.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.permit;

import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.postgres.LossyLink;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.signing.Failure;

/// The database's two ways to fail: it did not happen, and it happened and the answer was lost.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DatabaseFaultTest {
    private TestPostgres.Address address;
    private LossyLink link;
    private TestInstallation here;

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        address = TestPostgres.fresh();
        var uri = URI.create(address.url().substring("jdbc:".length()));
        link = new LossyLink(uri.getPort());
        var through = "jdbc:postgresql://127.0.0.1:" + link.port() + uri.getPath() + "?prepareThreshold=0";
        here = TestInstallation.open(directory, new TestPostgres.Address(through, address.password()).open());
    }

    @AfterAll
    void close() throws Exception {
        here.close();
        link.close();
    }

    @Test
    void connectionLostBeforeTheResult_isNotDone_andTheSameKeyGoesOn() throws Exception {
        var issuance = here.issuance(step -> {
            if (step == Step.ALL_STORED) {
                hangUpOnEverybody();
            }
        });
        var request = permit("lost-before-1", "D-1", 0);
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> issuance.issue(request, CLERK));
        assertThat(byNumber("D-1")).isEmpty();
        assertThat(here.intents.open()).contains("lost-before-1");

        assertThat(askedAgain(request)).isInstanceOf(IssueResult.Issued.class);
    }

    @Test
    void answerToTheLastCommitLost_isUnknown_andTheSameKeyTells() throws Exception {
        var issuance = here.issuance(step -> {
            if (step == Step.ALL_STORED) {
                link.loseTheAnswerTo("COMMIT");
            }
        });
        var request = permit("lost-answer-1", "D-2", 0);
        assertThatExceptionOfType(Failure.Unknown.class).isThrownBy(() -> issuance.issue(request, CLERK));

        assertThat(askedAgain(request)).isInstanceOf(IssueResult.AlreadyIssued.class);
        assertThat(byNumber("D-2")).isPresent();
    }

    @Test
    void answerToTheIntentsCommitLost_isUnknown_andTheSameKeyGoesOn() throws Exception {
        var issuance = here.issuance(step -> {
            if (step == Step.DRAWN) {
                link.loseTheAnswerTo("COMMIT");
            }
        });
        var request = permit("lost-intent-1", "D-3", 0);
        assertThatExceptionOfType(Failure.Unknown.class).isThrownBy(() -> issuance.issue(request, CLERK));
        assertThat(byNumber("D-3")).isEmpty();

        assertThat(askedAgain(request)).isInstanceOf(IssueResult.Issued.class);
    }

    /// Until PostgreSQL has noticed that the lost connection is gone.
    private IssueResult askedAgain(IssueRequest request) throws InterruptedException {
        var result = here.issuance().issue(request, CLERK);
        for (int i = 0; i < 100 && result instanceof IssueResult.InProgress; i++) {
            Thread.sleep(100);
            result = here.issuance().issue(request, CLERK);
        }
        return result;
    }

    private java.util.Optional<Licence> byNumber(String number) {
        return here.licences.byNumber(here.catalogue.type("居住证").code(), new LicenceNumber(number));
    }

    private void hangUpOnEverybody() {
        try (var other = address.open()) {
            TestPostgres.count(
                    other,
                    "SELECT count(pg_terminate_backend(pid, 5000)) FROM pg_stat_activity"
                            + " WHERE pid <> pg_backend_pid() AND datname = current_database()");
        }
    }
}
