package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yinzheng.testdata.DemoPeople;

/// Parts of the system that go away while the service serves, and come back.
class FaultTest {
    private static RunningService running;
    private static Browser browser;
    private static String issuer;

    @BeforeAll
    static void start() {
        running = RunningService.start();
        browser = running.browser();
        issuer = browser.bearer(RunningService.ISSUER);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void tokenGone_is503_andHeals() throws IOException {
        var tokens = Machine.get().data().resolve("token/tokens");
        var elsewhere = Machine.get().data().resolve("token-taken-away");

        Files.move(tokens, elsewhere);
        try {
            waitUntil(() -> browser.get("/readyz").status() == 503);
            var answer = issue(Asked.newKey());

            assertThat(answer.status()).isEqualTo(503);
            assertThat(answer.code()).isEqualTo("unavailable");
            assertThat(answer.header("Retry-After")).isNotEmpty();
            var parts = browser.get("/readyz").json().path("parts");
            assertThat(parts.at("/token/ready").asBoolean()).isFalse();
            assertThat(parts.at("/token/message").asText()).isNotEmpty();
            assertThat(parts.at("/database/ready").asBoolean()).isTrue();
            assertThat(browser.get("/metrics").text()).contains("yinzheng_ready{part=\"token\"} 0.0");
        } finally {
            Files.move(elsewhere, tokens);
        }
        waitUntil(() -> browser.get("/readyz").status() == 200);
        assertThat(issue(Asked.newKey()).status()).isEqualTo(201);
    }

    @Test
    void databaseKilled_is503_andHeals() throws IOException {
        var key = Asked.newKey();
        kill(Machine.get().data().resolve("postgres/data/postmaster.pid"));

        var answer = issue(key);

        // when the door asks first what somebody may do, the database has healed by the time of the issue
        assertThat(answer.status()).isIn(503, 201);
        if (answer.status() == 503) {
            assertThat(answer.code()).isIn("unavailable", "outcome-unknown");
        }
        waitUntil(() -> issue(key).status() < 300);
        assertThat(issue(key).status()).isEqualTo(200);
        assertThat(browser.get("/readyz").status()).isEqualTo(200);
    }

    private static Browser.Answer issue(String key) {
        return browser.post(
                "/api/v1/licences",
                Asked.residencePermit(DemoPeople.citizens().get(1)),
                "Authorization",
                issuer,
                "Idempotency-Key",
                key);
    }

    private static void kill(Path pidFile) throws IOException {
        var process = ProcessHandle.of(
                        Long.parseLong(Files.readAllLines(pidFile).getFirst()))
                .orElseThrow();
        process.destroyForcibly();
        process.onExit().join();
    }

    /// Healing takes as long as it takes; what never heals runs into the limit.
    static void waitUntil(BooleanSupplier condition) {
        var deadline = System.nanoTime() + Duration.ofMinutes(2).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("it heals").isLessThan(deadline);
            java.util.concurrent.locks.LockSupport.parkNanos(
                    Duration.ofMillis(200).toNanos());
        }
    }
}
