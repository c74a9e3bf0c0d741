package org.yinzheng.signing.font;

import java.io.ByteArrayOutputStream;

/// One glyph as a TrueType font stores it: quadratic outlines, encoded, with the figures that its font's
/// tables need. The encoded bytes are handed out only inside this package.
public final class Glyph {
    final byte[] encoded;
    final int advance;
    final int points;
    final int contours;
    final int xMin;
    final int yMin;
    final int xMax;
    final int yMax;

    private Glyph(byte[] encoded, int advance, QuadraticOutline outline) {
        this.encoded = encoded;
        this.advance = advance;
        points = outline.size();
        contours = outline.contours();
        xMin = outline.xMin();
        yMin = outline.yMin();
        xMax = outline.xMax();
        yMax = outline.yMax();
    }

    /// Converts one glyph of `file`; its outline keeps within half a thousandth of an em of the original.
    public static Glyph of(FontFile file, int glyph) {
        var outline = new QuadraticOutline(file.unitsPerEm() / 2000.0);
        file.draw(glyph, outline);
        return new Glyph(encode(outline), file.advance(glyph), outline);
    }

    /// In font units.
    public int advance() {
        return advance;
    }

    private static byte[] encode(QuadraticOutline outline) {
        if (outline.size() == 0) {
            return new byte[0];
        }
        var out = new ByteArrayOutputStream(32 + 5 * outline.size());
        int16(out, outline.contours());
        int16(out, outline.xMin());
        int16(out, outline.yMin());
        int16(out, outline.xMax());
        int16(out, outline.yMax());
        for (int c = 0; c < outline.contours(); c++) {
            int16(out, outline.end(c) - 1);
        }
        int16(out, 0); // no instructions
        flags(out, outline);
        coordinates(out, outline, true);
        coordinates(out, outline, false);
        while (out.size() % 4 != 0) {
            out.write(0);
        }
        return out.toByteArray();
    }

    private static void flags(ByteArrayOutputStream out, QuadraticOutline outline) {
        int i = 0;
        while (i < outline.size()) {
            int flag = flag(outline, i);
            int repeats = 0;
            while (i + repeats + 1 < outline.size() && repeats < 255 && flag(outline, i + repeats + 1) == flag) {
                repeats++;
            }
            if (repeats > 1) {
                out.write(flag | 0x08);
                out.write(repeats);
                i += repeats + 1;
            } else {
                out.write(flag);
                i++;
            }
        }
    }

    private static int flag(QuadraticOutline outline, int i) {
        return (outline.on(i) ? 0x01 : 0)
                | axis(outline.x(i) - (i == 0 ? 0 : outline.x(i - 1)), 0x02, 0x10)
                | axis(outline.y(i) - (i == 0 ? 0 : outline.y(i - 1)), 0x04, 0x20);
    }

    /// `same` means "no change" with a long vector and "positive" with a short one.
    private static int axis(int delta, int shortVector, int same) {
        if (delta == 0) {
            return same;
        }
        return Math.abs(delta) > 255 ? 0 : shortVector | (delta > 0 ? same : 0);
    }

    private static void coordinates(ByteArrayOutputStream out, QuadraticOutline outline, boolean horizontal) {
        int last = 0;
        for (int i = 0; i < outline.size(); i++) {
            int value = horizontal ? outline.x(i) : outline.y(i);
            int delta = value - last;
            if (delta != 0 && Math.abs(delta) <= 255) {
                out.write(Math.abs(delta));
            } else if (delta != 0) {
                int16(out, delta);
            }
            last = value;
        }
    }

    private static void int16(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
    }
}
