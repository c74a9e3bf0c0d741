package org.yinzheng.registry.atrest;

import java.util.Arrays;

/// The two secrets of a registry, which the token keeps: without them its tables say nothing of anybody.
/// Holds copies, and wipes them when closed. Who made the arrays wipes them.
public final class RegistryKeys implements AutoCloseable {
    public static final int DATA_KEY_LENGTH = 16;
    public static final int LOOKUP_KEY_LENGTH = 32;

    private final byte[] dataKey;
    private final byte[] lookupKey;
    private volatile boolean closed;

    /// @param dataKey 16 bytes, for SM4
    /// @param lookupKey 32 bytes, for HMAC-SM3
    public RegistryKeys(byte[] dataKey, byte[] lookupKey) {
        if (dataKey.length != DATA_KEY_LENGTH || lookupKey.length != LOOKUP_KEY_LENGTH) {
            throw new IllegalArgumentException("the data key has 16 bytes and the lookup key 32");
        }
        this.dataKey = dataKey.clone();
        this.lookupKey = lookupKey.clone();
    }

    byte[] dataKey() {
        return open(dataKey);
    }

    byte[] lookupKey() {
        return open(lookupKey);
    }

    @Override
    public void close() {
        closed = true;
        Arrays.fill(dataKey, (byte) 0);
        Arrays.fill(lookupKey, (byte) 0);
    }

    @Override
    public String toString() {
        return "RegistryKeys[]";
    }

    /// A closed key is all zeros, which would encrypt: refuse instead.
    private byte[] open(byte[] key) {
        if (closed) {
            throw new IllegalStateException("the registry's keys have been wiped");
        }
        return key;
    }
}
