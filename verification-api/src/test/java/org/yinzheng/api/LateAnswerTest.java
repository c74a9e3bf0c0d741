package org.yinzheng.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.yinzheng.api.client.ApiClient;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.KnownSigners;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verification.DocumentVerifier;

/// A client waits for the answers that a server gives later, and their receipts are as good as others.
@Timeout(120)
class LateAnswerTest {
    private static RunningService running;

    @BeforeAll
    static void start() {
        running = RunningService.start();
    }

    @AfterAll
    static void stop() {
        running.close();
    }

    @Test
    void largeDocument_isAnsweredLater_andItsReceiptHoldsOffline() throws Exception {
        var bytes = new byte[(int) VerificationParts.AT_ONCE + (1 << 20)];
        Arrays.fill(bytes, (byte) ' ');
        System.arraycopy("<?xml version=\"1.0\"?><a>".getBytes(UTF_8), 0, bytes, 0, 24);
        System.arraycopy("</a>".getBytes(UTF_8), 0, bytes, bytes.length - 4, 4);
        var document = DocumentBytes.owning(bytes);
        assertThat(running.browser()
                        .post("/api/v1/verifications", "application/octet-stream", bytes)
                        .status())
                .as("it is answered later")
                .isEqualTo(202);

        try (var client = new ApiClient(running.url(), Optional.empty())) {
            var answer = client.verifications().verify(document);
            assertThat(answer.path("state").asText()).isEqualTo("done");
            assertThat(answer.path("indication").asText()).isEqualTo("NO-SIGNATURE");
            var receipt = client.verifications().receipt(answer);
            var claims = new ObjectMapper().readTree(Base64.getUrlDecoder().decode(receipt.split("\\.", -1)[1]));
            assertThat(claims.at("/documents/0/digests/sha256").asText())
                    .isEqualTo(document.sha256().hex());

            var keys = running.browser().get("/.well-known/jwks.json").text();
            var trust = Trust.NONE.with(new KnownSigners(Set.of(), List.of(DocumentBytes.of(keys.getBytes(UTF_8)))));
            var verifier = new DocumentVerifier(trust);
            assertThat(verifier.verify(text(receipt), Instant.now()).indication())
                    .isEqualTo(Indication.TOTAL_PASSED);
            var parts = receipt.split("\\.", -1);
            var other = Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(claims.toString()
                            .replace(document.sha256().hex(), "0".repeat(64))
                            .getBytes(UTF_8));
            assertThat(verifier.verify(text(parts[0] + "." + other + "." + parts[2]), Instant.now())
                            .reasons())
                    .containsExactly(Flaw.SIG_CRYPTO_FAILURE);
        }
    }

    private static DocumentBytes text(String jws) {
        return DocumentBytes.of(jws.getBytes(UTF_8));
    }
}
