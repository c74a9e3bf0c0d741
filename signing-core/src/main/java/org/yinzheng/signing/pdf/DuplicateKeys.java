package org.yinzheng.signing.pdf;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;

/// Finds a dictionary that gives a key twice: one reader takes the first value, another the last, and each
/// shows another document. Nesting deeper than readers follow counts as one.
final class DuplicateKeys {
    private static final int DEEPEST = 500;

    private final byte[] bytes;
    private int at;
    private final Deque<Level> levels = new ArrayDeque<>();

    /// An open dictionary or array. In a dictionary, keys and values take turns; `R` joins three tokens to one.
    private static final class Level {
        final boolean dictionary;
        final Set<String> keys = new HashSet<>();
        boolean valueExpected;

        Level(boolean dictionary) {
            this.dictionary = dictionary;
        }
    }

    private DuplicateKeys(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    /// Reads from `from` to `endobj`, `stream` or the end of the bytes.
    static boolean in(byte[] bytes, int from) {
        return new DuplicateKeys(bytes, from).found();
    }

    private boolean found() {
        while (at < bytes.length) {
            int here = bytes[at] & 0xff;
            if (Bytes.isSpace(bytes[at])) {
                at++;
            } else if (here == '%') {
                skipComment();
            } else if (here == '(') {
                skipString();
                value();
            } else if (here == '<' && at + 1 < bytes.length && bytes[at + 1] == '<') {
                at += 2;
                open(true);
            } else if (here == '>' && at + 1 < bytes.length && bytes[at + 1] == '>') {
                at += 2;
                levels.pollLast();
            } else if (here == '<') {
                skipHexadecimal();
            } else if (here == '[') {
                at++;
                open(false);
            } else if (here == ']') {
                at++;
                levels.pollLast();
            } else if (here == '/') {
                if (isRepeated(name())) {
                    return true;
                }
            } else if (isEnd(word())) {
                return false;
            }
            if (levels.size() > DEEPEST) {
                return true; // deeper than any reader goes: as ambiguous
            }
        }
        return false;
    }

    private void open(boolean dictionary) {
        value();
        levels.addLast(new Level(dictionary));
    }

    /// A value that is no name; numbers and words are not counted at all, so `12 0 R` needs no care.
    private void value() {
        var level = levels.peekLast();
        if (level != null) {
            level.valueExpected = false;
        }
    }

    private boolean isRepeated(String name) {
        var level = levels.peekLast();
        if (level == null || !level.dictionary) {
            return false;
        }
        if (level.valueExpected) {
            level.valueExpected = false;
            return false;
        }
        level.valueExpected = true;
        return !level.keys.add(name);
    }

    private boolean isEnd(String word) {
        value();
        return word.equals("endobj") || word.equals("stream");
    }

    private String name() {
        at++;
        var name = new StringBuilder();
        while (at < bytes.length && isRegular(bytes[at])) {
            if (bytes[at] == '#' && at + 2 < bytes.length) { // ISO 32000-2 §7.3.5: #20 is a space
                int high = Character.digit(bytes[at + 1], 16);
                int low = Character.digit(bytes[at + 2], 16);
                if (high >= 0 && low >= 0) {
                    name.append((char) (high << 4 | low));
                    at += 3;
                    continue;
                }
            }
            name.append((char) (bytes[at++] & 0xff));
        }
        return name.toString();
    }

    private String word() {
        int from = at;
        while (at < bytes.length && isRegular(bytes[at])) {
            at++;
        }
        if (at == from) {
            at++; // a lone delimiter
        }
        return new String(bytes, from, at - from, StandardCharsets.ISO_8859_1);
    }

    private void skipComment() {
        while (at < bytes.length && bytes[at] != '\n' && bytes[at] != '\r') {
            at++;
        }
    }

    private void skipHexadecimal() {
        while (at < bytes.length && bytes[at] != '>') {
            at++;
        }
        at++;
        value();
    }

    private void skipString() {
        int open = 0;
        do {
            switch (bytes[at]) {
                case '\\' -> at++;
                case '(' -> open++;
                case ')' -> open--;
                default -> {}
            }
            at++;
        } while (open > 0 && at < bytes.length);
    }

    private static boolean isRegular(byte value) {
        return !Bytes.isSpace(value) && "()<>[]{}/%".indexOf(value) < 0;
    }
}
