package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Many clients at once, and clients that behave badly. The full measure is taken by `VerifyLoad` in the benchmarks.
class LoadTest {
    private static final String VERIFICATIONS = "/api/v1/verifications";
    private static final int CAP = 256 << 10;
    private static final int CLIENTS = 300;

    private final RunningService running = RunningService.start(narrow());
    private final Browser browser = running.browser();

    @AfterEach
    void stop() {
        running.close();
    }

    @Test
    void moreUploadsThanFit_areAnsweredOrAskedToComeBack() {
        var body = new byte[CAP / 2];
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var answers = new ArrayList<CompletableFuture<Browser.Answer>>();
            for (int i = 0; i < CLIENTS; i++) {
                answers.add(CompletableFuture.supplyAsync(
                        () -> browser.post(VERIFICATIONS, "application/octet-stream", body), threads));
            }
            assertThat(browser.get("/healthz").status()).isEqualTo(200);

            assertThat(answers.stream().map(CompletableFuture::join)).allSatisfy(answer -> {
                assertThat(answer.status()).isIn(200, 503);
                if (answer.status() == 503) {
                    assertThat(answer.code()).isEqualTo("busy");
                    assertThat(answer.header("Retry-After")).isNotEmpty();
                }
            });
        }
        assertThat(browser.get("/metrics").text()).contains("yinzheng_upload_bytes_left " + (4.0 * CAP));
        assertThat(browser.post(VERIFICATIONS, "application/octet-stream", body).status())
                .isEqualTo(200);
    }

    @Test
    void endlessUpload_isRefusedAndCutOff() throws Exception {
        try (var socket = connect()) {
            var out = socket.getOutputStream();
            out.write(head("Transfer-Encoding: chunked"));
            var chunk = new byte[8192];
            long sent = 0;
            try {
                while (sent < 64L << 20) {
                    out.write("2000\r\n".getBytes(StandardCharsets.US_ASCII));
                    out.write(chunk);
                    out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                    sent += chunk.length;
                }
            } catch (IOException cutOff) {
                // as it should be
            }
            assertThat(sent).isLessThan(32L << 20);
        }
        assertThat(browser.get("/healthz").status()).isEqualTo(200);
    }

    @Test
    void clientsThatNeverFinish_doNotKeepOthersWaiting() throws Exception {
        var slow = new ArrayList<Socket>();
        try {
            for (int i = 0; i < CLIENTS; i++) {
                var socket = connect();
                var half = i % 2 == 0 ? "GET / HT".getBytes(StandardCharsets.US_ASCII) : head("Content-Length: 1000");
                socket.getOutputStream().write(half);
                slow.add(socket);
            }
            assertThat(browser.post(VERIFICATIONS, "application/octet-stream", new byte[1000])
                            .status())
                    .isEqualTo(200);
            for (var socket : slow) {
                // 408 for a body, nothing for a head: then the end
                socket.getInputStream().readAllBytes();
            }
        } finally {
            for (var socket : slow) {
                socket.close();
            }
        }
    }

    private Socket connect() throws IOException {
        return new Socket(InetAddress.getLoopbackAddress(), running.service().port());
    }

    private static byte[] head(String framing) {
        return ("POST " + VERIFICATIONS + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\n" + framing
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static Limits narrow() {
        var defaults = Limits.defaults();
        return new Limits(
                CAP,
                4L * CAP,
                CAP,
                2L * CAP,
                4,
                2,
                Duration.ofMillis(200),
                defaults.idle(),
                Duration.ofSeconds(3),
                defaults.stop());
    }
}
