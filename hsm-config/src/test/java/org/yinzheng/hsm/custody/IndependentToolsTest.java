package org.yinzheng.hsm.custody;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Signature;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.hsm.token.TokenProfile;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;

/// What OpenSSL says of the signatures, and OpenSC of the keys.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IndependentToolsTest {
    private Path data;
    private Token token;
    private TokenCustodian custodian;

    @BeforeAll
    void makeToken(@TempDir Path directory) {
        data = directory;
        token = Token.init(TokenProfile.softHsm(), data);
        custodian = new TokenCustodian(token, data.resolve("keys"));
    }

    @AfterAll
    void closeToken() {
        token.close();
    }

    @ParameterizedTest
    @EnumSource(KeyKind.class)
    void signature_verifiesWithOpenssl_andNotForAnotherMessage(KeyKind kind) throws Exception {
        var key = custodian.make("openssl-" + kind, kind);
        Files.writeString(data.resolve("message"), "签名 signed");
        Files.write(data.resolve("signature"), key.sign(Files.readAllBytes(data.resolve("message"))));
        Files.writeString(data.resolve("key.pem"), pem(key));
        Files.writeString(data.resolve("other"), "签名 signed.");

        assertThat(run(Map.of(), openssl(kind, "message"))).contains("Verified OK");
        assertThat(run(Map.of(), openssl(kind, "other"))).doesNotContain("Verified OK");
    }

    private List<String> openssl(KeyKind kind, String message) {
        var command = new ArrayList<>(List.of("openssl", "dgst", kind == KeyKind.SM2 ? "-sm3" : "-sha256"));
        if (kind == KeyKind.SM2) {
            command.addAll(List.of("-sigopt", "distid:1234567812345678"));
        }
        command.addAll(List.of("-verify", file("key.pem"), "-signature", file("signature"), file(message)));
        return command;
    }

    @Test
    void keysInToken_areListedByOpensc_asMadeThereAndNeverToLeave() throws Exception {
        custodian.make("listed-rsa", KeyKind.RSA_2048);
        custodian.make("listed-p256", KeyKind.P_256);

        var listing = opensc("--list-objects");

        for (var label : List.of("listed-rsa", "listed-p256")) {
            assertThat(object(listing, "Private Key Object", label))
                    .contains("sensitive, always sensitive, never extractable, local");
            assertThat(object(listing, "Public Key Object", label)).contains("local");
        }
        assertThat(object(listing, "Secret Key Object", "yinzheng-sealing-key"))
                .contains("sensitive, always sensitive, never extractable, local");
        assertThat(listing.split("Secret Key Object", -1)).hasSize(2);
    }

    /// As a crash leaves it between naming the private key and storing its certificate.
    @Test
    void privateKeyWithoutCertificate_isNotFound_andGivesWayToANewKeyOfItsLabel() throws Exception {
        custodian.make("orphan", KeyKind.P_256);
        token.close();
        opensc("--delete-object", "--type", "cert", "--label", "orphan");
        token = Token.open(TokenProfile.softHsm(), data);
        custodian = new TokenCustodian(token, data.resolve("keys"));

        assertThat(custodian.find("orphan")).isEmpty();
        var key = custodian.make("orphan", KeyKind.P_256);
        var verifier = Signature.getInstance("SHA256withECDSA");
        verifier.initVerify(key.publicKey());
        assertThat(verifier.verify(key.sign(new byte[0]))).isTrue();
        assertThat(opensc("--list-objects")).contains("label:      orphan-"); // set aside, not destroyed
    }

    private String opensc(String... arguments) throws IOException, InterruptedException {
        var command = new ArrayList<>(
                List.of("pkcs11-tool", "--module", token.status().library(), "--login", "--pin", "env:YZ_PIN"));
        command.addAll(List.of(arguments));
        var pin = Files.readString(data.resolve("token/pin"));
        return run(Map.of("SOFTHSM2_CONF", file("token/softhsm2.conf"), "YZ_PIN", pin), command);
    }

    /// The lines about the one object of that class and label.
    private static String object(String listing, String objectClass, String label) {
        return java.util.Arrays.stream(listing.split("(?m)^(?=\\S)", -1))
                .filter(part -> part.startsWith(objectClass))
                .filter(part -> part.lines().anyMatch(line -> line.strip().equals("label:      " + label)))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no " + objectClass + " " + label + " in\n" + listing));
    }

    private String file(String name) {
        return data.resolve(name).toString();
    }

    private static String pem(SigningKey key) {
        return "-----BEGIN PUBLIC KEY-----\n"
                + Base64.getMimeEncoder().encodeToString(key.publicKey().getEncoded())
                + "\n-----END PUBLIC KEY-----\n";
    }

    private static String run(Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        var process = builder.start();
        var output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
