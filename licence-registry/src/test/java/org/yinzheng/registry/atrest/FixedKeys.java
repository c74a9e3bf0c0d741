package org.yinzheng.registry.atrest;

import java.util.Map;
import java.util.Optional;

/// The data keys of a node whose folder nobody but the test changes.
public record FixedKeys(Map<Integer, byte[]> keys) implements DataKeyStore {
    @Override
    public Optional<byte[]> find(int number) {
        return Optional.ofNullable(keys.get(number));
    }

    @Override
    public byte[] findOrMake(int number) {
        return find(number).orElseThrow();
    }

    @Override
    public void destroy(int number) {
        throw new AssertionError("nobody destroys a key here");
    }
}
