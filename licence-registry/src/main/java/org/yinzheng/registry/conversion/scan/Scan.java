package org.yinzheng.registry.conversion.scan;

import org.yinzheng.signing.Digest;

/// What a look at a scan found.
public sealed interface Scan {
    /// A whole picture.
    ///
    /// @param digest of the file's bytes
    record Usable(Digest digest) implements Scan {}

    record Refused(ScanFault fault) implements Scan {}
}
