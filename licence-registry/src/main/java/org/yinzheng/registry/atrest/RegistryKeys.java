package org.yinzheng.registry.atrest;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.yinzheng.signing.Failure;

/// The secrets of a registry, which the token keeps: without them its tables say nothing of anybody. One key finds,
/// numbered ones open; one of these seals. Holds copies, and wipes them when closed. Who made the arrays wipes them.
public final class RegistryKeys implements AutoCloseable {
    public static final int DATA_KEY_LENGTH = 16;
    public static final int LOOKUP_KEY_LENGTH = 32;
    /// The number of the key that a registry begins with.
    public static final int FIRST = 1;

    private final DataKeyStore store;
    private final Map<Integer, byte[]> dataKeys = new ConcurrentHashMap<>();
    private final byte[] lookupKey;
    private volatile int sealing = FIRST;
    private volatile boolean closed;

    /// @param store asked for a number when it is met first
    /// @param lookupKey 32 bytes, for HMAC-SM3
    public RegistryKeys(DataKeyStore store, byte[] lookupKey) {
        if (lookupKey.length != LOOKUP_KEY_LENGTH) {
            throw new IllegalArgumentException("the lookup key has 32 bytes");
        }
        this.store = store;
        this.lookupKey = lookupKey.clone();
    }

    /// With one data key, which nobody rotates.
    ///
    /// @param dataKey 16 bytes, for SM4
    public RegistryKeys(byte[] dataKey, byte[] lookupKey) {
        this(new OneKey(), lookupKey);
        dataKeys.put(FIRST, checked(dataKey).clone());
    }

    public DataKeyStore store() {
        return store;
    }

    /// @throws Failure.NotDone when this node has no key of that number
    byte[] dataKey(int number) {
        requireOpen();
        return dataKeys.computeIfAbsent(number, wanted -> store.find(wanted)
                .map(RegistryKeys::checked)
                .orElseThrow(() -> new Failure.NotDone(
                        "this node has no registry data key " + wanted + ": copy its file from the node that made it",
                        null)));
    }

    byte[] lookupKey() {
        requireOpen();
        return lookupKey;
    }

    /// The number of the key that seals.
    public int sealing() {
        return sealing;
    }

    /// Whether this node opens what is sealed under a number.
    public boolean opens(int number) {
        try {
            return dataKey(number).length > 0;
        } catch (Failure.NotDone missing) {
            return false;
        }
    }

    /// From now on seals under this key.
    ///
    /// @throws Failure.NotDone when this node has no key of that number
    public void sealUnder(int number) {
        if (number != sealing) {
            dataKey(number);
            sealing = number;
        }
    }

    /// Nothing is under this key any more.
    public void forget(int number) {
        var key = dataKeys.remove(number);
        if (key != null) {
            Arrays.fill(key, (byte) 0);
        }
    }

    @Override
    public void close() {
        closed = true;
        dataKeys.values().forEach(key -> Arrays.fill(key, (byte) 0));
        Arrays.fill(lookupKey, (byte) 0);
    }

    @Override
    public String toString() {
        return "RegistryKeys[]";
    }

    /// A closed key is all zeros, which would encrypt: refuse instead.
    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the registry's keys have been wiped");
        }
    }

    private static byte[] checked(byte[] dataKey) {
        if (dataKey.length != DATA_KEY_LENGTH) {
            throw new IllegalArgumentException("a data key has 16 bytes");
        }
        return dataKey;
    }

    private static final class OneKey implements DataKeyStore {
        @Override
        public Optional<byte[]> find(int number) {
            return Optional.empty();
        }

        @Override
        public byte[] findOrMake(int number) {
            throw new IllegalStateException("these keys have no store");
        }

        @Override
        public void destroy(int number) {
            throw new IllegalStateException("these keys have no store");
        }
    }
}
