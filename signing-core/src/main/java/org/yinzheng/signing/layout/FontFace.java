package org.yinzheng.signing.layout;

import java.io.IOException;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.font.FontFile;
import org.yinzheng.signing.font.Glyph;
import org.yinzheng.signing.font.TrueTypeWriter;

/// The outlines of one typeface. Glyphs are converted once and kept; safe for many threads.
public final class FontFace {
    private final Face face;
    private final FontFile file;
    private final Glyph notdef;
    /// By code point. Bounded by the characters that the face has; a hundred bytes to one kilobyte each.
    private final ConcurrentMap<Integer, Glyph> glyphs = new ConcurrentHashMap<>();

    private FontFace(Face face, FontFile file) {
        this.face = face;
        this.file = file;
        this.notdef = Glyph.of(file, 0);
    }

    /// Opens the face named `postScriptName` in an OpenType file or collection.
    ///
    /// @throws IOException when the file cannot be read or has no such face
    public static FontFace open(Face face, Path path, String postScriptName) throws IOException {
        return new FontFace(face, FontFile.open(path, postScriptName));
    }

    public Face face() {
        return face;
    }

    public boolean has(int codePoint) {
        return file.glyph(codePoint) != 0;
    }

    /// As a fraction of the em.
    ///
    /// @throws InvalidInput `missing-glyph` when the face lacks the character
    public double advance(int codePoint) {
        return (double) file.advance(glyphOf(codePoint)) / file.unitsPerEm();
    }

    /// The outline as SVG path data (absolute `M L C Z`) in em units: the origin is on the baseline, **y goes
    /// up**, and an ideograph's square reaches from −0.12 to 0.88. To be filled by the non-zero rule.
    /// Empty for a space.
    ///
    /// @throws InvalidInput `missing-glyph` when the face lacks the character
    public String outline(int codePoint) {
        var data = new PathData(1.0 / file.unitsPerEm(), 5);
        file.draw(glyphOf(codePoint), data);
        return data.toString();
    }

    /// A TrueType font with these characters; the same set gives the same bytes.
    ///
    /// @throws InvalidInput `missing-glyph` when the face lacks one of them
    public SubsetFont subset(SortedSet<Integer> codePoints, String fontName) {
        var chosen = new TreeMap<Integer, Glyph>();
        var numbers = new TreeMap<Integer, Integer>();
        var advances = new TreeMap<Integer, Integer>();
        for (int codePoint : codePoints) {
            var glyph = glyphs.computeIfAbsent(codePoint, c -> Glyph.of(file, glyphOf(c)));
            chosen.put(codePoint, glyph);
            numbers.put(codePoint, chosen.size());
            advances.put(codePoint, Math.round(glyph.advance() * 1000f / file.unitsPerEm()));
        }
        var bytes = new TrueTypeWriter(fontName, face == Face.SERIF_BOLD, file, notdef, chosen).write();
        return new SubsetFont(face, fontName, DocumentBytes.owning(bytes), numbers, advances);
    }

    private int glyphOf(int codePoint) {
        int glyph = file.glyph(codePoint);
        if (glyph == 0) {
            throw missing("", codePoint);
        }
        return glyph;
    }

    static InvalidInput missing(String field, int codePoint) {
        return new InvalidInput(
                "missing-glyph",
                field,
                "no installed typeface has the character %s (U+%04X)"
                        .formatted(Character.toString(codePoint), codePoint));
    }
}
