package org.yinzheng.signing.layout;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yinzheng.signing.DocumentBytes;

/// A complete TrueType font that holds just the characters of one document; the same bytes serve in PDF and
/// in OFD.
///
/// @param familyName as in the font's own `name` table
/// @param glyphs the glyph's number for each code point
/// @param advances each code point's advance in thousandths of an em
public record SubsetFont(
        Face face,
        String familyName,
        DocumentBytes trueType,
        SortedMap<Integer, Integer> glyphs,
        SortedMap<Integer, Integer> advances) {
    public SubsetFont {
        glyphs = Collections.unmodifiableSortedMap(new TreeMap<>(glyphs));
        advances = Collections.unmodifiableSortedMap(new TreeMap<>(advances));
    }

    /// The number that `codePoint`'s glyph has in this font; 0 (`.notdef`) for one it was not made for.
    public int glyph(int codePoint) {
        return glyphs.getOrDefault(codePoint, 0);
    }
}
