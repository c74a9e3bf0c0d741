package org.yinzheng.registry.witness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import org.yinzheng.registry.audit.Note;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.SignatureScheme;

/// By what a witness is known (C2SP tlog-cosignature, type 0x04: Ed25519 with a time).
///
/// @param name such as `witness.example.cn/yinzheng`
/// @param key 32 bytes (RFC 8032)
public record WitnessKey(String name, DocumentBytes key) {
    private static final byte TYPE = 4;
    private static final int TIME = 8;
    private static final int VALUE = 64;
    private static final byte[] SPKI = HexFormat.of().parseHex("302a300506032b6570032100");
    private static final SignatureScheme ED25519 =
            SignatureScheme.of("1.3.101.112").orElseThrow();

    public WitnessKey {
        Note.checkedName(name);
        if (key.size() != 32) {
            throw new InvalidInput("witness-key", "", "an Ed25519 key has 32 bytes");
        }
    }

    /// @throws InvalidInput `witness-key`
    public static WitnessKey parse(String text) {
        var parts = text.strip().split("\\+", 3);
        try {
            var encoded = Base64.getDecoder().decode(parts[parts.length - 1]);
            if (parts.length == 3 && encoded.length == 33 && encoded[0] == TYPE) {
                var key = new WitnessKey(parts[0], DocumentBytes.owning(Arrays.copyOfRange(encoded, 1, 33)));
                if (key.text().equals(text.strip())) {
                    return key;
                }
            }
        } catch (IllegalArgumentException e) {
            // falls through: one message for every way of being no key
        }
        throw new InvalidInput("witness-key", "", "a witness's key is name+id+base64 of type 4, Ed25519");
    }

    /// `name+keyid+base64(0x04 ‖ key)`.
    public String text() {
        return name + "+" + HexFormat.of().formatHex(id()) + "+"
                + Base64.getEncoder().encodeToString(typed());
    }

    /// When this witness saw the checkpoint; empty when it did not sign it.
    ///
    /// @throws InvalidInput `cosignature` when there is a signature of its own, and it is wrong
    public Optional<Instant> saw(String note) {
        return Note.signature(note, name, id()).map(signature -> {
            if (signature.length != TIME + VALUE) {
                throw wrong();
            }
            var seconds = ByteBuffer.wrap(signature).getLong();
            var value = Arrays.copyOfRange(signature, TIME, signature.length);
            if (seconds < 0 || !ED25519.verify(publicKey(), message(seconds, Note.text(note)), value)) {
                throw wrong();
            }
            try {
                return Instant.ofEpochSecond(seconds);
            } catch (DateTimeException e) {
                throw wrong();
            }
        });
    }

    String line(long seconds, byte[] value) {
        return Note.line(
                name,
                id(),
                ByteBuffer.allocate(TIME + VALUE).putLong(seconds).put(value).array());
    }

    static byte[] message(long seconds, String checkpoint) {
        return ("cosignature/v1\ntime " + seconds + "\n" + checkpoint).getBytes(UTF_8);
    }

    private byte[] id() {
        var named = new ByteArrayOutputStream();
        named.writeBytes((name + "\n").getBytes(UTF_8));
        named.writeBytes(typed());
        return Arrays.copyOf(Digest.sha256(named.toByteArray()).bytes(), 4);
    }

    private byte[] typed() {
        return ByteBuffer.allocate(33).put(TYPE).put(key.toByteArray()).array();
    }

    private PublicKey publicKey() {
        try {
            var spki = Arrays.copyOf(SPKI, SPKI.length + 32);
            System.arraycopy(key.toByteArray(), 0, spki, SPKI.length, 32);
            return KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException e) {
            throw new InvalidInput("witness-key", "", "not a key of Ed25519");
        }
    }

    private static InvalidInput wrong() {
        return new InvalidInput("cosignature", "", "not what this witness signed");
    }
}
