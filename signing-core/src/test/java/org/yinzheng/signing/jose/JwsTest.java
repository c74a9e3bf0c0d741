package org.yinzheng.signing.jose;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.nimbusds.jose.crypto.impl.ECDSA;
import com.nimbusds.jose.jwk.JWKSet;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.Tool;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.MemoryCustodian;
import org.yinzheng.signing.key.SigningKey;

class JwsTest {
    private static final String TYPE = "yinzheng-receipt+jws";
    private static final MemoryCustodian KEYS = new MemoryCustodian();
    private static final SigningKey RSA = KEYS.make("rsa", KeyKind.RSA_2048);
    private static final SigningKey P256 = KEYS.make("p256", KeyKind.P_256);
    private static final SigningKey SM2 = KEYS.make("sm2", KeyKind.SM2);
    private static final Base64.Encoder BASE64 = Base64.getUrlEncoder().withoutPadding();

    @TempDir
    private Path files;

    @ParameterizedTest
    @EnumSource
    void claimsSigned_areGivenBackByTheChecker(JwsAlgorithm algorithm) {
        var signer = signer(algorithm);
        var result = check(signer).check(signer.sign(TYPE, claims()), TYPE);
        assertThat(result).isEqualTo(new JwsResult.Valid(signer.publicKey().id(), claims()));
    }

    @ParameterizedTest
    @EnumSource
    void openssl_findsEachAlgorithmValid(JwsAlgorithm algorithm) throws Exception {
        var jws = signer(algorithm).sign(TYPE, claims());
        var value = signature(jws);
        var der = algorithm == JwsAlgorithm.ES256 ? ECDSA.transcodeSignatureToDER(value) : value;
        List<String> options = algorithm == JwsAlgorithm.PS256
                ? List.of("-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32")
                : List.of();
        assertThat(openssl("-sha256", key(algorithm).publicKey(), der, input(jws), options))
                .contains("Verified OK");
        assertThat(openssl("-sha256", key(algorithm).publicKey(), der, input(jws) + "x", options))
                .doesNotContain("Verified OK");
    }

    @Test
    void openssl_findsSm2Valid() throws Exception {
        var jws = Sm2Jws.sign(SM2, TYPE, claims());
        var der = ECDSA.transcodeSignatureToDER(signature(jws));
        assertThat(openssl("-sm3", SM2.publicKey(), der, input(jws), List.of("-sigopt", "distid:1234567812345678")))
                .contains("Verified OK");
    }

    @Test
    void sm2_isAcceptedByItsOwnCheckerOnly() {
        var jws = Sm2Jws.sign(SM2, TYPE, claims());
        assertThat(new Sm2Jws(List.of(SM2.publicKey())).check(jws, TYPE))
                .isEqualTo(new JwsResult.Valid(Sm2Jws.keyId(SM2.publicKey()), claims()));
        assertThat(check(signer(JwsAlgorithm.ES256)).check(jws, TYPE)).isEqualTo(refused(JwsResult.Reason.UNKNOWN_KEY));
        for (var algorithm : JwsAlgorithm.values()) {
            assertThatExceptionOfType(IllegalArgumentException.class)
                    .isThrownBy(() -> new JwsKey(SM2.publicKey(), algorithm));
        }
        // and the other way round: an SM2 checker knows no registered algorithm
        var forged = encoded(header("ES256", Sm2Jws.keyId(SM2.publicKey()), "")) + jws.substring(jws.indexOf('.'));
        assertThat(new Sm2Jws(List.of(SM2.publicKey())).check(forged, TYPE))
                .isEqualTo(refused(JwsResult.Reason.ALGORITHM));
        var changed = jws.substring(0, jws.lastIndexOf('.') + 1) + BASE64.encodeToString(new byte[64]);
        assertThat(new Sm2Jws(List.of(SM2.publicKey())).check(changed, TYPE))
                .isEqualTo(refused(JwsResult.Reason.SIGNATURE));
    }

    // J1

