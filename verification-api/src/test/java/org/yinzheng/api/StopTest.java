package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.testdata.DemoPeople;

class StopTest {
    @Test
    void gracefulStop_letsAnIssueUnderWayFinish() throws Exception {
        var begun = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        var running = RunningService.start(
                Limits.defaults(), parts -> Machine.get().with(new HeldOffice(parts.office(), begun, released)));
        var browser = running.browser();
        var issuer = browser.bearer(RunningService.ISSUER);

        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var issue = CompletableFuture.supplyAsync(
                    () -> browser.post(
                            "/api/v1/licences",
                            Asked.residencePermit(DemoPeople.citizens().get(2)),
                            "Authorization",
                            issuer,
                            "Idempotency-Key",
                            Asked.newKey()),
                    threads);
            begun.await();
            var stop = CompletableFuture.runAsync(running::close, threads);

            FaultTest.waitUntil(() -> refused(running));
            assertThat(stop).isNotDone();
            released.countDown();

            assertThat(issue.join().status()).isEqualTo(201);
            stop.join();
        }
    }

    @Test
    void portTaken_isNotDoneAndSaysSo() {
        try (var first = RunningService.start()) {
            var second = new Service(
                    Machine.get().parts(),
                    ServiceConfig.loopback(first.service().port(), new SignIn.Demonstration(RunningService.users())));

            assertThatThrownBy(second::start)
                    .isInstanceOf(org.yinzheng.signing.Failure.NotDone.class)
                    .hasMessageContaining("taken");
        }
    }

    private static boolean refused(RunningService running) {
        try (var socket = new java.net.Socket(
                java.net.InetAddress.getLoopbackAddress(), running.service().port())) {
            return !socket.isConnected();
        } catch (java.io.IOException e) {
            return true;
        }
    }

    /// The office, whose desk opens when the test says so: an issue waits in its middle.
    private record HeldOffice(IssuingOffice office, CountDownLatch begun, CountDownLatch released)
            implements IssuingOffice {
        @Override
        public Authority authorityFor(String typeCode, Actor actor) {
            return office.authorityFor(typeCode, actor);
        }

        @Override
        public Desk desk(Authority authority, String typeCode, Actor actor) {
            begun.countDown();
            try {
                released.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return office.desk(authority, typeCode, actor);
        }
    }
}
