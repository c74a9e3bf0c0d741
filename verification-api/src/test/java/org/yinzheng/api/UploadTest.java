package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class UploadTest {
    private static final String VERIFICATIONS = "/api/v1/verifications";
    private static final int CAP = 256 << 10;
    private static final String MULTIPART = "multipart/form-data; boundary=b";

    private static RunningService running;
    private static Browser browser;

    private List<Path> before;

    @BeforeAll
    static void start() {
        var defaults = Limits.defaults();
        running = RunningService.start(new Limits(
                CAP,
                2L * CAP,
                CAP,
                2L * CAP,
                4,
                2,
                defaults.patience(),
                defaults.idle(),
                Duration.ofSeconds(2),
                defaults.stop()));
        browser = running.browser();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @BeforeEach
    void lookAround() throws IOException {
        before = filesAround();
    }

    @AfterEach
    void nothingWasStored() throws IOException {
        assertThat(filesAround()).containsExactlyElementsOf(before);
        assertThat(browser.get("/metrics").text()).contains("yinzheng_upload_bytes_left " + (2.0 * CAP));
    }

    @Test
    void oversizedRawBody_is413() {
        var answer = browser.post(VERIFICATIONS, "application/octet-stream", new byte[CAP + 1]);

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("body-too-large");
    }

    @Test
    void oversizedBodyOfUnknownLength_is413() {
        var answer = browser.send(browser.request(VERIFICATIONS)
                .header("Content-Type", "application/octet-stream")
                .POST(BodyPublishers.ofInputStream(() -> new java.io.ByteArrayInputStream(new byte[3 * CAP]))));

        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void oversizedMultipart_is413() {
        assertThat(browser.post(VERIFICATIONS, MULTIPART, multipart(new byte[CAP + 1], "--b--\r\n"))
                        .status())
                .isEqualTo(413);
        assertThat(browser.post(VERIFICATIONS, MULTIPART, multipart(new byte[2 * CAP], "--b--\r\n"))
                        .status())
                .isEqualTo(413);
    }

    @Test
    void largestAllowedMultipart_isRead() {
        var answer = browser.post(VERIFICATIONS, MULTIPART, multipart(new byte[CAP], "--b--\r\n"));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("file").asText()).isEqualTo("证照.pdf");
    }

    @Test
    void truncatedMultipart_is400() {
        var answer = browser.post(VERIFICATIONS, MULTIPART, multipart(new byte[1000], ""));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.code()).isEqualTo("body-truncated");
    }

    @Test
    void emptyUploads_are400() {
        assertThat(browser.post(VERIFICATIONS, "application/octet-stream", new byte[0])
                        .code())
                .isEqualTo("body-empty");
        assertThat(browser.post(VERIFICATIONS, MULTIPART, multipart(new byte[0], "--b--\r\n"))
                        .code())
                .isEqualTo("body-empty");
        assertThat(browser.post(VERIFICATIONS, MULTIPART, new byte[0]).code()).isEqualTo("body-empty");
    }

    @Test
    void multipartWithoutFile_is400() {
        var other = "--b\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\nhello\r\n--b--\r\n";

        assertThat(browser.post(VERIFICATIONS, MULTIPART, other.getBytes(StandardCharsets.UTF_8))
                        .code())
                .isEqualTo("body-malformed");
    }

    @Test
    void connectionLostInTheBody_freesItsMemory() throws Exception {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), running.service().port())) {
            socket.getOutputStream()
                    .write(("POST " + VERIFICATIONS
                                    + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: 100000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(new byte[5000]);
            socket.getOutputStream().flush();
        }
        // nothingWasStored looks at the budget; the loss is noticed a moment after the socket is closed
        while (!browser.get("/metrics").text().contains("yinzheng_upload_bytes_left " + (2.0 * CAP))) {
            Thread.onSpinWait();
        }
    }

    @Test
    void bodyThatTrickles_is408() throws Exception {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), running.service().port())) {
            socket.getOutputStream()
                    .write(("POST " + VERIFICATIONS
                                    + " HTTP/1.1\r\nHost: x\r\nContent-Type: application/octet-stream\r\nContent-Length: 1000\r\n\r\nabc")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();

            var first = new java.io.BufferedReader(
                            new java.io.InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            assertThat(first).contains("408");
        }
    }

    @Test
    void headThatNeverComes_closesTheConnection() throws Exception {
        try (var socket =
                new Socket(InetAddress.getLoopbackAddress(), running.service().port())) {
            socket.getOutputStream().write("GET / HT".getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().flush();

            assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
    }

    private static byte[] multipart(byte[] content, String end) {
        var head = """
                --b
                Content-Disposition: form-data; name="file"; filename="证照.pdf"
                Content-Type: application/pdf

                """.replace("\n", "\r\n").getBytes(StandardCharsets.UTF_8);
        var tail = end.isEmpty() ? new byte[0] : ("\r\n" + end).getBytes(StandardCharsets.US_ASCII);
        var body = new byte[head.length + content.length + tail.length];
        System.arraycopy(head, 0, body, 0, head.length);
        System.arraycopy(content, 0, body, head.length, content.length);
        System.arraycopy(tail, 0, body, head.length + content.length, tail.length);
        return body;
    }

    private static List<Path> filesAround() throws IOException {
        try (Stream<Path> data = Files.walk(Machine.get().data());
                Stream<Path> temporary = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return Stream.concat(
                            data.filter(file -> !file.toString().contains("postgres")),
                            temporary.filter(file -> file.toString().contains("vertx")
                                    || file.toString().contains("upload")
                                    || file.toString().contains("FUp")))
                    .sorted()
                    .toList();
        }
    }
}
