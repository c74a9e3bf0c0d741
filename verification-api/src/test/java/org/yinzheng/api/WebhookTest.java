package org.yinzheng.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yinzheng.testdata.DemoPeople;

/// Notices, over real connections to a receiver that goes away and comes back.
class WebhookTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static RunningService running;
    private static Browser browser;
    private static String issuer;
    private static String clerk;

    @BeforeAll
    static void start() {
        running = RunningService.start();
        browser = running.browser();
        issuer = browser.bearer(RunningService.ISSUER);
        clerk = browser.bearer(RunningService.CLERK);
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void receiverAway_thenBack_isToldOfEverythingInOrder_signed() throws Exception {
        var webhook = subscribe("/hook", clerk).json();
        OpenApi.follows("Webhook", webhook);
        var id = issue();
        var others = issue(); // the clerk never saw this one
        var question = JsonNodeFactory.instance.objectNode().put("licenceId", id);
        assertThat(browser.post("/api/v1/verifications", question, "Authorization", clerk)
                        .status())
                .isEqualTo(200);

        // nobody listens
        change(id, "suspension");
        change(others, "suspension");
        change(id, "resumption");
        change(id, "revocation");
        FaultTest.waitUntil(() -> reliance(id).path("noticesWaiting").asInt() == 3);

        var refusals = new AtomicInteger(1);
        try (var receiver = new Receiver("/hook", refusals)) {
            FaultTest.waitUntil(() -> reliance(id).path("noticesDelivered").asInt() == 3);

            // the first came twice: it was refused once
            assertThat(receiver.ids).hasSize(4);
            assertThat(receiver.ids.get(0)).isEqualTo(receiver.ids.get(1));
            assertThat(receiver.events())
                    .containsExactly(
                            "urn:yinzheng:licence:suspended",
                            "urn:yinzheng:licence:suspended",
                            "urn:yinzheng:licence:resumed",
                            "urn:yinzheng:licence:revoked");
            assertThat(receiver.licences()).containsOnly(id);
            checkSignatures(receiver);
        }
        assertThat(reliance(id).path("subject").asText()).isEqualTo(RunningService.CLERK);
        var place = "/api/v1/webhooks/" + webhook.path("id").asText();
        assertThat(delete(place, issuer).code()).isEqualTo("not-found");
        assertThat(delete(place, clerk).status()).isEqualTo(204);
        assertThat(browser.get("/api/v1/webhooks", "Authorization", clerk).text())
                .doesNotContain(webhook.path("id").asText());
    }

    @Test
    void addressThatTheSettingsDoNotList_isRefused() {
        for (var url : List.of(
                "http://127.0.0.1:1/hook",
                "http://localhost:" + Machine.WEBHOOK_PORT + "/hook",
                "http://169.254.169.254/",
                "http://user@127.0.0.1/hook",
                "file:///etc/passwd",
                "http://127.0.0.1/hook#x",
                "no address")) {
            var body = JsonNodeFactory.instance.objectNode().put("url", url);
            assertThat(browser.post("/api/v1/webhooks", body, "Authorization", clerk)
                            .code())
                    .as(url)
                    .isEqualTo("webhook-host");
        }
    }

    @Test
    void authorityOfOthers_isRefused() {
        var body = JsonNodeFactory.instance
                .objectNode()
                .put("url", "http://127.0.0.1/hook")
                .put("authority", DemoPeople.PUBLIC_SECURITY.creditCode());

        assertThat(browser.post("/api/v1/webhooks", body, "Authorization", clerk)
                        .code())
                .isEqualTo("no-authority");
    }

    @Test
    void anonymousVerification_isNotNoted() {
        var id = issue();
        browser.post(
                "/api/v1/verifications", JsonNodeFactory.instance.objectNode().put("licenceId", id));

        assertThat(reliance(id).isMissingNode()).isTrue();
    }

    private static void checkSignatures(Receiver receiver) throws Exception {
        var keys = JWKSet.parse(browser.get("/api/v1/webhooks/keys").text());
        for (var token : receiver.tokens) {
            var jws = JWSObject.parse(token);
            var key = keys.getKeyByKeyId(jws.getHeader().getKeyID());
            assertThat(jws.getHeader().getType().getType()).isEqualTo("secevent+jwt");
            assertThat(jws.verify(new ECDSAVerifier(key.toECKey()))).isTrue();
        }
    }

    private static JsonNode reliance(String id) {
        return browser.get("/api/v1/licences/" + id + "/reliance", "Authorization", issuer)
                .json()
                .at("/items/0");
    }

    private static Browser.Answer subscribe(String path, String who) {
        var body = JsonNodeFactory.instance.objectNode().put("url", "http://127.0.0.1:" + Machine.WEBHOOK_PORT + path);
        return browser.post("/api/v1/webhooks", body, "Authorization", who);
    }

    private static Browser.Answer delete(String path, String who) {
        return browser.send(browser.request(path).header("Authorization", who).DELETE());
    }

    private static void change(String id, String change) {
        var grounds =
                JsonNodeFactory.instance.objectNode().put("reasonCode", "test").put("legalBasis", "测试");
        assertThat(browser.post("/api/v1/licences/" + id + "/" + change, grounds, "Authorization", issuer)
                        .status())
                .isEqualTo(200);
    }

    private static String issue() {
        return browser.post(
                        "/api/v1/licences",
                        Asked.residencePermit(DemoPeople.citizens().get(0)),
                        "Authorization",
                        issuer,
                        "Idempotency-Key",
                        Asked.newKey())
                .json()
                .path("id")
                .asText();
    }

    /// Somebody's system.
    private static final class Receiver implements AutoCloseable {
        private final HttpServer server;
        private final List<String> tokens = new CopyOnWriteArrayList<>();
        private final List<String> ids = new CopyOnWriteArrayList<>();

        Receiver(String path, AtomicInteger refusals) throws IOException {
            server =
                    HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), Machine.WEBHOOK_PORT), 0);
            server.createContext(path, exchange -> {
                try (exchange) {
                    var token = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
                    tokens.add(token);
                    ids.add(claims(token).path("jti").asText());
                    exchange.sendResponseHeaders(refusals.getAndDecrement() > 0 ? 500 : 202, -1);
                }
            });
            server.start();
        }

        List<String> events() {
            var events = new ArrayList<String>();
            tokens.forEach(token -> claims(token).path("events").fieldNames().forEachRemaining(events::add));
            return events;
        }

        List<String> licences() {
            return tokens.stream()
                    .map(token -> claims(token).at("/sub_id/id").asText())
                    .toList();
        }

        private static JsonNode claims(String token) {
            try {
                return JSON.readTree(JWSObject.parse(token).getPayload().toBytes());
            } catch (IOException | java.text.ParseException e) {
                throw new AssertionError(e);
            }
        }

        @Override
        public void close() {
            server.stop(0);
        }
    }
}
