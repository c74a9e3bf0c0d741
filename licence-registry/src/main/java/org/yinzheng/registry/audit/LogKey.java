package org.yinzheng.registry.audit;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.yinzheng.signing.InvalidInput;

/// By whose checkpoints a log is known, as it is told beforehand (C2SP signed-note, type 0x02: ECDSA on P-256).
///
/// @param origin the log's name
public record LogKey(String origin, PublicKey key) {
    private static final int ECDSA = 2;

    public LogKey {
        Note.checkedName(origin);
    }

    /// @throws InvalidInput `note-key`
    public static LogKey parse(String text) {
        var parts = text.strip().split("\\+", 3);
        try {
            var encoded = Base64.getDecoder().decode(parts[parts.length - 1]);
            if (parts.length == 3 && encoded.length > 1 && encoded[0] == ECDSA) {
                var spki = new X509EncodedKeySpec(Arrays.copyOfRange(encoded, 1, encoded.length));
                var key = new LogKey(parts[0], KeyFactory.getInstance("EC").generatePublic(spki));
                if (key.text().equals(text.strip())) {
                    return key;
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            // falls through: one message for every way of being no key
        }
        throw new InvalidInput("note-key", "", "a log's key is name+id+base64 of type 2, ECDSA");
    }

    /// `name+keyid+base64(0x02 ‖ SubjectPublicKeyInfo)`.
    public String text() {
        var spki = key.getEncoded();
        var encoded = new byte[1 + spki.length];
        encoded[0] = ECDSA;
        System.arraycopy(spki, 0, encoded, 1, spki.length);
        return origin + "+" + HexFormat.of().formatHex(Note.keyId(key)) + "+"
                + Base64.getEncoder().encodeToString(encoded);
    }

    /// The checkpoint, when this key signed it.
    ///
    /// @throws InvalidInput `note`, `checkpoint`
    public Checkpoint open(String note) {
        var checkpoint = Checkpoint.parse(Note.open(note, origin, key));
        if (!checkpoint.origin().equals(origin)) {
            throw new InvalidInput("checkpoint", "", "a checkpoint of " + origin);
        }
        return checkpoint;
    }
}
