package org.yinzheng.signing.pdf;

/// Looking for bytes in bytes.
final class Bytes {
    private Bytes() {}

    static int indexOf(byte[] where, byte[] what, int from) {
        return indexOf(where, what, from, where.length);
    }

    /// @param until the first place at which it may not begin any more
    static int indexOf(byte[] where, byte[] what, int from, int until) {
        int last = Math.min(until - 1, where.length - what.length);
        for (int i = Math.max(from, 0); i <= last; i++) {
            if (where[i] == what[0] && matches(where, what, i)) {
                return i;
            }
        }
        return -1;
    }

    /// The position of the last byte before `end` that is not white space (ISO 32000-1 §7.2.2), or -1.
    static int lastNonSpace(byte[] where, int end) {
        int i = end - 1;
        while (i >= 0 && isSpace(where[i])) {
            i--;
        }
        return i;
    }

    static boolean isSpace(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t' || value == '\f' || value == 0;
    }

    private static boolean matches(byte[] where, byte[] what, int at) {
        for (int j = 1; j < what.length; j++) {
            if (where[at + j] != what[j]) {
                return false;
            }
        }
        return true;
    }
}
