package org.yinzheng.hsm.custody;

import java.security.GeneralSecurityException;
import java.security.ProviderException;
import java.security.SecureRandom;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.yinzheng.hsm.token.OpenToken;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.signing.DocumentBytes;

/// Encrypts and decrypts inside the token, under its AES key that cannot be extracted.
final class SealingKey {
    private static final String GCM = "AES/GCM/NoPadding";
    private static final int TAG_BITS = 128;

    private final Token token;
    private final SecureRandom random = new SecureRandom();

    SealingKey(Token token) {
        this.token = token;
    }

    Sealed seal(String label, Sealed.Content content, DocumentBytes publicKey, byte[] plain) {
        return token.use(open -> {
            var iv = new byte[12]; // random: far fewer than 2^32 files are ever sealed
            random.nextBytes(iv);
            var bound = Sealed.boundTo(Sealed.VERSION, label, content, publicKey);
            var sealed = run(open, Cipher.ENCRYPT_MODE, iv, bound, plain);
            return new Sealed(
                    Sealed.VERSION, label, content, publicKey, DocumentBytes.owning(iv), DocumentBytes.owning(sealed));
        });
    }

    /// The caller wipes what it gets.
    ///
    /// @throws SealBroken when the file was not sealed like this by this token
    byte[] open(Sealed sealed) {
        return token.use(open -> {
            try {
                return run(
                        open,
                        Cipher.DECRYPT_MODE,
                        sealed.iv().toByteArray(),
                        sealed.boundTo(),
                        sealed.sealed().toByteArray());
            } catch (AEADBadTagException e) {
                // SunPKCS11 says the same of a wrong tag and of a token that fails in the middle: so ask the token
                requireThatItWorks(open);
                throw new SealBroken(sealed.label(), "it was altered, or belongs to another token", e);
            }
        });
    }

    private static void requireThatItWorks(OpenToken open) throws GeneralSecurityException {
        var iv = new byte[12];
        new SecureRandom().nextBytes(iv);
        try {
            run(open, Cipher.DECRYPT_MODE, iv, iv, run(open, Cipher.ENCRYPT_MODE, iv, iv, new byte[32]));
        } catch (AEADBadTagException e) {
            throw new ProviderException("the token does not decrypt what it encrypted", e);
        }
    }

    private static byte[] run(OpenToken open, int mode, byte[] iv, byte[] bound, byte[] data)
            throws GeneralSecurityException {
        var cipher = Cipher.getInstance(GCM, open.provider());
        cipher.init(mode, open.sealingKey(), new GCMParameterSpec(TAG_BITS, iv));
        cipher.updateAAD(bound);
        return cipher.doFinal(data);
    }
}