    @ParameterizedTest
    @ValueSource(strings = {"none", "None", "NONE", "nOnE", ""})
    void algorithmNone_withAndWithoutSignature_isRefused(String name) {
        var signer = signer(JwsAlgorithm.RS256);
        var jws = signer.sign(TYPE, claims());
        var header = encoded(header(name, signer.publicKey().id(), ""));
        var payload = jws.split("\\.", -1)[1];
        assertThat(check(signer).check(header + "." + payload + "." + jws.split("\\.", -1)[2], TYPE))
                .isEqualTo(refused(JwsResult.Reason.ALGORITHM));
        assertThat(check(signer).check(header + "." + payload + ".", TYPE))
                .isEqualTo(refused(JwsResult.Reason.MALFORMED));
        assertThat(check(signer).check(header + "." + payload, TYPE)).isEqualTo(refused(JwsResult.Reason.MALFORMED));
    }

    @Test
    void hmacWithThePublicKeyAsSecret_isRefused() throws Exception {
        var signer = signer(JwsAlgorithm.RS256);
        for (var secret : List.of(
                RSA.publicKey().getEncoded(),
                JwkSet.publish(List.of(signer.publicKey())).getBytes(UTF_8))) {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            var input = encoded(header("HS256", signer.publicKey().id(), "")) + "." + encoded(claims().toString());
            var jws = input + "." + BASE64.encodeToString(mac.doFinal(input.getBytes(UTF_8)));
            assertThat(check(signer).check(jws, TYPE)).isEqualTo(refused(JwsResult.Reason.ALGORITHM));
        }
    }

    @ParameterizedTest
    @CsvSource({"RS256,PS256", "PS256,RS256", "RS256,ES256", "RS256,RS384", "RS256,RS512", "RS256,rs256", "ES256,ES384"
    })
    void anotherAlgorithmThanTheKeys_isRefused(JwsAlgorithm configured, String claimed) {
        var signer = signer(configured);
        var jws = signer.sign(TYPE, claims());
        var changed = encoded(header(claimed, signer.publicKey().id(), "")) + jws.substring(jws.indexOf('.'));
        assertThat(check(signer).check(changed, TYPE)).isEqualTo(refused(JwsResult.Reason.ALGORITHM));
    }

    @Test
    void rightlySignedWithAnotherAlgorithmOfTheSameKey_isRefused() {
        var pss = signer(JwsAlgorithm.PS256).sign(TYPE, claims());
        assertThat(check(signer(JwsAlgorithm.RS256)).check(pss, TYPE)).isEqualTo(refused(JwsResult.Reason.ALGORITHM));
    }

    // J2

    @Test
    void attackersKeyInTheHeader_isNeverLookedAt() {
        var attacker = new JwsSigner(new MemoryCustodian().make("a", KeyKind.P_256), JwsAlgorithm.ES256);
        var known = signer(JwsAlgorithm.ES256);
        var jwk = attacker.publicKey().jwk().toJSONString();
        for (var extra : List.of(
                ",\"jwk\":" + jwk,
                ",\"jku\":\"https://attacker.invalid/keys\"",
                ",\"x5u\":\"https://attacker.invalid/chain\"",
                ",\"x5c\":[\"MIIB\"]",
                ",\"x5t#S256\":\"AAAA\"")) {
            var header = encoded(header("ES256", known.publicKey().id(), extra));
            var jws = known.sign(TYPE, claims());
            assertThat(check(known).check(header + jws.substring(jws.indexOf('.')), TYPE))
                    .as(extra)
                    .isEqualTo(refused(JwsResult.Reason.HEADER));
        }
        assertThat(check(known).check(attacker.sign(TYPE, claims()), TYPE))
                .isEqualTo(refused(JwsResult.Reason.UNKNOWN_KEY));
    }

    @Test
    void attackersSignatureUnderAKnownKeysName_isRefused() {
        var attacker = new JwsSigner(new MemoryCustodian().make("a", KeyKind.P_256), JwsAlgorithm.ES256);
        var known = signer(JwsAlgorithm.ES256);
        var theirs = attacker.sign(TYPE, claims());
        var jws = encoded(header("ES256", known.publicKey().id(), "")) + theirs.substring(theirs.indexOf('.'));
        assertThat(check(known).check(jws, TYPE)).isEqualTo(refused(JwsResult.Reason.SIGNATURE));
    }

