package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yinzheng.registry.audit.LogProof;
import org.yinzheng.signing.Digest;
import org.yinzheng.testdata.DemoPeople;

class VerificationTest {
    private static final String VERIFICATIONS = "/api/v1/verifications";
    private static final DemoPeople.Citizen CITIZEN = DemoPeople.citizens().get(0);
    private static final DemoPeople.Citizen OTHER = DemoPeople.citizens().get(1);

    private static RunningService running;
    private static Browser browser;
    private static String clerk;
    private static String id;
    private static byte[] pdf;
    private static byte[] ofd;

    @BeforeAll
    static void start() {
        running = RunningService.start();
        browser = running.browser();
        clerk = browser.bearer(RunningService.CLERK);
        var issuer = browser.bearer(RunningService.ISSUER);
        id = issue(issuer);
        pdf = rendition(issuer, id, "pdf");
        ofd = rendition(issuer, id, "ofd");
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void genuineLicenceOfItsHolder_isThreeTimesYes() {
        var answer = send(List.of(pdf), Map.of("holder", CITIZEN.id(), "purpose", "开户核验"));

        assertThat(codes(answer)).containsExactly("GENUINE", "LICENCE_IN_FORCE", "HOLDER_MATCHES");
        assertThat(values(answer)).containsOnly("YES");
        assertThat(answer.at("/asked/purpose").asText()).isEqualTo("开户核验");
        assertThat(answer.toString()).doesNotContain(CITIZEN.id());
    }

    /// Whoever has the licence can show to anybody, without us, that its issue is in the log.
    @Test
    void genuineLicence_comesWithItsProofFromTheLog_andNothingElseDoes() {
        var log = Machine.get().parts().audit().log();
        log.advance();
        var proof = LogProof.parse(send(List.of(pdf), Map.of()).path("logProof").asText());

        assertThat(proof.check(log.key()).size()).isPositive();
        assertThat(proof.entry().subject()).isEqualTo(id);
        assertThat(proof.entry().details()).containsValue(Digest.sha256(pdf).hex());
        assertThat(send(List.of(pdf, ofd), Map.of()).path("logProof").asText()).startsWith("c2sp.org/tlog-proof@v1");

        var forged = pdf.clone();
        forged[forged.length / 4] ^= 1;
        assertThat(send(List.of(forged), Map.of()).has("logProof")).isFalse();
        // names the licence, and is not established as it: at that time nobody vouched for the signer yet
        var early = send(List.of(pdf), Map.of("at", "2020-01-01T00:00:00Z"));
        assertThat(early.at("/standing/known").asBoolean()).isTrue();
        assertThat(early.path("indication").asText()).isEqualTo("INDETERMINATE");
        assertThat(early.has("logProof")).isFalse();
        var named = browser.post(VERIFICATIONS, object().put("licenceId", id)).json();
        assertThat(named.at("/standing/known").asBoolean()).isTrue();
        assertThat(named.has("logProof")).isFalse();
    }

    @Test
    void anotherHolder_isNo() {
        var answer = send(List.of(pdf), Map.of("holder", OTHER.id()));

        assertThat(codes(answer)).containsExactly("GENUINE", "LICENCE_IN_FORCE", "HOLDER_DIFFERS");
        assertThat(answer.at("/answers/next/zh").asText()).contains("请勿");
    }

    @Test
    void holderNotNamed_isNotAnswered() {
        assertThat(codes(send(List.of(pdf), Map.of())).getLast()).isEqualTo("HOLDER_NOT_ASKED");
    }

    @Test
    void forgedLicence_tellsNothingOfItsHolder() {
        var forged = pdf.clone();
        forged[forged.length / 4] ^= 1;
        var answer = send(List.of(forged), Map.of("holder", CITIZEN.id()));

        assertThat(values(answer)).containsExactly("NO", "CANNOT_SAY", "CANNOT_SAY");
        assertThat(codes(answer)).containsSubsequence("DOCUMENT_NOT_GENUINE", "HOLDER_NOT_COMPARED");
    }

    @Test
    void twoRenditionsOfOneLicence_areTwins() {
        var answer = send(List.of(pdf, ofd), Map.of("holder", CITIZEN.id()));

        assertThat(answer.at("/twins/state").asText()).isEqualTo("SAME");
        assertThat(answer.path("documents")).hasSize(2);
        assertThat(values(answer)).containsOnly("YES");
    }

    @Test
    void renditionsOfTwoLicences_areNotGenuineTogether() {
        var issuer = browser.bearer(RunningService.ISSUER);
        var other = rendition(issuer, issue(issuer), "ofd");
        var answer = send(List.of(pdf, other), Map.of("holder", CITIZEN.id()));

        assertThat(codes(answer)).containsExactly("TWINS_DIFFER", "DOCUMENT_NOT_GENUINE", "HOLDER_NOT_COMPARED");
    }

    @Test
    void digestOfStoredRendition_isRecognised() {
        var asked = object();
        asked.putObject("digest")
                .put("algorithm", "sha256")
                .put("value", Digest.sha256(ofd).hex());
        var answer = browser.post(VERIFICATIONS, asked).json();

        assertThat(codes(answer)).containsExactly("GENUINE", "LICENCE_IN_FORCE", "HOLDER_NOT_ASKED");
        assertThat(answer.path("format").asText()).isEqualTo("OFD");
    }

    @Test
    void sm3OfStoredRendition_isRecognised() {
        var digest = send(List.of(pdf), Map.of()).at("/digests/sm3").asText();
        Machine.get().parts().licences().addMissingDigests(1000);
        var asked = object();
        asked.putObject("digest").put("algorithm", "sm3").put("value", digest);

        assertThat(codes(browser.post(VERIFICATIONS, asked).json()).getFirst()).isEqualTo("GENUINE");
    }

    @Test
    void unknownDigest_cannotBeSaid() {
        var asked = object();
        asked.putObject("digest").put("algorithm", "sha256").put("value", "0".repeat(64));

        OpenApi.follows("Verification", browser.post(VERIFICATIONS, asked).json());
        assertThat(codes(browser.post(VERIFICATIONS, asked).json()))
                .containsExactly("DIGEST_NOT_ON_RECORD", "NOTHING_TO_ASK_FOR", "HOLDER_NOT_ASKED");
    }

    @Test
    void identifierOnly_asksTheRegistryAndNoMore() {
        var answer = browser.post(VERIFICATIONS, object().put("licenceId", id)).json();

        OpenApi.follows("Verification", answer);
        assertThat(codes(answer)).containsExactly("NO_DOCUMENT", "LICENCE_IN_FORCE", "HOLDER_NOT_ASKED");
        assertThat(codes(browser.post(VERIFICATIONS, object().put("licenceId", "1.2.3"))
                        .json()))
                .contains("LICENCE_NOT_ON_RECORD");
    }

    @Test
    void holderWithoutDocument_isForClerksOnly() {
        var asked = object().put("licenceId", id).put("holder", CITIZEN.id());
        var citizen = browser.bearer(RunningService.CITIZEN);

        assertThat(browser.post(VERIFICATIONS, asked).code()).isEqualTo("holder-needs-clerk");
        assertThat(browser.post(VERIFICATIONS, asked, "Authorization", citizen).code())
                .isEqualTo("holder-needs-clerk");
        assertThat(codes(browser.post(VERIFICATIONS, asked, "Authorization", clerk)
                        .json()))
                .containsExactly("NO_DOCUMENT", "LICENCE_IN_FORCE", "HOLDER_MATCHES");
    }

    @Test
    void guessingHolders_endsSoon() {
        var issuer = browser.bearer(RunningService.ISSUER);
        var another = rendition(issuer, issue(issuer), "pdf");
        for (int i = 0; i < 10; i++) {
            assertThat(codes(send(List.of(another), Map.of("holder", OTHER.id()))))
                    .contains("HOLDER_DIFFERS");
        }
        var refused = upload(List.of(another), Map.of("holder", CITIZEN.id()));

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.code()).isEqualTo("too-many-questions");
        assertThat(refused.header("Retry-After")).isNotEmpty();
    }

