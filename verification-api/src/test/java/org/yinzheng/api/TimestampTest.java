package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.api.client.RemoteTimestampSource;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.cms.CmsCheck.SignedBytes;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.time.TimestampRequest;
import org.yinzheng.signing.time.TimestampResult;
import org.yinzheng.signing.time.TimestampToken;

/// The timestamp authority over real HTTP, with keys on a real token; asked by openssl and by our own client.
class TimestampTest {
    private static final DocumentBytes STAMPED = DocumentBytes.of("电子证照".getBytes(StandardCharsets.UTF_8));
    private static RunningService running;

    @TempDir
    Path folder;

    @BeforeAll
    static void start() {
        running = RunningService.start();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void queryOfOpenssl_isAnsweredAndVerified() throws Exception {
        Files.write(folder.resolve("data"), STAMPED.toByteArray());
        openssl("ts", "-query", "-data", "data", "-sha256", "-cert", "-out", "query.tsq");

        var answer =
                running.browser().post("/tsa", TimestampRequest.QUERY, Files.readAllBytes(folder.resolve("query.tsq")));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Content-Type")).isEqualTo(TimestampRequest.REPLY);
        Files.write(folder.resolve("reply.tsr"), answer.response().body());
        var anchors = Machine.get().authority().trust().anchors().stream()
                .map(Certificates::pem)
                .toList();
        Files.writeString(folder.resolve("anchors.pem"), String.join("", anchors));
        assertThat(openssl("ts", "-verify", "-queryfile", "query.tsq", "-in", "reply.tsr", "-CAfile", "anchors.pem"))
                .contains("Verification: OK");
    }

    @Test
    void ourClient_getsATokenThatProvesTheTime() {
        try (var source = client(running.url().resolve("/tsa"))) {
            for (var suite : List.of(Suite.RSA_SHA256, Suite.SM2_SM3)) {
                var token = TimestampToken.parse(source.token(STAMPED, suite));

                var result = token.judge(
                        SignedBytes.of(STAMPED),
                        List.of(),
                        Machine.get().authority().trust(),
                        Optional.empty(),
                        Instant.now().plusSeconds(1));

                assertThat(result).as("%s", result).isInstanceOf(TimestampResult.Proven.class);
            }
        }
    }

    @Test
    void whatIsNoRequest_isAProblem() {
        var browser = running.browser();
        var text = "no request".getBytes(StandardCharsets.UTF_8);

        assertThat(browser.post("/tsa", TimestampRequest.QUERY, text).status()).isEqualTo(400);
        assertThat(browser.post("/tsa", TimestampRequest.QUERY, text).code()).isEqualTo("timestamp-request-malformed");
        assertThat(browser.post("/tsa", TimestampRequest.QUERY, new byte[0]).status())
                .isEqualTo(400);
        assertThat(browser.post("/tsa", TimestampRequest.QUERY, new byte[20_000])
                        .status())
                .isEqualTo(413);
        assertThat(browser.post("/tsa", "application/octet-stream", text).status())
                .isEqualTo(415);
        assertThat(browser.get("/tsa").status()).isEqualTo(405);
    }

    @Test
    void authorityAway_isNotDone() throws IOException {
        int dead;
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            dead = socket.getLocalPort();
        }
        try (var source = client(URI.create("http://127.0.0.1:" + dead + "/tsa"))) {
            assertThatThrownBy(() -> source.token(STAMPED, Suite.RSA_SHA256)).isInstanceOf(Failure.NotDone.class);
        }
    }

    @Test
    void answerThatIsNone_isNotDone() throws IOException {
        var query = TimestampRequest.over(DocumentBytes.of(new byte[32]), Suite.RSA_SHA256);
        var ofAnother = running.browser()
                .post("/tsa", TimestampRequest.QUERY, query.der().toByteArray())
                .response()
                .body();
        assertRefused(200, "text/html", "<html>".getBytes(StandardCharsets.UTF_8));
        assertRefused(200, TimestampRequest.REPLY, "<html>".getBytes(StandardCharsets.UTF_8));
        assertRefused(200, TimestampRequest.REPLY, new byte[200_000]);
        assertRefused(200, TimestampRequest.REPLY, ofAnother);
        assertRefused(302, TimestampRequest.REPLY, ofAnother);
        assertRefused(503, TimestampRequest.REPLY, ofAnother);
    }

    @Test
    void authorityThatNeverAnswers_isNotDoneInTime() throws IOException {
        try (var silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                var source = new RemoteTimestampSource(
                        URI.create("http://127.0.0.1:" + silent.getLocalPort()), Duration.ofMillis(300))) {
            assertThatThrownBy(() -> source.token(STAMPED, Suite.RSA_SHA256)).isInstanceOf(Failure.NotDone.class);
        }
    }

    @Test
    void addressThatIsNoHttp_isInvalidInput() {
        assertThatThrownBy(() -> client(URI.create("file:///etc/hosts"))).isInstanceOf(InvalidInput.class);
    }

    private static void assertRefused(int status, String type, byte[] body) throws IOException {
        var server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.getResponseHeaders().add("Content-Type", type);
            exchange.getResponseHeaders()
                    .add("Location", running.url().resolve("/tsa").toString());
            exchange.sendResponseHeaders(status, body.length);
            try (var output = exchange.getResponseBody()) {
                output.write(body);
            }
        });
        server.start();
        try (var source =
                client(URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/"))) {
            assertThatThrownBy(() -> source.token(STAMPED, Suite.RSA_SHA256))
                    .as("%d %s %d", status, type, body.length)
                    .isInstanceOf(Failure.NotDone.class);
        } finally {
            server.stop(0);
        }
    }

    private static RemoteTimestampSource client(URI authority) {
        return new RemoteTimestampSource(authority, Duration.ofSeconds(20));
    }

    private String openssl(String... arguments) throws IOException, InterruptedException {
        var output = folder.resolve("openssl.txt");
        var command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        var process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return Files.readString(output);
    }
}
