package org.yinzheng.registry.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;

class NoteTest {
    private static final String ORIGIN = "audit.example.cn/yinzheng";
    private static final SigningKey KEY = TestKey.p256();
    private static final Checkpoint CHECKPOINT = new Checkpoint(ORIGIN, 7, Merkle.EMPTY);

    @Test
    void checkpointSigned_isReadBack() {
        var note = Note.sign(CHECKPOINT.text(), ORIGIN, KEY);
        assertThat(Checkpoint.parse(Note.open(note, ORIGIN, KEY.publicKey()))).isEqualTo(CHECKPOINT);
        assertThat(note)
                .startsWith(ORIGIN + "\n7\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n\n\u2014 " + ORIGIN + " ");
    }

    @Test
    void signaturesOfOthers_arePassedOver() {
        var note = Note.sign(CHECKPOINT.text(), ORIGIN, KEY);
        var body = note.substring(0, note.indexOf("\n\n") + 2);
        var ours = note.substring(body.length());
        var others = "\u2014 witness.example AAAAAAAA\n"
                + Note.sign("x\n", ORIGIN, TestKey.p256()).substring(3);
        assertThat(Note.open(body + others + ours, ORIGIN, KEY.publicKey())).isEqualTo(CHECKPOINT.text());
        refused(body + others);
    }

    @Test
    void everyChangedByte_isRefused() {
        var note = Note.sign(CHECKPOINT.text(), ORIGIN, KEY);
        for (int i = 0; i < note.length(); i++) {
            refused(note.substring(0, i) + (note.charAt(i) == 'A' ? 'B' : 'A') + note.substring(i + 1));
        }
        for (var other : List.of("", "\n\n", note.stripTrailing(), note + "x", CHECKPOINT.text(), "a".repeat(70_000))) {
            refused(other);
        }
    }

    /// However the random value ends: 4 + 70, 71 or 72 bytes.
    @Test
    void base64WithUnusedBitsOrWithoutPadding_isRefused() {
        var note = Note.sign(CHECKPOINT.text(), ORIGIN, KEY);
        while (!note.endsWith("=\n")) {
            note = Note.sign(CHECKPOINT.text(), ORIGIN, KEY);
        }
        int last = note.indexOf('=', note.lastIndexOf(' ')) - 1;
        refused(note.substring(0, last) + (char) (note.charAt(last) + 1) + note.substring(last + 1));
        refused(note.substring(0, last + 1) + "\n");
    }

    @Test
    void logKey_isReadBack() {
        var text = new LogKey(ORIGIN, KEY.publicKey()).text();
        assertThat(LogKey.parse(text)).isEqualTo(new LogKey(ORIGIN, KEY.publicKey()));
        for (var other : List.of("", "a+b", text.replace("audit", "other") + "A", text.substring(5) + "=")) {
            assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> LogKey.parse(other));
        }
    }

    @Test
    void openssl_findsTheSignatureValid(@TempDir Path files) throws Exception {
        var note = Note.sign(CHECKPOINT.text(), ORIGIN, KEY);
        var signature = Base64.getDecoder().decode(note.strip().substring(note.lastIndexOf(' ') + 1));
        Files.writeString(files.resolve("text"), CHECKPOINT.text());
        Files.write(files.resolve("value"), Arrays.copyOfRange(signature, 4, signature.length));
        Files.writeString(
                files.resolve("key.pem"),
                "-----BEGIN PUBLIC KEY-----\n"
                        + Base64.getMimeEncoder(64, "\n".getBytes(UTF_8))
                                .encodeToString(KEY.publicKey().getEncoded())
                        + "\n-----END PUBLIC KEY-----\n");
        var openssl = new ProcessBuilder(
                        "openssl", "dgst", "-sha256", "-verify", "key.pem", "-signature", "value", "text")
                .directory(files.toFile())
                .redirectErrorStream(true)
                .start();
        assertThat(new String(openssl.getInputStream().readAllBytes(), UTF_8)).contains("Verified OK");
        assertThat(openssl.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void keyOfAnotherKind_orAnImpossibleName_isRefused() {
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> Note.sign("x\n", "a b", KEY));
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> new LogKey("a+b", KEY.publicKey()));
        assertThat(KEY.kind()).isEqualTo(KeyKind.P_256);
    }

    private static void refused(String note) {
        assertThatExceptionOfType(InvalidInput.class)
                .as(note)
                .isThrownBy(() -> Note.open(note, ORIGIN, KEY.publicKey()));
    }
}
