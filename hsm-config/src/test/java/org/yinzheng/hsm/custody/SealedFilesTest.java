package org.yinzheng.hsm.custody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.hsm.token.TokenProfile;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.KeyKind;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SealedFilesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    private Token token;
    private Path keys;

    @BeforeAll
    void makeToken(@TempDir Path data) {
        token = Token.init(TokenProfile.softHsm(), data);
        keys = data.resolve("keys");
    }

    @AfterAll
    void closeToken() {
        token.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"publicKey", "iv", "sealed"})
    void bytesOfFileAltered_keyIsRefused(String part) throws Exception {
        custodian().make("altered-" + part, KeyKind.SM2);
        edit("altered-" + part, json -> {
            var bytes = json.get(part).binaryValue();
            bytes[bytes.length - 1] ^= 1;
            json.put(part, bytes);
        });

        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> custodian().find("altered-" + part));
    }

    @Test
    void publicKeyOfAnother_keyIsRefused() throws Exception {
        custodian().make("own", KeyKind.SM2);
        custodian().make("other", KeyKind.SM2);
        var other = JSON.readTree(Sealed.file(keys, "other").toFile()).get("publicKey");
        edit("own", json -> json.set("publicKey", other));

        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> custodian().find("own"));
    }

    @Test
    void fileRenamed_keyIsRefused() throws Exception {
        custodian().make("before", KeyKind.SM2);
        Files.copy(Sealed.file(keys, "before"), Sealed.file(keys, "after"));
        edit("after", json -> json.put("label", "after"));

        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> custodian().find("after"));
    }

    @Test
    void keyPresentedAsSecret_isRefused() throws Exception {
        custodian().make("disguised", KeyKind.SM2);
        edit("disguised", json -> json.put("content", "SECRET").put("publicKey", new byte[0]));

        assertThatExceptionOfType(SealBroken.class)
                .isThrownBy(() -> new SealedSecrets(token, keys).findOrMake("disguised", 32));
    }

    @Test
    void fileTruncated_keyIsRefused_andItsLabelStaysTaken() throws Exception {
        custodian().make("truncated", KeyKind.SM2);
        Files.writeString(Sealed.file(keys, "truncated"), "{\"version\":1,");

        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> custodian().find("truncated"));
        assertThatExceptionOfType(SealBroken.class).isThrownBy(() -> custodian().make("truncated", KeyKind.SM2));
    }

    @Test
    void sealedFile_isForItsOwnerOnly_andLeavesNothingBeside() throws Exception {
        custodian().make("private", KeyKind.SM2);

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Sealed.file(keys, "private"))))
                .isEqualTo("rw-------");
        try (var files = Files.list(keys)) {
            assertThat(files).noneMatch(file -> file.toString().endsWith(".new"));
        }
    }

    @Test
    void secret_isTheSameAgain_andNotInTheFile() throws Exception {
        var first = new SealedSecrets(token, keys).findOrMake("lookup", 32);
        var again = new SealedSecrets(token, keys).findOrMake("lookup", 32);

        assertThat(again).isEqualTo(first).hasSize(32).isNotEqualTo(new byte[32]);
        var sealed = JSON.readTree(Sealed.file(keys, "lookup").toFile())
                .get("sealed")
                .binaryValue();
        assertThat(new String(sealed, java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain(new String(first, java.nio.charset.StandardCharsets.ISO_8859_1));
    }

    @Test
    void secretOfAnotherLength_isRefused() {
        new SealedSecrets(token, keys).findOrMake("length", 32);

        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> new SealedSecrets(token, keys).findOrMake("length", 16));
    }

    private TokenCustodian custodian() {
        return new TokenCustodian(token, keys);
    }

    private interface Edit {
        void of(ObjectNode json) throws IOException;
    }

    private void edit(String label, Edit edit) throws IOException {
        var file = Sealed.file(keys, label);
        var json = (ObjectNode) JSON.readTree(file.toFile());
        edit.of(json);
        Files.write(file, JSON.writeValueAsBytes(json));
    }
}
