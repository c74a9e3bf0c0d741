package org.yinzheng.registry.conversion;

/// Hears how far a conversion is. Called often, from the thread that runs it; must not block.
@FunctionalInterface
public interface ProgressListener {
    /// @param done rows that have their answer
    /// @param total rows of the index
    /// @param accepted rows among them that have a licence, made now or before
    /// @param rejected rows among them that have a reason
    void progress(long done, long total, long accepted, long rejected);
}
