package org.yinzheng.registry.atrest;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.jspecify.annotations.Nullable;

/// Seals values for the database and finds them again. Nonces are random; the birthday bound of GCM (2³² values a
/// key) is far above the number of licences of a country's largest city.
public final class Vault {
    private static final String HOLDER_KEY = "holder_key.key";

    private final RegistryKeys keys;
    private final SecureRandom random = new SecureRandom();

    public Vault(RegistryKeys keys) {
        this.keys = keys;
    }

    public RegistryKeys keys() {
        return keys;
    }

    /// Under the data key that seals now.
    ///
    /// @param row what the value belongs to, such as a licence identifier
    public byte[] seal(String row, String column, byte[] plain) {
        int number = keys.sealing();
        return SealedValue.seal(keys.dataKey(number), SealedValue.numbered(number), row, column, plain);
    }

    /// @throws SealBroken when the value was sealed under another key, for another place, or was changed
    /// @throws org.yinzheng.signing.Failure.NotDone when this node has no key of the number that it names
    public byte[] open(String row, String column, byte[] sealed) {
        int number = SealedValue.number(sealed, column);
        if (number == 0) {
            throw new SealBroken("a holder's value in column " + column + ", which is the registry's", null);
        }
        return SealedValue.open(keys.dataKey(number), row, column, sealed);
    }

    /// A new key for a holder, sealed under the registry's.
    ///
    /// @param holder the holder's lookup key
    public byte[] newHolderKey(byte[] holder) {
        var key = new byte[RegistryKeys.DATA_KEY_LENGTH];
        random.nextBytes(key);
        try {
            return seal(HexFormat.of().formatHex(holder), HOLDER_KEY, key);
        } finally {
            Arrays.fill(key, (byte) 0);
        }
    }

    /// @param sealedKey as [#newHolderKey] made it; null when the holder has none
    public HolderVault of(byte[] holder, byte @Nullable [] sealedKey) {
        return new HolderVault(
                this, sealedKey == null ? null : open(HexFormat.of().formatHex(holder), HOLDER_KEY, sealedKey));
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

    /// Somebody changed the table, or the registry was opened with another registry's keys.
    public static final class SealBroken extends IllegalStateException {
        private static final long serialVersionUID = 1;

        SealBroken(String message, @org.jspecify.annotations.Nullable Throwable cause) {
            super(message, cause);
        }
    }
}
