package org.yinzheng.registry.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.atrest.HolderVault;
import org.yinzheng.registry.atrest.Vault;

/// Holders' keys, found by their lookup keys; each asked for once in the life of this object.
final class HolderKeys {
    /// Which key a holder's values are sealed under.
    @FunctionalInterface
    interface Source {
        HolderVault of(byte[] holder) throws SQLException;
    }

    private final Vault vault;
    private final Connection on;
    private final Map<String, HolderVault> found = new HashMap<>();

    HolderKeys(Vault vault, Connection on) {
        this.vault = vault;
        this.on = on;
    }

    /// For reading: who has none has nothing that is sealed under one.
    HolderVault find(byte[] holder) throws SQLException {
        var name = HexFormat.of().formatHex(holder);
        var known = found.get(name);
        if (known == null) {
            known = vault.of(holder, read(holder, ""));
            found.put(name, known);
        }
        return known;
    }

    /// For writing: made when there is none. Stays until the transaction ends, so that nobody erases it meanwhile.
    /// In one order, so that two licences of the same two people do not wait for each other.
    void obtain(Collection<byte[]> holders) throws SQLException {
        for (var holder : holders.stream().sorted(Arrays::compare).toList()) {
            obtain(holder);
        }
    }

    HolderVault obtain(byte[] holder) throws SQLException {
        var name = HexFormat.of().formatHex(holder);
        var known = found.get(name);
        if (known == null) {
            known = make(holder);
            found.put(name, known);
        }
        return known;
    }

    private HolderVault make(byte[] holder) throws SQLException {
        var sealed = read(holder, " FOR KEY SHARE");
        if (sealed == null) {
            insert(on, holder, vault.newHolderKey(holder));
            // the one that is there: another transaction may have been faster
            sealed = read(holder, " FOR KEY SHARE");
        }
        if (sealed == null) {
            throw new IllegalStateException("a holder's key went while it was made");
        }
        return vault.of(holder, sealed);
    }

    static void insert(Connection on, byte[] holder, byte[] sealed) throws SQLException {
        try (var statement = on.prepareStatement(
                "INSERT INTO holder_key (holder_key, key_sealed) VALUES (?, ?) ON CONFLICT DO NOTHING")) {
            statement.setBytes(1, holder);
            statement.setBytes(2, sealed);
            statement.executeUpdate();
        }
    }

    private byte @Nullable [] read(byte[] holder, String lock) throws SQLException {
        try (var statement = on.prepareStatement("SELECT key_sealed FROM holder_key WHERE holder_key = ?" + lock)) {
            statement.setBytes(1, holder);
            try (var row = statement.executeQuery()) {
                return row.next() ? row.getBytes("key_sealed") : null;
            }
        }
    }
}
