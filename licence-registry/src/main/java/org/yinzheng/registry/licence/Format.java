package org.yinzheng.registry.licence;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/// The renditions of a licence; all say the same thing.
public enum Format {
    PDF("application/pdf", "pdf"),
    OFD("application/ofd", "ofd"),
    /// Metadata of GB/T 36903 for programs, with an XML signature.
    XML("application/xml", "xml"),
    /// The text of a QR code, verifiable offline: what a window needs and the digest of the rest.
    CREDENTIAL("application/jose", "jws");

    /// Those that have pages (版式文件), for people.
    public static final Set<Format> WITH_PAGES = Collections.unmodifiableSet(EnumSet.of(PDF, OFD));

    private final String mediaType;
    private final String extension;

    Format(String mediaType, String extension) {
        this.mediaType = mediaType;
        this.extension = extension;
    }

    public String mediaType() {
        return mediaType;
    }

    /// Without the dot.
    public String extension() {
        return extension;
    }
}
