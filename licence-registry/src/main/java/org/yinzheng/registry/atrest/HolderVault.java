package org.yinzheng.registry.atrest;

import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.atrest.Vault.SealBroken;

/// Seals and opens what is one holder's, under a key of his own: with this key everything of his is gone.
public final class HolderVault {
    private static final byte[] HEADER = {SealedValue.HOLDERS};

    private final Vault registry;
    private final byte @Nullable [] key;

    HolderVault(Vault registry, byte @Nullable [] key) {
        this.registry = registry;
        this.key = key;
    }

    /// As [Vault#seal].
    public byte[] seal(String row, String column, byte[] plain) {
        if (key == null) {
            throw new IllegalStateException("a holder without a key");
        }
        return SealedValue.seal(key, HEADER, row, column, plain);
    }

    /// Also what an older version sealed under the registry's own key.
    ///
    /// @throws SealBroken as [Vault#open], or when the holder's key is gone
    public byte[] open(String row, String column, byte[] sealed) {
        if (SealedValue.number(sealed, column) > 0) {
            return registry.open(row, column, sealed);
        }
        if (key == null) {
            throw new SealBroken("the holder's key to column " + column + " is gone", null);
        }
        return SealedValue.open(key, row, column, sealed);
    }
}
