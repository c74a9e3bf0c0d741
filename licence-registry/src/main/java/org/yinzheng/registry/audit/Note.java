package org.yinzheng.registry.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.PublicKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.SigningKey;

/// A signed text (C2SP signed-note) by ECDSA on P-256, type 0x02: the key stays in the token, and Java's way to a token
/// has no Ed25519. The key's identifier is the beginning of the SHA-256 of its SubjectPublicKeyInfo.
public final class Note {
    private static final String DASH = "\u2014 ";
    private static final int LONGEST = 64 << 10;

    private Note() {}

    /// @param name of the key, the log's origin
    /// @param text ends with a line feed
    public static String sign(String text, String name, SigningKey key) {
        if (key.kind() != KeyKind.P_256) {
            throw new IllegalArgumentException("a note is signed with a key of P-256");
        }
        return text + "\n" + line(name, keyId(key.publicKey()), key.sign(text.getBytes(UTF_8)));
    }

    /// The text, when the key signed it. Signatures of other keys, such as witnesses', are passed over.
    ///
    /// @throws InvalidInput `note` when there is no signature of this key, or it is wrong
    public static String open(String note, String name, PublicKey key) {
        var value = signature(note, name, keyId(key)).orElseThrow(Note::wrong);
        var text = text(note);
        if (!SignatureScheme.ECDSA_SHA256.verify(key, text.getBytes(UTF_8), value)) {
            throw wrong();
        }
        return text;
    }

    /// What was signed, by whomever.
    ///
    /// @throws InvalidInput `note`
    public static String text(String note) {
        int end = note.lastIndexOf("\n\n");
        if (note.length() > LONGEST || end < 0 || !note.endsWith("\n")) {
            throw wrong();
        }
        return note.substring(0, end + 1);
    }

    /// The first signature under that name and identifier, which nobody has verified yet.
    ///
    /// @throws InvalidInput `note` when it is no note, or the signature is not written as it has to be
    public static Optional<byte[]> signature(String note, String name, byte[] keyId) {
        var prefix = DASH + name + " ";
        for (var line : note.substring(text(note).length() + 1).split("\n", -1)) {
            if (line.startsWith(prefix)) {
                var signature = decoded(line.substring(prefix.length()));
                if (signature.length > 4 && Arrays.equals(signature, 0, 4, keyId, 0, 4)) {
                    return Optional.of(Arrays.copyOfRange(signature, 4, signature.length));
                }
            }
        }
        return Optional.empty();
    }

    /// A signature as a line of its own.
    public static String line(String name, byte[] keyId, byte[] value) {
        var signature = Arrays.copyOf(keyId, 4 + value.length);
        System.arraycopy(value, 0, signature, 4, value.length);
        return DASH + checkedName(name) + " " + Base64.getEncoder().encodeToString(signature) + "\n";
    }

    /// One signature has one text: Java's decoder alone passes over the last character's unused bits.
    private static byte[] decoded(String base64) {
        try {
            var bytes = Base64.getDecoder().decode(base64);
            if (Base64.getEncoder().encodeToString(bytes).equals(base64)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // falls through: one answer for every way of being no Base64
        }
        throw wrong();
    }

    /// @throws InvalidInput `note-name`
    public static String checkedName(String name) {
        if (name.isEmpty() || name.length() > 200 || !name.matches("[!-*,-~]+")) {
            throw new InvalidInput("note-name", "origin", "a name of printable ASCII without space and +");
        }
        return name;
    }

    static byte[] keyId(PublicKey key) {
        return Arrays.copyOf(Digest.sha256(key.getEncoded()).bytes(), 4);
    }

    private static InvalidInput wrong() {
        return new InvalidInput("note", "", "not a note that this key signed");
    }
}
