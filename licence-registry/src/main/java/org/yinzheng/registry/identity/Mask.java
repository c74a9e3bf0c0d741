package org.yinzheng.registry.identity;

/// How much of personal data may be shown where it is not needed.
public final class Mask {
    private Mask() {}

    /// Keeps the first three characters and the last one; short values vanish.
    public static String number(String value) {
        return value.length() < 8
                ? "*".repeat(value.length())
                : value.substring(0, 3) + "*".repeat(value.length() - 4) + value.substring(value.length() - 1);
    }

    /// Keeps the last character of a name, as Chinese practice is: `*明`.
    public static String name(String value) {
        int length = value.codePointCount(0, value.length());
        return length < 2
                ? "*"
                : "*".repeat(length - 1) + value.substring(value.offsetByCodePoints(value.length(), -1));
    }
}
