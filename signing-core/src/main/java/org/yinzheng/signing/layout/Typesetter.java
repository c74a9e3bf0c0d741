package org.yinzheng.signing.layout;

import java.util.ArrayList;
import java.util.List;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Template.Align;
import org.yinzheng.signing.layout.Template.Slot;
import org.yinzheng.signing.layout.Template.Style;

/// Sets a text into its slot: finds the largest size at which it fits, breaks the lines, places each character.
final class Typesetter {
    private static final double SHRINK = 0.98;
    private static final int COMPANY = 3;
    /// Rounding of sums, in millimetres: far below what any printer shows.
    private static final double SLACK = 1e-6;

    private final Typefaces typefaces;

    Typesetter(Typefaces typefaces) {
        this.typefaces = typefaces;
    }

    /// @param advance as a fraction of the em, letter spacing included
    private record Letter(int codePoint, Face face, double advance) {}

    List<Page.Text> set(Copy copy, Style style, Align align, Slot slot) {
        var paragraphs = paragraphs(copy, style);
        double size = style.size();
        while (true) {
            var lines = breakAll(paragraphs, align, slot.width() / size, style.spacing());
            // Smaller type has smaller leading, so more lines fit the same height.
            int room = 1 + (int) Math.floor((slot.lines() - 1) * style.size() / size + SLACK);
            if (lines.size() <= room && fit(lines, slot.width() / size, style.spacing())) {
                return place(withoutWidow(lines, paragraphs, size, style, align, slot), size, style, align, slot);
            }
            if (size <= style.minimum()) {
                throw new InvalidInput(
                        "text-too-long", copy.longestField(), "does not fit the space that the template gives it");
            }
            size = Math.max(style.minimum(), size * SHRINK);
        }
    }

    /// A last line of one or two characters looks forgotten: narrower lines, as many of them, send it company.
    private static List<Line> withoutWidow(
            List<Line> lines, List<List<Letter>> paragraphs, double size, Style style, Align align, Slot slot) {
        var best = lines;
        for (double width = slot.width(); best.getLast().letters.size() < COMPANY; width *= SHRINK) {
            var narrower = breakAll(paragraphs, align, width / size, style.spacing());
            if (lines.size() == 1 || narrower.size() > lines.size() || width < slot.width() / 2) {
                return lines;
            }
            best = narrower;
        }
        return best;
    }

    private record Line(List<Letter> letters, boolean last) {}

    private List<List<Letter>> paragraphs(Copy copy, Style style) {
        var paragraphs = new ArrayList<List<Letter>>();
        paragraphs.add(new ArrayList<>());
        for (var part : copy.parts()) {
            part.text().codePoints().forEach(codePoint -> {
                if (codePoint == '\n') {
                    paragraphs.add(new ArrayList<>());
                } else if (codePoint != '\r') {
                    paragraphs.getLast().add(letter(codePoint, part.field(), style));
                }
            });
        }
        return paragraphs;
    }

    private Letter letter(int codePoint, String field, Style style) {
        var face = typefaces.faceFor(style.face(), codePoint).orElseThrow(() -> FontFace.missing(field, codePoint));
        return new Letter(codePoint, face.face(), face.advance(codePoint) + style.spacing());
    }

    private static List<Line> breakAll(List<List<Letter>> paragraphs, Align align, double width, double spacing) {
        var lines = new ArrayList<Line>();
        for (var paragraph : paragraphs) {
            if (align == Align.SPREAD) {
                lines.add(new Line(paragraph, true));
                continue;
            }
            int start = 0;
            do {
                int end = LineBreaker.end(
                        start,
                        paragraph.size(),
                        width + spacing + SLACK,
                        i -> paragraph.get(i).codePoint(),
                        i -> paragraph.get(i).advance());
                lines.add(new Line(trimmed(paragraph.subList(start, end)), end == paragraph.size()));
                start = end;
            } while (start < paragraph.size());
        }
        return lines;
    }

    private static List<Letter> trimmed(List<Letter> letters) {
        int from = 0;
        int to = letters.size();
        while (to > from && letters.get(to - 1).codePoint() == ' ') {
            to--;
        }
        while (from < to && letters.get(from).codePoint() == ' ') {
            from++;
        }
        return letters.subList(from, to);
    }

    private static boolean fit(List<Line> lines, double width, double spacing) {
        return lines.stream().allMatch(line -> natural(line.letters, spacing) <= width + SLACK);
    }

    /// A line's own width in ems; no letter spacing after the last character.
    private static double natural(List<Letter> letters, double spacing) {
        return letters.isEmpty()
                ? 0
                : letters.stream().mapToDouble(Letter::advance).sum() - spacing;
    }

    private static List<Page.Text> place(List<Line> lines, double size, Style style, Align align, Slot slot) {
        var placed = new ArrayList<Page.Text>();
        double baseline = slot.baseline();
        for (var line : lines) {
            if (!line.letters.isEmpty()) {
                double free = slot.width() - size * natural(line.letters, style.spacing());
                int gaps = line.letters.size() - 1;
                boolean stretched = align == Align.SPREAD || (align == Align.JUSTIFY && !line.last);
                double stretch = stretched && gaps > 0 ? free / gaps : 0;
                double indent =
                        switch (align) {
                            case LEFT, JUSTIFY -> 0;
                            case CENTRE -> free / 2;
                            case RIGHT -> free;
                            case SPREAD -> gaps == 0 ? free / 2 : 0;
                        };
                runs(line.letters, slot.x() + indent, baseline, size, stretch, style.colour(), placed);
            }
            baseline += size * style.leading();
        }
        return placed;
    }

    /// One mark for each stretch of characters from one face.
    private static void runs(
            List<Letter> letters,
            double x,
            double baseline,
            double size,
            double stretch,
            Page.Colour colour,
            List<Page.Text> placed) {
        int start = 0;
        double left = x;
        while (start < letters.size()) {
            var face = letters.get(start).face();
            var text = new StringBuilder();
            var advances = new ArrayList<Double>();
            double run = 0;
            int i = start;
            for (; i < letters.size() && letters.get(i).face() == face; i++) {
                text.appendCodePoint(letters.get(i).codePoint());
                double advance = letters.get(i).advance() * size + stretch;
                advances.add(advance);
                run += advance;
            }
            advances.removeLast();
            placed.add(new Page.Text(left, baseline, size, face, colour, text.toString(), advances));
            left += run;
            start = i;
        }
    }
}
