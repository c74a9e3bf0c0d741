package org.yinzheng.signing.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.crypto.MACSigner;
import java.nio.file.Path;
import java.security.interfaces.RSAPublicKey;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.certificate.KnownSigners;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.DsaValue;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.Signer;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.verdict.Flaw;
import org.yinzheng.signing.verdict.Gap;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verdict.SignedContent;
import org.yinzheng.signing.verification.DocumentVerifier;

class JwsVerifierTest {
    private static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    private static final String ID = "1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0";
    private static final SignedContent CONTENT =
            new SignedContent(ID, new TreeMap<>(Map.of("ZZMC", "营业执照", "CZZT", "海州市朝阳贸易有限公司")));

    @TempDir
    private static Path folder;

    private static DemonstrationAuthority authority;
    private static Signer sm2;
    private static Signer rsa;
    private static Signer ecdsa;
    private static JwsSigner receipts;
    private static Trust trust;

    @BeforeAll
    static void prepare() {
        authority = DemonstrationAuthority.open(
                new MemoryCustodian(), folder, Clock.fixed(AT.minusSeconds(3600), ZoneOffset.UTC));
        sm2 = authority.signer("印证市市场监督管理局", Suite.SM2_SM3);
        rsa = authority.signer("印证市市场监督管理局", Suite.RSA_SHA256);
        ecdsa = authority.signer("印证市市场监督管理局", Suite.ECDSA_P256_SHA256);
        receipts = new JwsSigner(ecdsa.key(), JwsAlgorithm.ES256);
        var keys = DocumentBytes.of(JwkSet.publish(
                        List.of(receipts.publicKey(), new JwsKey(rsa.key().publicKey(), JwsAlgorithm.RS256)))
                .getBytes(UTF_8));
        trust = authority.trust().with(new KnownSigners(Set.of(sm2.certificate()), List.of(keys)));
    }

    @Test
    void credentialOfAKnownAuthority_passesAndSaysWhatIsInIt() {
        var report = judged(LicenceCredential.sign(sm2.key(), CONTENT, AT));
        assertThat(report.reasons()).isEmpty();
        assertThat(report.format()).isEqualTo("QR");
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(report.content()).contains(CONTENT);
        assertThat(report.signatures().getFirst().signer()).contains("市场监督管理局");
        assertThat(report.signatures().getFirst().claimedTime()).contains(AT);
    }

    @Test
    void receiptOfAPinnedKey_passesInEverySerialisation() {
        var compact = receipts.sign("yinzheng-receipt+jwt", claims());
        var parts = compact.split("\\.", -1);
        var flattened = object("payload", parts[1]).put("protected", parts[0]).put("signature", parts[2]);
        var general = object("payload", parts[1]);
        general.putArray("signatures").addObject().put("protected", parts[0]).put("signature", parts[2]);
        for (var jws : new String[] {compact, compact + "\n", flattened.toString(), general.toString()}) {
            var report = judged(jws);
            assertThat(report.reasons()).as(jws).isEmpty();
            assertThat(report.format()).isEqualTo("JWS");
            assertThat(report.licenceId()).isEmpty();
        }
    }

