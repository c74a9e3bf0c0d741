package org.yinzheng.signing.layout;

import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a rendition says about itself beside its page.
///
/// @param licenceId the 证照标识 (GB/T 36904)
/// @param metadata GB/T 36903 short names to their text
/// @param madeAt the only time that is written into the file: equal input gives equal bytes
public record DocumentInfo(String title, String licenceId, SortedMap<String, String> metadata, Instant madeAt) {
    public DocumentInfo {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }
}
