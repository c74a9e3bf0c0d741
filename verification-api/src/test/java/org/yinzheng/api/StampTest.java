package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.seals.GuardRails;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.testdata.DemoPeople;
import org.yinzheng.testdata.SampleApproval;

class StampTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final CreditCode BODY = new CreditCode(DemoPeople.MARKET_SUPERVISION.creditCode());
    private static final Typefaces TYPEFACES = Typefaces.find();

    private static RunningService running;
    private static Browser browser;
    private static SealRecord seal;

    @BeforeAll
    static void start() {
        running = RunningService.start();
        browser = running.browser();
        seal = Machine.get().seal(GuardRails.of(BODY));
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void documents_areStampedAtTheKeyword_andFetched_andPassVerification() {
        var answer = stamp(
                request(seal),
                approval("一").pdf().toByteArray(),
                approval("一").ofd().toByteArray());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.header("Location"))
                .isEqualTo("/api/v1/stamps/" + answer.json().path("id").asText());
        assertThat(answer.json().path("outcomes")).hasSize(2);
        for (var outcome : answer.json().path("outcomes")) {
            assertThat(outcome.path("checked").asBoolean()).isTrue();
            assertThat(outcome.path("placed")).hasSize(1);
            var document = browser.get(outcome.path("href").asText(), "Authorization", officer());
            assertThat(document.status()).isEqualTo(200);
            var verdict = browser.post(
                    "/api/v1/verifications",
                    "application/octet-stream",
                    document.response().body());
            assertThat(verdict.json().path("indication").asText()).isEqualTo("TOTAL-PASSED");
        }
        assertThat(browser.get(answer.header("Location"), "Authorization", officer())
                        .json())
                .isEqualTo(answer.json());
    }

    @Test
    void sameKeyAgain_isTheSameAnswer() {
        var key = UUID.randomUUID().toString();
        var document = approval("同一").pdf().toByteArray();
        var first = stamp(key, request(seal), document);
        var again = stamp(key, request(seal), document);
        assertThat(again.status()).isEqualTo(200);
        assertThat(again.json()).isEqualTo(first.json());
        var other = stamp(key, request(seal), approval("另一").pdf().toByteArray());
        assertThat(other.code()).isEqualTo("idempotency-key-reused");
    }

    @Test
    void somebodyElsesStamping_isNotThere() {
        var answer = stamp(request(seal), approval("他人").pdf().toByteArray());
        var href = answer.json().path("outcomes").path(0).path("href").asText();
        var other = browser.bearer(RunningService.POLICE_ISSUER);
        assertThat(browser.get(href, "Authorization", other).status()).isEqualTo(404);
        assertThat(browser.get(answer.header("Location"), "Authorization", other)
                        .status())
                .isEqualTo(404);
    }

    @Test
    void onlyDocumentThatCannotBeStamped_isAProblemThatNamesTheReason() {
        var answer = stamp(request(seal), "%PDF-1.7 nothing more".getBytes(StandardCharsets.US_ASCII));
        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("pdf-form");
    }

    @Test
    void sealThatIsNotForThisActor_orNotThere_isRefused() {
        var foreign = Machine.get()
                .seal(new GuardRails(
                        Set.of(),
                        Set.of(),
                        OptionalInt.empty(),
                        Optional.empty(),
                        OptionalInt.empty(),
                        Set.of(new CreditCode(DemoPeople.PUBLIC_SECURITY.creditCode()))));
        var answer = stamp(request(foreign), approval("越权").pdf().toByteArray());
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("seal-not-your-authority");
        var unknown = request(seal).put("seal", "00000000000000");
        assertThat(stamp(unknown, approval("无章").pdf().toByteArray()).code()).isEqualTo("seal-unknown");
    }

    @Test
    void manyDocuments_waitForASecondPersonsRelease_thenTheSameRequestIsCarriedOut() {
        var careful = Machine.get()
                .seal(new GuardRails(
                        Set.of(), Set.of(), OptionalInt.empty(), Optional.empty(), OptionalInt.of(1), Set.of(BODY)));
        var key = UUID.randomUUID().toString();
        byte[][] documents = {
            approval("甲").pdf().toByteArray(), approval("乙").pdf().toByteArray()
        };
        var waiting = stamp(key, request(careful), documents);
        assertThat(waiting.status()).isEqualTo(202);
        var id = waiting.json().path("id").asText();

        var custodian = browser.bearer(RunningService.SEAL_CUSTODIAN);
        var list = browser.get("/api/v1/stamps?seal=" + careful.id(), "Authorization", custodian);
        assertThat(list.json().path("items"))
                .extracting(item -> item.path("id").asText())
                .containsExactly(id);
        var decision = JSON.createObjectNode().put("decision", "release").put("reason", "清单已核对");
        var path = "/api/v1/stamps/" + id + "/release";
        assertThat(browser.post(path, decision, "Authorization", officer()).status())
                .isEqualTo(403);
        assertThat(browser.post(path, decision, "Authorization", custodian)
                        .json()
                        .path("state")
                        .asText())
                .isEqualTo("released");
        assertThat(browser.post(path, decision, "Authorization", custodian).code())
                .isEqualTo("release-not-awaited");

        var done = stamp(key, request(careful), documents);
        assertThat(done.status()).isEqualTo(201);
        assertThat(done.json().path("outcomes")).hasSize(2);
    }

    @Test
    void digestOfADocumentThatStays_getsAGbStamp() {
        var digests = JSON.createArrayNode();
        digests.addObject().put("name", "合同").put("sha256", "ab".repeat(32)).put("sm3", "cd".repeat(32));
        var body = JSON.createObjectNode()
                .put("seal", seal.id())
                .put("purpose", "合同")
                .put("signatures", "ses");
        body.set("digests", digests);
        var answer = browser.post(
                "/api/v1/stamps",
                body,
                "Authorization",
                officer(),
                "Idempotency-Key",
                UUID.randomUUID().toString());
        assertThat(answer.status()).as(answer.text()).isEqualTo(201);
        assertThat(answer.json().path("outcomes").path(0).path("format").asText())
                .isEqualTo("ses");
    }

    @Test
    void whatTheContractDoesNotKnow_isRefusedWithTheField() {
        var document = approval("错").pdf().toByteArray();
        assertThat(stamp(request(seal).put("place", "x"), document).code()).isEqualTo("unknown-member");
        assertThat(stamp(request(seal).put("level", "C"), document)
                        .json()
                        .path("field")
                        .asText())
                .isEqualTo("level");
        var wrong = request(seal);
        wrong.putArray("at").add("somewhere:1");
        assertThat(stamp(wrong, document).code()).isEqualTo("place");
        var noKey = browser.post("/api/v1/stamps", request(seal), "Authorization", officer());
        assertThat(noKey.code()).isEqualTo("header-missing");
        var noFile = browser.post(
                "/api/v1/stamps",
                "multipart/form-data; boundary=b",
                "--b\r\nContent-Disposition: form-data; name=\"request\"\r\n\r\n{}\r\n--b--\r\n"
                        .getBytes(StandardCharsets.US_ASCII),
                "Authorization",
                officer(),
                "Idempotency-Key",
                UUID.randomUUID().toString());
        assertThat(noFile.status()).isEqualTo(400);
    }

    @Test
    void moreBytesThanAllowed_areRefusedWhileTheyArrive_andNothingIsKept() throws Exception {
        var standard = Limits.defaults();
        var narrow = new Limits(
                standard.uploadBytes(),
                standard.uploadBytesInFlight(),
                100_000,
                200_000,
                standard.issuing(),
                standard.parsing(),
                standard.patience(),
                standard.idle(),
                standard.receive(),
                standard.stop());
        try (var small = RunningService.start(narrow)) {
            var answer = small.browser()
                    .post(
                            "/api/v1/stamps",
                            "multipart/form-data; boundary=b",
                            body(request(seal), new byte[150_000]),
                            "Authorization",
                            small.browser().bearer(RunningService.ISSUER),
                            "Idempotency-Key",
                            UUID.randomUUID().toString());
            assertThat(answer.status()).isEqualTo(413);
            // taken away when the refused request has ended, which may be after its answer
            for (int i = 0; i < 100 && !spooled().isEmpty(); i++) {
                Thread.sleep(50);
            }
            assertThat(spooled()).isEmpty();
        }
    }

    @Test
    void uploadThatBreaksOff_leavesNothing() throws Exception {
        var whole = body(request(seal), new byte[50_000]);
        try (var socket = new java.net.Socket(
                java.net.InetAddress.getLoopbackAddress(), running.url().getPort())) {
            var head = "POST /api/v1/stamps HTTP/1.1\r\nHost: x\r\nAuthorization: " + officer()
                    + "\r\nIdempotency-Key: broken-off-1\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: "
                    + whole.length + "\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(whole, 0, 20_000);
            socket.getOutputStream().flush();
            while (spooled().isEmpty()) {
                Thread.onSpinWait();
            }
        }
        for (int i = 0; i < 100 && !spooled().isEmpty(); i++) {
            Thread.sleep(50); // the server has yet to see that the connection is gone
        }
        assertThat(spooled()).isEmpty();
    }

    @Test
    void rehearsal_saysHowManyCouldBeStampedAgainWithAnotherSeal_andRecordsNothing() {
        var old = Machine.get().seal(GuardRails.of(BODY));
        var open = stamp(
                request(old),
                approval("开").ofd().toByteArray(),
                approval("件").pdf().toByteArray());
        var closed = stamp(request(old).put("closes", true), approval("封").ofd().toByteArray());
        assertThat(open.status()).isEqualTo(201);
        assertThat(closed.status()).isEqualTo(201);

        var path = "/api/v1/seals/" + old.id() + "/rehearsal";
        var custodian = browser.bearer(RunningService.SEAL_CUSTODIAN);
        var answer = browser.post(path, JSON.createObjectNode().put("with", seal.id()), "Authorization", custodian);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        assertThat(answer.json().path("tried").asInt()).isEqualTo(3);
        assertThat(answer.json().path("fine").asInt()).isEqualTo(2);
        assertThat(answer.json().path("obstacles").path("ofd-closed").asInt()).isEqualTo(1);
        var again = browser.post(path, JSON.createObjectNode().put("with", seal.id()), "Authorization", custodian);
        assertThat(again.json()).isEqualTo(answer.json());
        var unknown = browser.post(
                "/api/v1/seals/00000000000000/rehearsal",
                JSON.createObjectNode().put("with", seal.id()),
                "Authorization",
                custodian);
        assertThat(unknown.status()).isEqualTo(404);
    }

    private static List<java.nio.file.Path> spooled() throws java.io.IOException {
        try (var left = java.nio.file.Files.list(Machine.get().data().resolve("spool"))) {
            return left.toList();
        }
    }

    @Test
    void afterwards_nothingIsLeftInTheSpool() throws Exception {
        stamp(request(seal), approval("清").pdf().toByteArray());
        assertThat(spooled()).isEmpty();
    }

    private static SampleApproval approval(String project) {
        return new SampleApproval(TYPEFACES, project);
    }

    private static ObjectNode request(SealRecord with) {
        var request = JSON.createObjectNode().put("seal", with.id()).put("purpose", "建设项目批复");
        request.putArray("at").add("keyword:盖章处");
        return request;
    }

    private static String officer() {
        return browser.bearer(RunningService.ISSUER);
    }

    private static Browser.Answer stamp(JsonNode request, byte[]... documents) {
        return stamp(UUID.randomUUID().toString(), request, documents);
    }

    private static Browser.Answer stamp(String key, JsonNode request, byte[]... documents) {
        return browser.post(
                "/api/v1/stamps",
                "multipart/form-data; boundary=b",
                body(request, documents),
                "Authorization",
                officer(),
                "Idempotency-Key",
                key);
    }

    private static byte[] body(JsonNode request, byte[]... documents) {
        var body = new ByteArrayOutputStream();
        part(body, "name=\"request\"", request.toString().getBytes(StandardCharsets.UTF_8));
        for (var document : List.of(documents)) {
            part(body, "name=\"file\"; filename=\"批复\"", document);
        }
        body.writeBytes("--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private static void part(ByteArrayOutputStream body, String disposition, byte[] content) {
        body.writeBytes(("--b\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
                .getBytes(StandardCharsets.UTF_8));
        body.writeBytes(content);
        body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }
}
