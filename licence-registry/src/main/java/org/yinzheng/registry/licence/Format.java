package org.yinzheng.registry.licence;

/// The renditions (版式文件) of a licence; both say the same thing.
public enum Format {
    PDF("application/pdf", "pdf"),
    OFD("application/ofd", "ofd");

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
