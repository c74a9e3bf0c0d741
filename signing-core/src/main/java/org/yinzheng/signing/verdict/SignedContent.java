package org.yinzheng.signing.verdict;

import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the signed bytes of a licence say in a form that programs read.
///
/// @param licenceId the 证照标识 (GB/T 36904)
/// @param metadata short names of GB/T 36903 to their text, without the identifier; the same in every rendition of one
/// licence. Holds personal data: never logged
public record SignedContent(String licenceId, SortedMap<String, String> metadata) {
    /// 证照标识 among the metadata
    public static final String IDENTIFIER = "ZZBS";

    public SignedContent {
        var rest = new TreeMap<>(metadata);
        rest.remove(IDENTIFIER);
        metadata = Collections.unmodifiableSortedMap(rest);
    }

    /// @return empty when the metadata name another licence
    public static Optional<SignedContent> of(String licenceId, SortedMap<String, String> metadata) {
        return metadata.getOrDefault(IDENTIFIER, licenceId).equals(licenceId)
                ? Optional.of(new SignedContent(licenceId, metadata))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "SignedContent[" + licenceId + "]";
    }
}
