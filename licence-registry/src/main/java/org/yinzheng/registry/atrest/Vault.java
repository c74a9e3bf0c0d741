package org.yinzheng.registry.atrest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Arrays;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/// Seals values for the database and finds them again.
///
/// A sealed value is `format (1 byte: 1) ‖ nonce (12) ‖ SM4-GCM ciphertext ‖ tag (16)`. The additional data is
/// `yinzheng-vault 1`, the row's name and the column's, each ended by a zero byte: a value copied into another
/// row or column does not open. Nonces are random; the birthday bound of GCM (2³² values a key) is far above the
/// number of licences of a country's largest city.
public final class Vault {
    private static final byte FORMAT = 1;
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;

    private final RegistryKeys keys;
    private final SecureRandom random = new SecureRandom();

    public Vault(RegistryKeys keys) {
        this.keys = keys;
    }

    /// @param row what the value belongs to, such as a licence identifier
    public byte[] seal(String row, String column, byte[] plain) {
        var nonce = new byte[NONCE];
        random.nextBytes(nonce);
        var cipher = cipher(true, nonce, row, column);
        var sealed = new byte[1 + NONCE + cipher.getOutputSize(plain.length)];
        sealed[0] = FORMAT;
        System.arraycopy(nonce, 0, sealed, 1, NONCE);
        int done = cipher.processBytes(plain, 0, plain.length, sealed, 1 + NONCE);
        try {
            cipher.doFinal(sealed, 1 + NONCE + done);
        } catch (InvalidCipherTextException e) {
            throw new AssertionError("sealing checks no tag", e);
        }
        return sealed;
    }

    /// @throws SealBroken when the value was sealed under another key, for another place, or was changed
    public byte[] open(String row, String column, byte[] sealed) {
        if (sealed.length < 1 + NONCE + TAG_BITS / 8 || sealed[0] != FORMAT) {
            throw new SealBroken("a sealed value of an unknown format in column " + column, null);
        }
        var cipher = cipher(false, Arrays.copyOfRange(sealed, 1, 1 + NONCE), row, column);
        int length = sealed.length - 1 - NONCE;
        var plain = new byte[cipher.getOutputSize(length)];
        int done = cipher.processBytes(sealed, 1 + NONCE, length, plain, 0);
        try {
            cipher.doFinal(plain, done);
        } catch (InvalidCipherTextException e) {
            throw new SealBroken("a sealed value does not open in column " + column, e);
        }
        return plain;
    }

    /// The keyed hash (HMAC-SM3, 32 bytes) by which a value is found.
    ///
    /// @param domain keeps equal values of different meaning apart, such as `holder`
    public byte[] lookup(String domain, byte[] value) {
        var mac = new HMac(new SM3Digest());
        mac.init(new KeyParameter(keys.lookupKey()));
        var prefix = domain.getBytes(UTF_8);
        mac.update(prefix, 0, prefix.length);
        mac.update((byte) 0);
        mac.update(value, 0, value.length);
        var hash = new byte[mac.getMacSize()];
        mac.doFinal(hash, 0);
        return hash;
    }

    private GCMBlockCipher cipher(boolean forSealing, byte[] nonce, String row, String column) {
        var additional = ("yinzheng-vault 1\0" + row + "\0" + column + "\0").getBytes(UTF_8);
        var cipher = (GCMBlockCipher) GCMBlockCipher.newInstance(new SM4Engine());
        cipher.init(forSealing, new AEADParameters(new KeyParameter(keys.dataKey()), TAG_BITS, nonce, additional));
        return cipher;
    }

    /// Somebody changed the table, or the registry was opened with another registry's keys.
    public static final class SealBroken extends IllegalStateException {
        private static final long serialVersionUID = 1;

        SealBroken(String message, @org.jspecify.annotations.Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