    @Test
    void ecdsaOfZeros_isRefused() {
        var known = signer(JwsAlgorithm.ES256);
        var jws = known.sign(TYPE, claims());
        for (int length : new int[] {1, 63, 64, 65, 72}) {
            var forged = jws.substring(0, jws.lastIndexOf('.') + 1) + BASE64.encodeToString(new byte[length]);
            assertThat(check(known).check(forged, TYPE)).isEqualTo(refused(JwsResult.Reason.SIGNATURE));
        }
    }

    // J3

    @ParameterizedTest
    @ValueSource(
            strings = {
                ",\"crit\":[\"exp\"]",
                ",\"crit\":[]",
                ",\"b64\":false,\"crit\":[\"b64\"]",
                ",\"b64\":true",
                ",\"cty\":\"JWT\"",
                ",\"zip\":\"DEF\"",
                ",\"x\":1"
            })
    void headerThatSaysMore_isRefused(String extra) {
        var signer = signer(JwsAlgorithm.ES256);
        var jws = signer.sign(TYPE, claims());
        var header = encoded(header("ES256", signer.publicKey().id(), extra));
        assertThat(check(signer).check(header + jws.substring(jws.indexOf('.')), TYPE))
                .isEqualTo(refused(JwsResult.Reason.HEADER));
    }

    @Test
    void repeatedNames_inHeaderOrClaims_areRefused() throws Exception {
        var signer = signer(JwsAlgorithm.RS256);
        var id = signer.publicKey().id();
        var twice = List.of(
                new String[] {header("RS256", id, ",\"alg\":\"RS256\""), claims().toString()},
                new String[] {header("RS256", id, ",\"alg\":\"none\""), claims().toString()},
                new String[] {header("RS256", id, ""), "{\"verdict\":\"a\",\"verdict\":\"b\"}"},
                new String[] {header("RS256", id, ""), "{\"a\":{\"b\":1,\"b\":2}}"});
        for (var parts : twice) {
            // rightly signed, so that nothing but the repetition is wrong
            var input = encoded(parts[0]) + "." + encoded(parts[1]);
            var jws = input + "." + BASE64.encodeToString(RSA.sign(input.getBytes(UTF_8)));
            assertThat(check(signer).check(jws, TYPE)).isEqualTo(refused(JwsResult.Reason.MALFORMED));
        }
    }

    @Test
    void otherSpellingsOfTheSameBytes_areRefused() {
        var signer = signer(JwsAlgorithm.RS256);
        var jws = signer.sign(TYPE, claims());
        var parts = jws.split("\\.", -1);
        var variants = new ArrayList<String>(List.of(
                jws + "=",
                jws + "==",
                jws + ".",
                "." + jws,
                jws + "." + parts[2],
                " " + jws,
                jws + "\n",
                parts[0] + "." + parts[1] + "\n." + parts[2],
                parts[0] + ".." + parts[2],
                "." + parts[1] + "." + parts[2],
                "{\"payload\":\"" + parts[1] + "\",\"protected\":\"" + parts[0] + "\",\"signature\":\"" + parts[2]
                        + "\"}",
                parts[0] + "." + parts[1] + "." + parts[2].replace('-', '+').replace('_', '/') + "+",
                ""));
        // the last character of 256 bytes carries four bits that mean nothing
        var alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var last = alphabet.indexOf(jws.charAt(jws.length() - 1));
        variants.add(jws.substring(0, jws.length() - 1) + alphabet.charAt(last + 1));
        for (var variant : variants) {
            assertThat(check(signer).check(variant, TYPE)).as(variant).isEqualTo(refused(JwsResult.Reason.MALFORMED));
        }
    }

    @Test
    void claimsThatAreNoObject_andTextBehindIt_areRefused() {
        var signer = signer(JwsAlgorithm.RS256);
        for (var payload :
                List.of("[]", "1", "null", "\"x\"", "{} {}", "{", "{\"a\":" + "[".repeat(60) + "]".repeat(60) + "}")) {
            var input = encoded(header("RS256", signer.publicKey().id(), "")) + "." + encoded(payload);
            var jws = input + "." + BASE64.encodeToString(RSA.sign(input.getBytes(UTF_8)));
            assertThat(check(signer).check(jws, TYPE)).as(payload).isEqualTo(refused(JwsResult.Reason.MALFORMED));
        }
    }

