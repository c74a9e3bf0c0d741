package org.yinzheng.registry.seals;

/// What is stamped.
public enum DocumentKind {
    PDF,
    OFD,
    XML,
    /// A digest alone: the document stays where it is.
    DIGEST,
    /// A licence that this registry issues.
    LICENCE
}
