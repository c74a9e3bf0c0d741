package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.permit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yinzheng.registry.audit.RowDeviation;
import org.yinzheng.registry.erasure.ErasureOrder;
import org.yinzheng.registry.erasure.ErasureResult;
import org.yinzheng.registry.issuance.IssueResult;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.life.Change;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Transition;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.key.KeyKind;

/// A process that dies while it erases somebody leaves either everything or something that the next start ends.
class ErasureKilledTest {
    @TempDir
    private Path directory;

    private TestPostgres.Address address;
    private TestInstallation here;

    @BeforeEach
    void open() {
        address = TestPostgres.fresh();
        start();
    }

    private void start() {
        here = TestInstallation.open(directory, address.open());
    }

    @AfterEach
    void close() {
        here.close();
    }

    @ParameterizedTest
    @EnumSource(PostgresErasures.Step.class)
    void killedAnywhere_theNextStartEndsIt(PostgresErasures.Step step) throws Exception {
        var licence = ((IssueResult.Issued) here.issuance().issue(permit("erasure-killed", "K-1", 0), CLERK)).licence();
        var who = licence.holder().id();
        var documents = List.copyOf(licence.renditions().values());
        here.life.change(licence.id(), new Change(Transition.REVOKE, new Grounds("request", "依申请", ""), CLERK));
        var key = here.custodian.findOrMake("audit-log-p256", KeyKind.P_256);
        new PostgresAuditLog(here.database, "audit.example/killed", key, here.clock).advance();
        var order = ((ErasureResult.Done)
                        ChildErasure.later(here, at -> {}).propose(who, new Actor("system-1", "system-admin")))
                .order();

        var child = ChildErasure.dyingAt(step, order.id(), who, directory, address);
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(directory + "/child.log").isEqualTo(ChildJvm.DIED);
        close();
        start();

        var erasures = ChildErasure.later(here, at -> {});
        boolean committed = step != PostgresErasures.Step.ERASED;
        assertThat(erasures.find(order.id()).orElseThrow().state())
                .isEqualTo(committed ? ErasureOrder.State.EXECUTED : ErasureOrder.State.PROPOSED);
        assertThat(found(licence)).isEqualTo(!committed);
        assertThat(stored(documents)).isEqualTo(step == PostgresErasures.Step.A_DOCUMENT_DELETED ? 3 : 4);
        assertThat(deviations()).isEmpty();

        // one document is gone and still listed: it is deleted twice
        assertThat(erasures.round()).isEqualTo(committed ? 4 : 0);
        assertThat(stored(documents)).isEqualTo(committed ? 0 : 4);
        var answer = (ErasureResult.Done) erasures.confirm(order.id(), who, ChildErasure.SECURITY);
        assertThat(answer.order().outcome()).contains(new ErasureOrder.Outcome(1, 4, 2));
        assertThat(stored(documents)).isZero();
        assertThat(found(licence)).isFalse();
        assertThat(TestPostgres.count(here.database, "SELECT count(*) FROM audit_entry WHERE action = 'holder.erase'"))
                .isEqualTo(1);
        assertThat(deviations()).isEmpty();
    }

    private boolean found(Licence licence) {
        return here.licences.find(licence.id()).isPresent();
    }

    private long stored(List<Digest> documents) {
        return documents.stream().filter(this::stored).count();
    }

    private boolean stored(Digest document) {
        try {
            return here.documents.get(document).size() > 0;
        } catch (Failure.NotDone gone) {
            return false;
        }
    }

    private List<RowDeviation> deviations() {
        var found = new ArrayList<RowDeviation>();
        new PostgresRegistryAudit(here.database, here.vault).verify(found::add);
        return found;
    }
}
