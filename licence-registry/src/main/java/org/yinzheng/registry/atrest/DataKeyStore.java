package org.yinzheng.registry.atrest;

import java.util.Optional;

/// Where the registry's data keys are kept, by number. Who gets one wipes it after use.
public interface DataKeyStore {
    /// @return empty when there is none of that number here
    Optional<byte[]> find(int number);

    /// There for good when this returns.
    byte[] findOrMake(int number);

    /// Gone for good when this returns; also when there was none.
    void destroy(int number);
}
