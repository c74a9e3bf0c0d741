package org.yinzheng.signing.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.cms.CmsCheck.SignedBytes;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Reason;

/// What a token proves, to whom, and when.
class TimestampTokenTest {
    private static final DocumentBytes STAMPED = bytes("a signature value");
    private static final DocumentBytes DIGEST =
            DocumentBytes.owning(Cryptography.digest("SHA-256").digest(STAMPED.toByteArray()));

    @Test
    void tokenOfATrustedAuthority_provesTheTime() {
        for (var suite : new Suite[] {Suite.RSA_SHA256, Suite.SM2_SM3}) {
            var result = judge(token(suite), STAMPED, Parties.TRUST, Parties.AT.plusSeconds(60));
            assertThat(result).as("%s", result).isInstanceOf(TimestampResult.Proven.class);
            assertThat(((TimestampResult.Proven) result).time()).isEqualTo(Parties.AT);
        }
    }

    @Test
    void tokenOverOtherBytes_isInvalid() {
        var result = judge(token(Suite.RSA_SHA256), bytes("another"), Parties.TRUST, Parties.AT);
        assertThat(result).isInstanceOf(TimestampResult.Unproven.class);
        assertThat(reasons(result)).containsExactly(Flaw.TIMESTAMP_TRANSPLANTED);
    }

    @Test
    void unknownAuthority_isAGapAndNoFlaw() {
        var result = judge(token(Suite.SM2_SM3), STAMPED, Trust.NONE, Parties.AT);
        assertThat(result).isInstanceOf(TimestampResult.Unproven.class);
        assertThat(reasons(result)).contains(Gap.TIMESTAMP_UNTRUSTED).noneMatch(Flaw.class::isInstance);
    }

    @Test
    void certificateExpiredSince_provesNothingUnlessALaterTimestampKnewTheToken() {
        var late = Parties.AT.plus(Duration.ofDays(6 * 365));
        assertThat(reasons(judge(token(Suite.RSA_SHA256), STAMPED, Parties.TRUST, late)))
                .contains(Gap.OUT_OF_BOUNDS_NO_POE);
        var known = TimestampToken.parse(token(Suite.RSA_SHA256))
                .judge(
                        SignedBytes.of(STAMPED),
                        List.of(),
                        Parties.TRUST,
                        Optional.of(Parties.AT.plusSeconds(600)),
                        late);
        assertThat(known).as("%s", known).isInstanceOf(TimestampResult.Proven.class);
    }

    @Test
    void tokenOfTheFuture_isInImpossibleOrder() {
        assertThat(reasons(judge(token(Suite.RSA_SHA256), STAMPED, Parties.TRUST, Parties.AT.minusSeconds(30))))
                .containsExactly(Gap.TIMESTAMP_ORDER_FAILURE);
    }

    @Test
    void everyChangedByte_isNoticed() {
        var token = token(Suite.SM2_SM3).toByteArray();
        for (int i = 0; i < token.length; i++) {
            var changed = token.clone();
            changed[i] ^= 1;
            try {
                var result = judge(DocumentBytes.owning(changed), STAMPED, Parties.TRUST, Parties.AT);
                // A changed issuing certificate inside is no longer on the path: the anchors we hold stand in for it
                if (result instanceof TimestampResult.Proven) {
                    assertThat(isInTheEnclosedIssuer(token, i))
                            .as("byte %d of %s", i, java.util.HexFormat.of().formatHex(token, i - 20, i + 20))
                            .isTrue();
                }
            } catch (InvalidInput e) {
                assertThat(e.code()).isEqualTo("timestamp-form");
            }
        }
    }

    private static boolean isInTheEnclosedIssuer(byte[] token, int index) {
        var issuer = Certificates.der(Parties.signer(Suite.SM2_SM3).chain().get(1));
        var from = Collections.indexOfSubList(boxed(token), boxed(issuer));
        return index >= from && index < from + issuer.length;
    }

    private static List<Byte> boxed(byte[] bytes) {
        var boxed = new Byte[bytes.length];
        Arrays.setAll(boxed, i -> bytes[i]);
        return List.of(boxed);
    }

    @Test
    void answerToAnotherRequest_isRefused() {
        var one = TimestampRequest.over(DIGEST, Suite.RSA_SHA256);
        var other = TimestampRequest.over(DIGEST, Suite.RSA_SHA256);
        var answer = Parties.AUTHORITY.answer(one.der());
        assertThat(one.answeredBy(answer).time()).isEqualTo(Parties.AT);
        assertThatThrownBy(() -> other.answeredBy(answer)).isInstanceOf(Failure.NotDone.class);
    }

    @Test
    void whatIsNoAnswer_isNotDone() {
        var request = TimestampRequest.over(DIGEST, Suite.RSA_SHA256);
        for (var answer : List.of(
                bytes(""),
                bytes("<html>"),
                DocumentBytes.of(new byte[70_000]),
                request.der(),
                token(Suite.RSA_SHA256))) {
            assertThatThrownBy(() -> request.answeredBy(answer)).isInstanceOf(Failure.NotDone.class);
        }
    }

    private static DocumentBytes token(Suite suite) {
        return Parties.AUTHORITY.token(STAMPED, suite);
    }

    private static DocumentBytes bytes(String text) {
        return DocumentBytes.of(text.getBytes(StandardCharsets.UTF_8));
    }

    private static TimestampResult judge(DocumentBytes token, DocumentBytes stamped, Trust trust, Instant at) {
        return TimestampToken.parse(token).judge(SignedBytes.of(stamped), List.of(), trust, Optional.empty(), at);
    }

    static List<Reason> reasons(TimestampResult result) {
        return result.checks().stream()
                .flatMap(check -> check.reason().stream())
                .toList();
    }
}