    @Test
    void tooLong_isRefusedBeforeItIsRead() {
        assertThat(check(signer(JwsAlgorithm.RS256)).check("a".repeat(70_000), TYPE))
                .isEqualTo(refused(JwsResult.Reason.TOO_LONG));
    }

    @Test
    void anotherType_isRefused() {
        var signer = signer(JwsAlgorithm.ES256);
        for (var type : List.of("JWT", "yinzheng-token+jws", TYPE.toUpperCase(java.util.Locale.ROOT))) {
            assertThat(check(signer).check(signer.sign(type, claims()), TYPE))
                    .isEqualTo(refused(JwsResult.Reason.TYPE));
        }
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> signer.sign("a b", claims()));
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> signer.sign("", claims()));
    }

    @Test
    void everyChangedCharacter_isRefused() {
        var signer = signer(JwsAlgorithm.ES256);
        var jws = signer.sign(TYPE, claims());
        var check = check(signer);
        for (int i = 0; i < jws.length(); i++) {
            var changed = jws.substring(0, i) + (jws.charAt(i) == 'A' ? 'B' : 'A') + jws.substring(i + 1);
            assertThat(check.check(changed, TYPE)).isInstanceOf(JwsResult.Refused.class);
        }
    }

    // keys

    @Test
    void publishedKeys_arePublicAndNamedByTheirThumbprint() throws Exception {
        var keys = List.of(
                signer(JwsAlgorithm.RS256).publicKey(),
                signer(JwsAlgorithm.ES256).publicKey());
        var json = JwkSet.publish(keys);
        var read = JWKSet.parse(json);
        assertThat(json).doesNotContain("\"d\"", "\"p\"", "\"q\"");
        assertThat(read.getKeys()).allSatisfy(key -> {
            assertThat(key.isPrivate()).isFalse();
            assertThat(key.getKeyID()).isEqualTo(key.computeThumbprint().toString());
            assertThat(key.getKeyUse().identifier()).isEqualTo("sig");
        });
    }

    @Test
    void keyOfAnotherKind_isRefused() {
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new JwsSigner(RSA, JwsAlgorithm.ES256));
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> new JwsSigner(P256, JwsAlgorithm.RS256));
    }

    private String openssl(String digest, PublicKey key, byte[] der, String input, List<String> options)
            throws Exception {
        var pem = "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8)).encodeToString(key.getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
        Files.writeString(files.resolve("key.pem"), pem);
        Files.write(files.resolve("value"), der);
        Files.writeString(files.resolve("input"), input);
        var command = new ArrayList<>(List.of("openssl", "dgst", digest, "-verify", "key.pem"));
        command.addAll(options);
        command.addAll(List.of("-signature", "value", "input"));
        return Tool.run(files, command.toArray(String[]::new)).text();
    }

    private static byte[] signature(String jws) {
        return Base64.getUrlDecoder().decode(jws.substring(jws.lastIndexOf('.') + 1));
    }

    private static String input(String jws) {
        return jws.substring(0, jws.lastIndexOf('.'));
    }

    private static String header(String algorithm, String keyId, String extra) {
        return "{\"alg\":\"" + algorithm + "\",\"typ\":\"" + TYPE + "\",\"kid\":\"" + keyId + "\"" + extra + "}";
    }

    private static String encoded(String text) {
        return BASE64.encodeToString(text.getBytes(UTF_8));
    }

    private static ObjectNode claims() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("verdict", "TOTAL-PASSED")
                .put("对象", "证照");
    }

    private static SigningKey key(JwsAlgorithm algorithm) {
        return algorithm == JwsAlgorithm.ES256 ? P256 : RSA;
    }

    private static JwsSigner signer(JwsAlgorithm algorithm) {
        return new JwsSigner(key(algorithm), algorithm);
    }

    private static JwsCheck check(JwsSigner signer) {
        return new JwsCheck(List.of(signer.publicKey()));
    }

    private static JwsResult refused(JwsResult.Reason reason) {
        return new JwsResult.Refused(reason);
    }
}
