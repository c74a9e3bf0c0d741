package org.yinzheng.signing.pdf;

import java.util.Arrays;
import java.util.Optional;

/// Looking for bytes in bytes.
final class Bytes {
    /// -1 for what is no hexadecimal digit.
    private static final byte[] DIGITS = digits();

    private Bytes() {}

    static int indexOf(byte[] where, byte[] what, int from) {
        return indexOf(where, what, from, where.length);
    }

    /// Looks at the last of the bytes first, and leaps over as many as no match can begin at (Horspool).
    ///
    /// @param until the first place at which it may not begin any more
    static int indexOf(byte[] where, byte[] what, int from, int until) {
        int last = Math.min(until - 1, where.length - what.length);
        int end = what.length - 1;
        var leap = new int[256];
        Arrays.fill(leap, what.length);
        for (int i = 0; i < end; i++) {
            leap[what[i] & 0xff] = end - i;
        }
        int i = Math.max(from, 0);
        while (i <= last) {
            byte seen = where[i + end];
            if (seen == what[end] && matches(where, what, i)) {
                return i;
            }
            i += leap[seen & 0xff];
        }
        return -1;
    }

    /// @param end the first place at which it is not looked for any more
    /// @return -1 when it is not there
    static int indexOf(byte[] where, byte what, int from, int end) {
        int at = from;
        while (at < end && where[at] != what) {
            at++;
        }
        return at < end ? at : -1;
    }

    /// What pairs of hexadecimal digits stand for; empty when anything else is among them.
    static Optional<byte[]> fromHexadecimal(byte[] where, int from, int end) {
        var value = new byte[(end - from) / 2];
        int seen = (end - from) % 2 == 0 ? 0 : -1;
        for (int i = 0, at = from; i < value.length; i++, at += 2) {
            int pair = DIGITS[where[at] & 0xff] << 4 | DIGITS[where[at + 1] & 0xff];
            seen |= pair; // negative from then on when one was no digit
            value[i] = (byte) pair;
        }
        return seen < 0 ? Optional.empty() : Optional.of(value);
    }

    private static byte[] digits() {
        var digits = new byte[256];
        for (int i = 0; i < digits.length; i++) {
            digits[i] = (byte) Character.digit(i, 16);
        }
        return digits;
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
        for (int j = 0; j < what.length - 1; j++) {
            if (where[at + j] != what[j]) {
                return false;
            }
        }
        return true;
    }
}