    @Test
    void numberOfNobody_isRefusedWithoutBeingRepeated() {
        var refused = upload(List.of(pdf), Map.of("holder", "110101199003071234"));

        assertThat(refused.status()).isEqualTo(422);
        assertThat(refused.code()).isEqualTo("holder-number-invalid");
        assertThat(refused.json().path("field").asText()).isEqualTo("holder");
        assertThat(refused.text()).doesNotContain("110101199003071234");
    }

    @Test
    void answer_isKept() {
        var answer = send(List.of(pdf), Map.of("purpose", "年检"));
        var again = browser.get(VERIFICATIONS + "/" + answer.path("id").asText());

        assertThat(again.json()).isEqualTo(answer);
        assertThat(browser.get(VERIFICATIONS + "/" + "A".repeat(24)).status()).isEqualTo(404);
        assertThat(browser.get("/verifications/" + answer.path("id").asText()).text())
                .contains("年检", "receipt.pdf");
    }

    @Test
    void askedToWait_answersLater() throws Exception {
        var accepted = upload(List.of(pdf), Map.of("holder", CITIZEN.id()), "Prefer", "respond-async");

        assertThat(accepted.status()).isEqualTo(202);
        assertThat(accepted.json().path("state").asText()).isEqualTo("pending");
        OpenApi.follows("Verification", accepted.json());
        var answer = browser.get(accepted.header("Location")).json();
        while (answer.path("state").asText().equals("pending")) {
            Thread.sleep(50);
            answer = browser.get(accepted.header("Location")).json();
        }
        assertThat(values(answer)).containsOnly("YES");
    }

