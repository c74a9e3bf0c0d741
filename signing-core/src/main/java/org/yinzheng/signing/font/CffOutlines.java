package org.yinzheng.signing.font;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

/// The outlines in a CFF table (Adobe Technical Note 5176), read in place. CID-keyed fonts, as all Noto CJK
/// faces are, and plain ones.
final class CffOutlines {
    private static final int CHAR_STRINGS = 17;
    private static final int PRIVATE = 18;
    private static final int LOCAL_SUBROUTINES = 19;
    private static final int FONT_DICTIONARIES = 12 << 8 | 36;
    private static final int FONT_DICTIONARY_SELECT = 12 << 8 | 37;

    private final ByteBuffer table;
    private final Index charStrings;
    private final Index global;
    private final Index[] local;
    private final int select;

    CffOutlines(ByteBuffer table) throws IOException {
        this.table = table;
        var names = new Index(table, Byte.toUnsignedInt(table.get(2)));
        var tops = new Index(table, names.end());
        var strings = new Index(table, tops.end());
        global = new Index(table, strings.end());
        var top = dictionary(tops.start(0), tops.start(1));
        charStrings = new Index(table, (int) operand(top, CHAR_STRINGS, 0));
        if (top.containsKey(FONT_DICTIONARIES)) {
            var dictionaries = new Index(table, (int) operand(top, FONT_DICTIONARIES, 0));
            local = new Index[dictionaries.count()];
            for (int i = 0; i < local.length; i++) {
                local[i] = subroutines(dictionary(dictionaries.start(i), dictionaries.start(i + 1)));
            }
            select = (int) operand(top, FONT_DICTIONARY_SELECT, 0);
        } else {
            local = new Index[] {subroutines(top)};
            select = 0;
        }
    }

    void draw(int glyph, OutlineSink sink) {
        new CharString(table, global, local[dictionaryOf(glyph)], sink)
                .run(charStrings.start(glyph), charStrings.start(glyph + 1));
    }

    private int dictionaryOf(int glyph) {
        if (select == 0) {
            return 0;
        }
        if (table.get(select) == 0) {
            return Byte.toUnsignedInt(table.get(select + 1 + glyph));
        }
        // Format 3: ranges of (first glyph, dictionary), closed by one glyph past the last.
        int low = 0;
        int high = Short.toUnsignedInt(table.getShort(select + 1)) - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (Short.toUnsignedInt(table.getShort(select + 3 + 3 * middle)) <= glyph) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return Byte.toUnsignedInt(table.get(select + 3 + 3 * low + 2));
    }

    private Index subroutines(Map<Integer, double[]> dictionary) throws IOException {
        var area = dictionary.get(PRIVATE);
        if (area == null || area.length != 2) {
            throw new IOException("a CFF font dictionary lacks its Private area");
        }
        int start = (int) area[1];
        var hints = dictionary(start, start + (int) area[0]);
        return hints.containsKey(LOCAL_SUBROUTINES)
                ? new Index(table, start + (int) operand(hints, LOCAL_SUBROUTINES, 0))
                : Index.EMPTY;
    }

    private static double operand(Map<Integer, double[]> dictionary, int operator, int at) throws IOException {
        var operands = dictionary.get(operator);
        if (operands == null || operands.length <= at) {
            throw new IOException("a CFF dictionary lacks operator " + operator);
        }
        return operands[at];
    }

    /// Operands by operator (a two-byte operator is 12·256 + its second byte).
    private Map<Integer, double[]> dictionary(int start, int end) {
        var entries = new HashMap<Integer, double[]>();
        var stack = new double[48];
        int depth = 0;
        int at = start;
        while (at < end) {
            int b = Byte.toUnsignedInt(table.get(at++));
            if (b <= 21) {
                int operator = b == 12 ? 12 << 8 | Byte.toUnsignedInt(table.get(at++)) : b;
                entries.put(operator, java.util.Arrays.copyOf(stack, depth));
                depth = 0;
            } else if (b == 28) {
                stack[depth++] = table.getShort(at);
                at += 2;
            } else if (b == 29) {
                stack[depth++] = table.getInt(at);
                at += 4;
            } else if (b == 30) {
                // A real number, packed decimal to a nibble F: none of the operators read here has one.
                while ((table.get(at) & 0x0F) != 0x0F && (table.get(at) & 0xF0) != 0xF0) {
                    at++;
                }
                at++;
                stack[depth++] = Double.NaN;
            } else if (b <= 246) {
                stack[depth++] = b - 139;
            } else if (b <= 250) {
                stack[depth++] = (b - 247) * 256 + Byte.toUnsignedInt(table.get(at++)) + 108;
            } else {
                stack[depth++] = -(b - 251) * 256 - Byte.toUnsignedInt(table.get(at++)) - 108;
            }
        }
        return entries;
    }

    /// A CFF INDEX: objects of varying length, by number.
    static final class Index {
        static final Index EMPTY = new Index(ByteBuffer.allocate(2), 0);

        private final ByteBuffer table;
        private final int count;
        private final int offsetSize;
        private final int offsets;

        Index(ByteBuffer table, int at) {
            this.table = table;
            count = Short.toUnsignedInt(table.getShort(at));
            offsetSize = count == 0 ? 0 : table.get(at + 2);
            offsets = count == 0 ? at + 2 : at + 3;
        }

        int count() {
            return count;
        }

        int start(int object) {
            int offset = 0;
            for (int i = 0; i < offsetSize; i++) {
                offset = offset << 8 | Byte.toUnsignedInt(table.get(offsets + object * offsetSize + i));
            }
            return offsets + (count + 1) * offsetSize - 1 + offset;
        }

        int end() {
            return count == 0 ? offsets : start(count);
        }
    }
}