    @Test
    void signerWithAChainToAnAnchor_passes_andWithoutAnAnchorIsIntact() {
        var header = header("RS256");
        header.putArray("x5c").add(Base64.getEncoder().encodeToString(Certificates.der(rsa.certificate())));
        var jws = sign(header, claims().toString(), rsa, SignatureScheme.RSA_SHA256);
        assertThat(judged(jws).reasons()).isEmpty();

        var strangers = (Report.Judged) new DocumentVerifier(Trust.NONE).verify(bytes(jws), AT);
        assertThat(strangers.indication()).isEqualTo(Indication.INDETERMINATE);
        assertThat(strangers.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(strangers.reasons()).contains(Gap.NO_CERTIFICATE_CHAIN_FOUND);
    }

    @Test
    void unknownKey_andTheKeyThatTheHeaderBrings_areNotBelieved() {
        var header = header("ES256").put("kid", "somebody");
        header.set("jwk", object("kty", "EC"));
        header.put("jku", "http://127.0.0.1/keys").put("x5u", "http://127.0.0.1/certificate");
        var report = judged(sign(header, "{}", ecdsa, SignatureScheme.ECDSA_SHA256));
        assertThat(report.reasons()).containsExactly(Gap.JWS_KEY_UNKNOWN);
        assertThat(report.integrity()).isEqualTo(Integrity.UNKNOWN);
    }

    @Test
    void changedContent_fails() {
        var parts = receipts.sign("yinzheng-receipt+jwt", claims()).split("\\.", -1);
        var other = Segments.encode(
                claims().put("indication", "TOTAL-FAILED").toString().getBytes(UTF_8));
        fails(parts[0] + "." + other + "." + parts[2], Flaw.SIG_CRYPTO_FAILURE, Integrity.MODIFIED);
    }

    @Test
    void algorithmThatTheKeyIsNotUsedWith_fails() throws Exception {
        var none = Segments.encode("{\"alg\":\"none\"}".getBytes(UTF_8)) + "." + Segments.encode("{}".getBytes(UTF_8))
                + ".";
        fails(none, Flaw.JWS_ALGORITHM_CONFUSED, Integrity.MODIFIED);

        var id = new JwsKey(rsa.key().publicKey(), JwsAlgorithm.RS256).id();
        var asPss = sign(header("PS256").put("kid", id), "{}", rsa, SignatureScheme.PSS_SHA256);
        fails(asPss, Flaw.JWS_ALGORITHM_CONFUSED, Integrity.MODIFIED);

        // RS256 turned into HS256, with the public key for a secret
        var input = Segments.encode(header("HS256").put("kid", id).toString().getBytes(UTF_8)) + "."
                + Segments.encode("{}".getBytes(UTF_8));
        var secret = ((RSAPublicKey) rsa.key().publicKey()).getEncoded();
        var mac = new MACSigner(secret)
                .sign(new com.nimbusds.jose.JWSHeader(com.nimbusds.jose.JWSAlgorithm.HS256), input.getBytes(UTF_8));
        fails(input + "." + mac, Flaw.JWS_ALGORITHM_CONFUSED, Integrity.MODIFIED);
    }

    @Test
    void headerThatDemandsWhatIsNotUnderstood_fails() {
        var critical = header("ES256").put("kid", receipts.publicKey().id()).put("exp", 1);
        critical.putArray("crit").add("exp");
        fails(sign(critical, "{}", ecdsa, SignatureScheme.ECDSA_SHA256), Flaw.JWS_CRITICAL_UNKNOWN, Integrity.UNKNOWN);
        critical.putArray("crit").add("nbf");
        fails(sign(critical, "{}", ecdsa, SignatureScheme.ECDSA_SHA256), Flaw.JWS_HEADER_FORBIDDEN, Integrity.UNKNOWN);

        var uncritical = header("ES256").put("kid", receipts.publicKey().id()).put("b64", false);
        fails(
                sign(uncritical, "{}", ecdsa, SignatureScheme.ECDSA_SHA256),
                Flaw.JWS_HEADER_FORBIDDEN,
                Integrity.UNKNOWN);
    }

    @Test
    void everyFormOfHeader_isRecognised() {
        var id = receipts.publicKey().id();
        for (var header : new String[] {
            "{ \"alg\":\"ES256\",\"kid\":\"" + id + "\"}",
            "{\n  \"alg\": \"ES256\",\n  \"kid\": \"" + id + "\"\n}",
            " \t{\"kid\":\"" + id + "\",\"alg\":\"ES256\"}",
            "\r\n{\r\n}"
        }) {
            var input = Segments.encode(header.getBytes(UTF_8)) + "." + Segments.encode("{}".getBytes(UTF_8));
            var value = DsaValue.raw(ecdsa.key().sign(SignatureScheme.ECDSA_SHA256, input.getBytes(UTF_8)));
            var jws = input + "." + Segments.encode(value);
            for (var space : new String[] {"", " \r\n\t"}) {
                var report = judged(space + jws);
                assertThat(report.format()).isEqualTo("JWS");
                if (header.contains("alg")) {
                    assertThat(report.reasons()).as(header).isEmpty();
                }
            }
        }
        for (var other : new String[] {
            "", "eyewitness.of.it", "hello.world.again", "W10.e30.AAAA", "{\"a\":1}", "ey", "e30", "InsiIg.e30.AAAA"
        }) {
            assertThat(verify(other).indication()).as(other).isEqualTo(Indication.MALFORMED);
        }
    }

    @Test
    void headerThatIsNotSigned_saysHowToCheck_andNothingMore() {
        var parts = receipts.sign("yinzheng-receipt+jwt", claims()).split("\\.", -1);
        var payload = parts[1];
        var value = DsaValue.raw(ecdsa.key().sign(SignatureScheme.ECDSA_SHA256, ("." + payload).getBytes(UTF_8)));
        var unsigned = object("payload", payload).put("signature", Segments.encode(value));
        unsigned.set("header", header("ES256").put("kid", receipts.publicKey().id()));
        assertThat(judged(unsigned.toString()).reasons()).isEmpty();

        var twice = object("payload", payload).put("protected", parts[0]).put("signature", parts[2]);
        twice.set("header", header("ES256"));
        assertThat(judged(twice.toString()).reasons()).containsExactly(Flaw.JWS_HEADER_FORBIDDEN);
        var critical = object("payload", payload).put("protected", parts[0]).put("signature", parts[2]);
        critical.set("header", object("b64", "false"));
        assertThat(judged(critical.toString()).reasons()).containsExactly(Flaw.JWS_HEADER_FORBIDDEN);
        var none = object("payload", payload).put("signature", parts[2]);
        assertThat(judged(none.toString()).reasons()).containsExactly(Flaw.JWS_MALFORMED);
    }

    @Test
    void typeThatIsNotSigned_makesNoCredential() {
        var parts = LicenceCredential.sign(sm2.key(), CONTENT, AT).split("\\.", -1);
        var header = new String(Base64.getUrlDecoder().decode(parts[0]), UTF_8);
        assertThat(header).contains("\"typ\"");
        var without = header.replaceFirst("\"typ\":\"[^\"]*\",?", "").replace(",}", "}");
        var signed = sign(Segments.encode(without.getBytes(UTF_8)) + "." + parts[1]);
        var flattened = object("payload", parts[1])
                .put("protected", signed.substring(0, signed.indexOf('.')))
                .put("signature", signed.substring(signed.lastIndexOf('.') + 1));
        flattened.set("header", object("typ", LicenceCredential.TYPE));
        var report = judged(flattened.toString());
        assertThat(report.reasons()).isEmpty();
        assertThat(report.content()).isEmpty();
    }

    private static String sign(String input) {
        return input + "." + Segments.encode(DsaValue.raw(sm2.key().sign(input.getBytes(UTF_8))));
    }

    @Test
    void looseEncoding_fails() {
        var jws = receipts.sign("yinzheng-receipt+jwt", claims());
        for (var loose : new String[] {
            jws + "=",
            jws.replaceFirst("\\.", "\n."),
            jws + ".e30",
            jws.replace('.', '+'),
            "eyJhbGciOiJub25lIiwiYWxnIjoiRVMyNTYifQ.e30.AAAA"
        }) {
            var report = verify(loose);
            assertThat(report.reasons()).as(loose).containsExactly(Flaw.JWS_MALFORMED);
        }
    }

    @Test
    void detachedContent_isAskedFor_andVerifiedWhenItIsGiven() {
        var header = header("ES256").put("kid", receipts.publicKey().id()).put("b64", false);
        header.putArray("crit").add("b64");
        var encoded = Segments.encode(header.toString().getBytes(UTF_8));
        var original = DocumentBytes.of("原件 $.02".getBytes(UTF_8));
        var input = DocumentBytes.of((encoded + "." + "原件 $.02").getBytes(UTF_8));
        var value = DsaValue.raw(ecdsa.key().sign(SignatureScheme.ECDSA_SHA256, input.toByteArray()));
        var jws = bytes(encoded + ".." + Segments.encode(value));

        assertThat(new DocumentVerifier(trust).verify(jws, AT).reasons()).containsExactly(Gap.ORIGINAL_MISSING);
        var verifier = new JwsVerifier(trust);
        assertThat(verifier.verify(jws, Optional.of(original), AT).reasons()).isEmpty();
        assertThat(verifier.verify(jws, Optional.of(bytes("another")), AT).reasons())
                .containsExactly(Flaw.SIG_CRYPTO_FAILURE);
    }

    private static void fails(String jws, Flaw flaw, Integrity integrity) {
        var report = verify(jws);
        assertThat(report.reasons()).as(jws).containsExactly((Reason) flaw);
        assertThat(report.integrity()).as(jws).isEqualTo(integrity);
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_FAILED);
    }

    private static ObjectNode claims() {
        return object("indication", "TOTAL-PASSED").put("iat", AT.getEpochSecond());
    }

    private static ObjectNode object(String name, String value) {
        return JsonNodeFactory.instance.objectNode().put(name, value);
    }

    private static ObjectNode header(String algorithm) {
        return object("alg", algorithm);
    }

    private static String sign(ObjectNode header, String payload, Signer signer, SignatureScheme scheme) {
        var input = Segments.encode(header.toString().getBytes(UTF_8)) + "." + Segments.encode(payload.getBytes(UTF_8));
        var value = signer.key().sign(scheme, input.getBytes(UTF_8));
        return input + "." + Segments.encode(scheme.equals(SignatureScheme.ECDSA_SHA256) ? DsaValue.raw(value) : value);
    }

    private static Report.Judged judged(String jws) {
        return (Report.Judged) verify(jws);
    }

    private static Report verify(String jws) {
        return new DocumentVerifier(trust).verify(bytes(jws), AT);
    }

    private static DocumentBytes bytes(String text) {
        return DocumentBytes.of(text.getBytes(UTF_8));
    }
}
