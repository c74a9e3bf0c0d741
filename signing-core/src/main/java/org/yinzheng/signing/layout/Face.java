package org.yinzheng.signing.layout;

/// The typefaces that templates may name.
public enum Face {
    /// 宋体 class: Noto Serif CJK SC Regular.
    SERIF,
    /// Noto Serif CJK SC Bold.
    SERIF_BOLD,
    /// 黑体 class: Noto Sans CJK SC Regular.
    SANS
}
