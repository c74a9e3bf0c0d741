package org.yinzheng.registry.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SignatureScheme;
import org.yinzheng.signing.key.SigningKey;

/// A signed text (C2SP signed-note) by ECDSA on P-256, type 0x02: the key stays in the token, and Java's way to a token
/// has no Ed25519. The key's identifier is the beginning of the SHA-256 of its SubjectPublicKeyInfo.
public final class Note {
    private static final int ECDSA = 2;
    private static final String DASH = "\u2014 ";
    private static final int LONGEST = 64 << 10;

    private Note() {}

    /// @param name of the key, the log's origin
    /// @param text ends with a line feed
    public static String sign(String text, String name, SigningKey key) {
        if (key.kind() != KeyKind.P_256) {
            throw new IllegalArgumentException("a note is signed with a key of P-256");
        }
        var value = key.sign(text.getBytes(UTF_8));
        var signature = Arrays.copyOf(keyId(key.publicKey()), 4 + value.length);
        System.arraycopy(value, 0, signature, 4, value.length);
        return text + "\n" + DASH + checkedName(name) + " "
                + Base64.getEncoder().encodeToString(signature) + "\n";
    }

    /// The text, when the key signed it. Signatures of other keys, such as witnesses', are passed over.
    ///
    /// @throws InvalidInput `note` when there is no signature of this key, or it is wrong
    public static String open(String note, String name, PublicKey key) {
        int end = note.lastIndexOf("\n\n");
        if (note.length() > LONGEST || end < 0 || !note.endsWith("\n")) {
            throw wrong();
        }
        var text = note.substring(0, end + 1);
        var prefix = DASH + name + " ";
        for (var line : note.substring(end + 2).split("\n", -1)) {
            if (!line.startsWith(prefix)) {
                continue;
            }
            byte[] signature;
            try {
                signature = Base64.getDecoder().decode(line.substring(prefix.length()));
            } catch (IllegalArgumentException e) {
                throw wrong();
            }
            // One signature has one text: Java's decoder passes over the last character's unused bits.
            if (!line.endsWith(" " + Base64.getEncoder().encodeToString(signature))) {
                throw wrong();
            }
            if (signature.length > 4 && Arrays.equals(signature, 0, 4, keyId(key), 0, 4)) {
                var value = Arrays.copyOfRange(signature, 4, signature.length);
                if (SignatureScheme.ECDSA_SHA256.verify(key, text.getBytes(UTF_8), value)) {
                    return text;
                }
                throw wrong();
            }
        }
        throw wrong();
    }

    /// What a verifier is told beforehand: `name+keyid+base64(0x02 ‖ SubjectPublicKeyInfo)`.
    public static String verifierKey(String name, PublicKey key) {
        var spki = key.getEncoded();
        var encoded = new byte[1 + spki.length];
        encoded[0] = ECDSA;
        System.arraycopy(spki, 0, encoded, 1, spki.length);
        return checkedName(name) + "+" + HexFormat.of().formatHex(keyId(key)) + "+"
                + Base64.getEncoder().encodeToString(encoded);
    }

    /// @throws InvalidInput `note-key`
    public static PublicKey parseVerifierKey(String text) {
        var parts = text.strip().split("\\+", 3);
        try {
            var encoded = Base64.getDecoder().decode(parts[parts.length - 1]);
            if (parts.length == 3 && encoded.length > 1 && encoded[0] == ECDSA) {
                var key = KeyFactory.getInstance("EC")
                        .generatePublic(new X509EncodedKeySpec(Arrays.copyOfRange(encoded, 1, encoded.length)));
                if (verifierKey(parts[0], key).equals(text.strip())) {
                    return key;
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // falls through: one message for every way of being no key
        }
        throw new InvalidInput("note-key", "", "a verifier key is name+id+base64 of type 2, ECDSA");
    }

    static String checkedName(String name) {
        if (name.isEmpty() || name.length() > 200 || !name.matches("[!-*,-~]+")) {
            throw new InvalidInput("note-name", "origin", "a name of printable ASCII without space and +");
        }
        return name;
    }

    private static byte[] keyId(PublicKey key) {
        return Arrays.copyOf(Digest.sha256(key.getEncoded()).bytes(), 4);
    }

    private static InvalidInput wrong() {
        return new InvalidInput("note", "", "not a note that this key signed");
    }
}
