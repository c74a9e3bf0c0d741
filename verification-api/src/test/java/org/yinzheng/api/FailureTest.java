package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.yinzheng.api.http.Verification;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.testdata.DemoPeople;

class FailureTest {
    private static final String NUMBER = DemoPeople.citizens().getFirst().id();

    @Test
    void bug_is500WithAnIncidentThatOnlyTheLogExplains() {
        var log = new ListAppender<ILoggingEvent>();
        log.start();
        var root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        root.addAppender(log);
        try (var running = verifyingBy((document, at) -> {
            throw new IllegalStateException("cannot parse " + NUMBER);
        })) {
            var answer = running.browser().post("/api/v1/verifications", "application/pdf", new byte[] {'x'});

            assertThat(answer.status()).isEqualTo(500);
            assertThat(answer.code()).isEqualTo("internal");
            assertThat(answer.text()).doesNotContain(NUMBER).doesNotContain("Exception");
            var incident = answer.json().path("incident").asText();
            assertThat(log.list)
                    .map(ILoggingEvent::getFormattedMessage)
                    .anyMatch(line -> line.contains(incident) && line.contains("IllegalStateException"))
                    .noneMatch(line -> line.contains(NUMBER));
        } finally {
            root.detachAppender(log);
        }
    }

    @Test
    void gateFull_is503AndInvitesToRepeat() throws Exception {
        var inside = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        try (var running = verifyingBy((document, at) -> {
                    inside.countDown();
                    await(released);
                    return new Report.Unsigned("PDF");
                });
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var browser = running.browser();
            var first = CompletableFuture.supplyAsync(
                    () -> browser.post("/api/v1/verifications", "application/pdf", new byte[] {'x'}), threads);
            inside.await();

            var second = browser.post("/api/v1/verifications", "application/pdf", new byte[] {'x'});
            released.countDown();

            assertThat(second.status()).isEqualTo(503);
            assertThat(second.code()).isEqualTo("busy");
            assertThat(second.header("Retry-After")).isNotEmpty();
            assertThat(first.join().json().path("indication").asText()).isEqualTo("NO-SIGNATURE");
        }
    }

    private static RunningService verifyingBy(Verification.Verifier verifier) {
        var defaults = Limits.defaults();
        var narrow = new Limits(
                1 << 20,
                2 << 20,
                1 << 20,
                2 << 20,
                1,
                1,
                Duration.ofMillis(100),
                defaults.idle(),
                defaults.receive(),
                defaults.stop());
        return RunningService.start(narrow, parts -> verifying(parts, verifier));
    }

    /// The same parts, with another verifier.
    static ServiceParts verifying(ServiceParts parts, Verification.Verifier verifier) {
        return new ServiceParts(
                parts.catalogue(),
                parts.licences(),
                parts.life(),
                parts.issuance(),
                parts.office(),
                verifier,
                parts.verifications(),
                parts.probes(),
                parts.clock(),
                parts.stamping(),
                parts.timestamps(),
                parts.audit(),
                parts.seals(),
                parts.rights(),
                parts.demonstrationKey());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
