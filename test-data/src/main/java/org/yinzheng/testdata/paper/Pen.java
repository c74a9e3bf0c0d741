package org.yinzheng.testdata.paper;

import java.awt.Graphics2D;
import java.awt.geom.AffineTransform;
import java.awt.geom.Path2D;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Scanner;
import java.util.concurrent.ConcurrentHashMap;
import org.yinzheng.signing.layout.Face;
import org.yinzheng.signing.layout.FontFace;
import org.yinzheng.signing.layout.Typefaces;

/// Writes text as filled outlines. Safe for many threads.
public final class Pen {
    private record Letter(Face face, int codePoint) {}

    private final Typefaces typefaces;
    private final Map<Letter, Path2D> letters = new ConcurrentHashMap<>();

    public Pen(Typefaces typefaces) {
        this.typefaces = typefaces;
    }

    /// Writes one line from `x`, standing on `baseline`, and returns where it ends. `spacing` is added after each
    /// character.
    double write(Graphics2D graphics, String text, double x, double baseline, double size, Face face, double spacing) {
        double at = x;
        for (int codePoint : text.codePoints().toArray()) {
            FontFace font = faceFor(face, codePoint);
            AffineTransform place = new AffineTransform(size, 0, 0, -size, at, baseline);
            Path2D outline =
                    letters.computeIfAbsent(new Letter(font.face(), codePoint), letter -> read(font, codePoint));
            graphics.fill(outline.createTransformedShape(place));
            at += font.advance(codePoint) * size + spacing;
        }
        return at;
    }

    void writeCentred(
            Graphics2D graphics, String text, double middle, double baseline, double size, Face face, double spacing) {
        double left = middle - (width(text, size, face) + spacing * (text.length() - 1)) / 2;
        write(graphics, text, left, baseline, size, face, spacing);
    }

    /// Writes as many lines as it takes, and returns the last one's baseline.
    double writeWrapped(
            Graphics2D graphics, String text, double x, double baseline, double width, double size, Face face) {
        double line = baseline;
        for (String part : wrap(text, width, size, face)) {
            write(graphics, part, x, line, size, face, 0);
            line += size * 1.4;
        }
        return line - size * 1.4;
    }

    private double width(String text, double size, Face face) {
        return text.codePoints()
                .mapToDouble(c -> faceFor(face, c).advance(c) * size)
                .sum();
    }

    private List<String> wrap(String text, double width, double size, Face face) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (int codePoint : text.codePoints().toArray()) {
            String character = Character.toString(codePoint);
            boolean mayBegin = "，。；、）".indexOf(codePoint) < 0;
            if (mayBegin && width(line + character, size, face) > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(character);
        }
        lines.add(line.toString());
        return lines;
    }

    private FontFace faceFor(Face face, int codePoint) {
        return typefaces.faceFor(face, codePoint).orElseThrow();
    }

    private static Path2D read(FontFace font, int codePoint) {
        Path2D path = new Path2D.Double(Path2D.WIND_NON_ZERO);
        try (Scanner data = new Scanner(font.outline(codePoint))) {
            while (data.hasNext()) {
                switch (data.next()) {
                    case "M" -> path.moveTo(number(data), number(data));
                    case "L" -> path.lineTo(number(data), number(data));
                    case "C" ->
                        path.curveTo(
                                number(data), number(data), number(data), number(data), number(data), number(data));
                    case "Z" -> path.closePath();
                    default -> throw new IllegalStateException("an outline has M, L, C and Z only");
                }
            }
        }
        return path;
    }

    private static double number(Scanner data) {
        return Double.parseDouble(data.next());
    }
}
