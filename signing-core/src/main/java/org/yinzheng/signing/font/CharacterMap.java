package org.yinzheng.signing.font;

import java.io.IOException;
import java.nio.ByteBuffer;

/// The full-Unicode character map (cmap format 12) of a face, searched in place.
final class CharacterMap {
    private static final int SEGMENTED_COVERAGE = 12;

    private final ByteBuffer groups;
    private final int count;

    private CharacterMap(ByteBuffer subtable) {
        count = subtable.getInt(12);
        groups = subtable.slice(16, 12 * count);
    }

    static CharacterMap read(ByteBuffer cmap) throws IOException {
        int subtables = Short.toUnsignedInt(cmap.getShort(2));
        for (int i = 0; i < subtables; i++) {
            int offset = cmap.getInt(4 + 8 * i + 4);
            if (cmap.getShort(offset) == SEGMENTED_COVERAGE) {
                return new CharacterMap(cmap.slice(offset, cmap.capacity() - offset));
            }
        }
        throw new IOException("the font has no character map for all of Unicode (cmap format 12)");
    }

    int glyph(int codePoint) {
        int low = 0;
        int high = count - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int entry = 12 * middle;
            if (codePoint < groups.getInt(entry)) {
                high = middle - 1;
            } else if (codePoint > groups.getInt(entry + 4)) {
                low = middle + 1;
            } else {
                return groups.getInt(entry + 8) + codePoint - groups.getInt(entry);
            }
        }
        return 0;
    }
}
