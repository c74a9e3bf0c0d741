package org.yinzheng.signing.cms;

import java.util.ArrayList;
import java.util.List;

/// One ASN.1 element by its place in the bytes, with the elements inside it. Walks lengths only: a first pass
/// with caps before a real parser is let at the bytes, and the way to a part *as it was received*.
public record Ber(int tag, int start, int contentStart, int end, List<Ber> children) {
    private static final int DEEPEST = 40;
    /// A revocation list with some ten thousand entries has this many.
    private static final int MOST = 300_000;

    /// The bytes are no well-formed element, or too deep or many.
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1;

        private final String where;
        private final boolean tooMuch;

        Malformed(String where) {
            this(where, false);
        }

        Malformed(String where, boolean tooMuch) {
            super(where, null, false, false);
            this.where = where;
            this.tooMuch = tooMuch;
        }

        /// Whether it may be well-formed, and is more than is looked at.
        public boolean isTooMuch() {
            return tooMuch;
        }

        public String where() {
            return where;
        }
    }

    /// The element at the beginning; more may follow.
    public static Ber parse(byte[] bytes) throws Malformed {
        return new Walk(bytes).element(0, bytes.length, 0);
    }

    Ber child(int index) throws Malformed {
        if (index >= children.size()) {
            throw new Malformed("an element is missing");
        }
        return children.get(index);
    }

    private static final class Walk {
        private final byte[] bytes;
        private int count;

        Walk(byte[] bytes) {
            this.bytes = bytes;
        }

        Ber element(int start, int limit, int depth) throws Malformed {
            if (depth > DEEPEST || ++count > MOST) {
                throw new Malformed("ASN.1 nested too deep, or too many elements", true);
            }
            int at = start;
            int tag = next(at++, limit);
            if ((tag & 0x1f) == 0x1f) {
                while ((next(at++, limit) & 0x80) != 0) {
                    // the further bytes of a long tag
                }
            }
            int first = next(at++, limit);
            if (first == 0x80) {
                return indefinite(tag, start, at, limit, depth);
            }
            long length = first;
            if (first > 0x80) {
                if (first > 0x84) {
                    throw new Malformed("a length of more than four bytes");
                }
                length = 0;
                for (int i = 0; i < (first & 0x7f); i++) {
                    length = length << 8 | next(at++, limit);
                }
            }
            if (length > limit - at) {
                throw new Malformed("an element reaches beyond its container");
            }
            int end = at + (int) length;
            if ((tag & 0x20) == 0) {
                return new Ber(tag, start, at, end, List.of());
            }
            var children = new ArrayList<Ber>();
            for (int inner = at; inner < end; ) {
                var child = element(inner, end, depth + 1);
                children.add(child);
                inner = child.end;
            }
            return new Ber(tag, start, at, end, children);
        }

        private Ber indefinite(int tag, int start, int contentStart, int limit, int depth) throws Malformed {
            if ((tag & 0x20) == 0) {
                throw new Malformed("a primitive element of indefinite length");
            }
            var children = new ArrayList<Ber>();
            int at = contentStart;
            while (next(at, limit) != 0 || next(at + 1, limit) != 0) {
                var child = element(at, limit, depth + 1);
                children.add(child);
                at = child.end;
            }
            return new Ber(tag, start, contentStart, at + 2, children);
        }

        private int next(int at, int limit) throws Malformed {
            if (at >= limit) {
                throw new Malformed("ASN.1 ends too early");
            }
            return bytes[at] & 0xff;
        }
    }
}
