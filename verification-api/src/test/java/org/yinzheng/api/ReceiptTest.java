package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.Digest;
import org.yinzheng.testdata.DemoPeople;

class ReceiptTest {
    private static final String VERIFICATIONS = "/api/v1/verifications";
    private static final DemoPeople.Citizen CITIZEN = DemoPeople.citizens().get(0);

    private static RunningService running;
    private static Browser browser;
    private static byte[] pdf;

    @BeforeAll
    static void start() {
        running = RunningService.start();
        browser = running.browser();
        var issuer = browser.bearer(RunningService.ISSUER);
        var id = browser.post(
                        "/api/v1/licences",
                        Asked.residencePermit(CITIZEN),
                        "Authorization",
                        issuer,
                        "Idempotency-Key",
                        Asked.newKey())
                .json()
                .path("id")
                .asText();
        pdf = browser.get("/api/v1/licences/" + id + "/renditions/pdf", "Authorization", issuer)
                .response()
                .body();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void anotherLibrary_acceptsTheReceiptByThePublishedKeys() throws Exception {
        var answer = verify(List.of(pdf), Map.of("holder", CITIZEN.id(), "purpose", "开户核验"));
        var receipt = browser.get(answer.at("/receipt/jws").asText());
        var object = JWSObject.parse(receipt.text());
        var key = (ECKey) JWKSet.parse(browser.get("/.well-known/jwks.json").text())
                .getKeyByKeyId(object.getHeader().getKeyID());

        assertThat(receipt.header("Content-Type")).isEqualTo("application/jose");
        assertThat(object.getHeader().getType().getType()).isEqualTo("yinzheng-receipt+jwt");
        assertThat(object.verify(new ECDSAVerifier(key))).isTrue();
        assertThat(key.isPrivate()).isFalse();
        var claims = new ObjectMapper().readTree(object.getPayload().toString());
        OpenApi.follows("Receipt", claims);
        assertThat(claims.path("jti")).isEqualTo(answer.path("id"));
        assertThat(claims.at("/documents/0/digests/sha256").asText())
                .isEqualTo(Digest.sha256(pdf).hex());
        assertThat(claims.at("/documents/0/digests/sm3").asText()).hasSize(64);
        assertThat(claims.at("/documents/0/size").asInt()).isEqualTo(pdf.length);
        assertThat(claims.at("/answers/holder/code").asText()).isEqualTo("HOLDER_MATCHES");
        assertThat(claims.at("/asked/purpose").asText()).isEqualTo("开户核验");
        assertThat(claims.at("/standing/standing").asText()).isEqualTo("IN_FORCE");
        assertThat(claims.path("software").asText()).isNotEmpty();
        assertThat(claims.toString())
                .doesNotContain(CITIZEN.id())
                .doesNotContain(CITIZEN.name())
                .doesNotContain("\"file\"");
    }

    @Test
    void plainJdk_acceptsTheReceiptToo() throws Exception {
        var answer = verify(List.of(pdf), Map.of());
        var compact = browser.get(answer.at("/receipt/jws").asText()).text();
        var key = (ECKey) JWKSet.parse(browser.get("/.well-known/jwks.json").text())
                .getKeys()
                .getFirst();
        var signature = Signature.getInstance("SHA256withECDSAinP1363Format");
        signature.initVerify(key.toECPublicKey());
        signature.update(compact.substring(0, compact.lastIndexOf('.')).getBytes(StandardCharsets.US_ASCII));

        assertThat(signature.verify(JWSObject.parse(compact).getSignature().decode()))
                .isTrue();
    }

    @Test
    void receipt_isTheSameEachTime() {
        var path = verify(List.of(pdf), Map.of()).at("/receipt/jws").asText();

        assertThat(browser.get(path).text()).isEqualTo(browser.get(path).text());
    }

    @Test
    void paper_isGenuineAndSaysWhatWasFound() throws Exception {
        var answer = verify(List.of(pdf), Map.of("holder", CITIZEN.id(), "purpose", "开户核验"));
        var paper = browser.get(answer.at("/receipt/pdf").asText());
        var file = Machine.get().data().resolve("receipt.pdf");
        Files.write(file, paper.response().body());

        assertThat(paper.header("Content-Type")).isEqualTo("application/pdf");
        assertThat(verify(List.of(paper.response().body()), Map.of())
                        .path("indication")
                        .asText())
                .isEqualTo("TOTAL-PASSED");
        var text = run("pdftotext", "-layout", file.toString(), "-");
        assertThat(text)
                .contains(
                        "核验回执",
                        "开户核验",
                        "HOLDER_MATCHES",
                        "LICENCE_IN_FORCE",
                        answer.path("id").asText())
                .contains(Digest.sha256(pdf).hex())
                .doesNotContain(CITIZEN.id())
                .doesNotContain(CITIZEN.name());
        assertThat(run("pdfsig", file.toString())).contains("Signature is Valid", "Total document signed");
        assertThat(run("pdfinfo", file.toString())).contains("Pages:           1");
    }

    @Test
    void forgedDocument_hasAReceiptThatSaysSo() {
        var forged = pdf.clone();
        forged[forged.length / 4] ^= 1;
        var answer = verify(List.of(forged), Map.of());

        assertThat(answer.at("/answers/genuine/value").asText()).isEqualTo("NO");
        assertThat(browser.get(answer.at("/receipt/pdf").asText()).status()).isEqualTo(200);
        assertThat(browser.get(answer.at("/receipt/jws").asText()).status()).isEqualTo(200);
    }

    @Test
    void wordsThatCannotBePrinted_stayInTheMachineReadableReceipt() {
        var answer = verify(List.of(pdf), Map.of("purpose", "用途 \uD83D\uDE00 x"));

        assertThat(browser.get(answer.at("/receipt/pdf").asText()).status()).isEqualTo(200);
    }

    @Test
    void fiveDocuments_stillFitOnOnePage() {
        var broken = "x".getBytes(StandardCharsets.US_ASCII);
        var answer = verify(List.of(pdf, pdf, broken, pdf, pdf), Map.of("purpose", "用".repeat(100)));

        assertThat(browser.get(answer.at("/receipt/pdf").asText()).status()).isEqualTo(200);
    }

    private static JsonNode verify(List<byte[]> files, Map<String, String> fields) {
        return browser.post(VERIFICATIONS, "multipart/form-data; boundary=b", VerificationTest.multipart(files, fields))
                .json();
    }

    private static String run(String... command) throws Exception {
        var output = Path.of("target").resolve("output-" + command[0] + ".txt").toFile();
        var process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output)
                .start();
        process.waitFor();
        return Files.readString(output.toPath());
    }
}
