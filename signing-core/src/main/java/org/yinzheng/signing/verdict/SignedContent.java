package org.yinzheng.signing.verdict;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the signed bytes of a licence say in a form that programs read.
///
/// @param licenceId the 证照标识 (GB/T 36904)
/// @param metadata short names of GB/T 36903 to their text; the same in every rendition of one licence. Holds
/// personal data: never logged
public record SignedContent(String licenceId, SortedMap<String, String> metadata) {
    public SignedContent {
        metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
    }

    @Override
    public String toString() {
        return "SignedContent[" + licenceId + "]";
    }
}