    @Test
    void documentThatIsNoLicence_hasNoStanding() {
        var receipt =
                browser.get(send(List.of(pdf), Map.of()).at("/receipt/pdf").asText());
        var answer = send(List.of(receipt.response().body()), Map.of("holder", CITIZEN.id()));

        assertThat(codes(answer)).containsExactly("GENUINE", "NOT_A_LICENCE", "HOLDER_NOT_A_LICENCE");
        assertThat(answer.at("/answers/next/zh").asText()).doesNotContain("在案");
    }

    static List<String> codes(JsonNode answer) {
        return texts(answer, "code");
    }

    static List<String> values(JsonNode answer) {
        return texts(answer, "value");
    }

    private static List<String> texts(JsonNode answer, String member) {
        return List.of("genuine", "inForce", "holder").stream()
                .map(question ->
                        answer.at("/answers/" + question + "/" + member).asText())
                .toList();
    }

    private static JsonNode send(List<byte[]> files, Map<String, String> fields) {
        var answer = upload(files, fields);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        OpenApi.follows("Verification", answer.json());
        return answer.json();
    }

    private static Browser.Answer upload(List<byte[]> files, Map<String, String> fields, String... headers) {
        return browser.post(VERIFICATIONS, "multipart/form-data; boundary=b", multipart(files, fields), headers);
    }

    static byte[] multipart(List<byte[]> files, Map<String, String> fields) {
        var body = new ByteArrayOutputStream();
        fields.forEach((name, value) -> body.writeBytes(
                ("--b\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n")
                        .getBytes(StandardCharsets.UTF_8)));
        for (var file : files) {
            body.writeBytes(
                    "--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"f\"\r\nContent-Type: application/octet-stream\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            body.writeBytes(file);
            body.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
        }
        body.writeBytes("--b--\r\n".getBytes(StandardCharsets.US_ASCII));
        return body.toByteArray();
    }

    private static String issue(String issuer) {
        return browser.post(
                        "/api/v1/licences",
                        Asked.residencePermit(CITIZEN),
                        "Authorization",
                        issuer,
                        "Idempotency-Key",
                        Asked.newKey())
                .json()
                .path("id")
                .asText();
    }

    private static byte[] rendition(String issuer, String licence, String format) {
        return browser.get("/api/v1/licences/" + licence + "/renditions/" + format, "Authorization", issuer)
                .response()
                .body();
    }

    private static ObjectNode object() {
        return JsonNodeFactory.instance.objectNode();
    }
}
