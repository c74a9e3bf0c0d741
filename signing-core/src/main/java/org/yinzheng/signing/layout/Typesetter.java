package org.yinzheng.signing.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Template.Align;
import org.yinzheng.signing.layout.Template.Slot;
import org.yinzheng.signing.layout.Template.Style;
import org.yinzheng.signing.layout.TypesetText.Letter;
import org.yinzheng.signing.layout.TypesetText.Line;

/// Breaks a text into lines of a width, and finds the largest size at which it fits a slot.
final class Typesetter {
    static final double SHRINK = 0.98;

    private static final int COMPANY = 3;
    /// Rounding of sums, in millimetres: far below what any printer shows.
    private static final double SLACK = 1e-6;

    private final Typefaces typefaces;

    Typesetter(Typefaces typefaces) {
        this.typefaces = typefaces;
    }

    FontFace face(Face face) {
        return typefaces.face(face);
    }

    FontFace faceFor(Face wanted, String field, int codePoint) {
        return typefaces.faceFor(wanted, codePoint).orElseThrow(() -> FontFace.missing(field, codePoint));
    }

    /// @throws InvalidInput `text-too-long`
    List<Page.Text> set(Copy copy, Style style, Align align, Slot slot) {
        return trySet(copy, style, align, slot).orElseThrow(() -> tooLong(copy));
    }

    /// Empty when it does not fit even at the style's minimum.
    Optional<List<Page.Text>> trySet(Copy copy, Style style, Align align, Slot slot) {
        var paragraphs = paragraphs(copy, style);
        double size = style.size();
        while (true) {
            var lines = breakAll(paragraphs, align, slot.width() / size, style.spacing());
            // Smaller type has smaller leading, so more lines fit the same height.
            int room = 1 + (int) Math.floor((slot.lines() - 1) * style.size() / size + SLACK);
            if (lines.size() <= room && fit(lines, slot.width() / size, style.spacing())) {
                var kept = withoutWidow(lines, paragraphs, size, style, align, slot.width());
                var text = new TypesetText(kept, style, align, slot.width(), size);
                return Optional.of(text.at(slot.x(), slot.baseline()));
            }
            if (size <= style.minimum()) {
                return Optional.empty();
            }
            size = Math.max(style.minimum(), size * SHRINK);
        }
    }

    /// At one size and in as many lines as it takes.
    ///
    /// @throws InvalidInput `text-too-long` when a single character is wider than `width`
    TypesetText wrap(Copy copy, Style style, Align align, double width, double size) {
        var paragraphs = paragraphs(copy, style);
        var lines = breakAll(paragraphs, align, width / size, style.spacing());
        if (!fit(lines, width / size, style.spacing())) {
            throw tooLong(copy);
        }
        return new TypesetText(withoutWidow(lines, paragraphs, size, style, align, width), style, align, width, size);
    }

    /// The size, `wanted` at most, at which no word is broken; the style's minimum when none is small enough.
    double unbroken(Copy copy, Style style, double width, double wanted) {
        double widest = 0;
        for (var paragraph : paragraphs(copy, style)) {
            double word = 0;
            for (int i = 0; i < paragraph.size(); i++) {
                word += paragraph.get(i).advance();
                widest = Math.max(widest, word - style.spacing());
                boolean ends = i + 1 < paragraph.size()
                        && LineBreaker.mayBreak(
                                paragraph.get(i).codePoint(),
                                paragraph.get(i + 1).codePoint());
                word = ends ? 0 : word;
            }
        }
        return widest == 0 ? wanted : Math.clamp(width / widest - SLACK, Math.min(style.minimum(), wanted), wanted);
    }

    static InvalidInput tooLong(Copy copy) {
        return new InvalidInput(
                "text-too-long", copy.longestField(), "does not fit the space that the template gives it");
    }

    /// A last line of one or two characters looks forgotten: narrower lines, as many of them, send it company.
    private static List<Line> withoutWidow(
            List<Line> lines, List<List<Letter>> paragraphs, double size, Style style, Align align, double room) {
        var best = lines;
        for (double width = room; best.getLast().letters().size() < COMPANY; width *= SHRINK) {
            var narrower = breakAll(paragraphs, align, width / size, style.spacing());
            if (lines.size() == 1 || narrower.size() > lines.size() || width < room / 2) {
                return lines;
            }
            best = narrower;
        }
        return best;
    }

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
        var face = faceFor(style.face(), field, codePoint);
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
        return lines.stream().allMatch(line -> line.natural(spacing) <= width + SLACK);
    }
}
