package org.yinzheng.signing.key;

import java.util.Optional;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Random secrets that a program needs in its memory (a lookup key, a data key), kept for it between its runs. Who gets
/// one wipes it after use.
public interface SecretStore {
    /// The secret of that label, made when there is none; there for good when this returns.
    ///
    /// @throws InvalidInput when there is one of another length, or a key of that label
    /// @throws Failure.NotDone when the token is away
    byte[] findOrMake(String label, int length);

    /// @return empty when there is none of that label
    /// @throws InvalidInput when there is one of another length, or a key of that label
    /// @throws Failure.NotDone when the token is away
    Optional<byte[]> find(String label, int length);

    /// Gone for good when this returns; also when there was none.
    ///
    /// @throws InvalidInput when it is a key of that label
    void destroy(String label);
}
