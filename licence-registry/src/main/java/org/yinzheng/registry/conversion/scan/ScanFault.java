package org.yinzheng.registry.conversion.scan;

/// Why a scan cannot be used.
public enum ScanFault {
    MISSING,
    OUTSIDE_THE_FOLDER,
    TOO_LARGE,
    PDF,
    UNREADABLE
}
