package org.yinzheng.registry.conversion.index;

import java.util.Optional;

/// The rows of an index in their order, one at a time; rows without content are left out.
public interface IndexRows extends AutoCloseable {
    /// @throws org.yinzheng.signing.InvalidInput when the file is not what it says it is
    /// @throws org.yinzheng.signing.Failure.NotDone when the file cannot be read
    Optional<SourceRow> next();

    @Override
    void close();
}
