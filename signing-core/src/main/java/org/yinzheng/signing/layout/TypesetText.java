package org.yinzheng.signing.layout;

import java.util.ArrayList;
import java.util.List;
import org.yinzheng.signing.layout.Template.Align;
import org.yinzheng.signing.layout.Template.Style;

/// A text broken into lines of one width and size, to be placed as a whole or line by line.
///
/// @param size the em in millimetres
record TypesetText(List<Line> lines, Style style, Align align, double width, double size) {
    /// @param advance as a fraction of the em, letter spacing included
    record Letter(int codePoint, Face face, double advance) {}

    /// @param last of its paragraph
    record Line(List<Letter> letters, boolean last) {
        /// Its own width in ems; no letter spacing after the last character.
        double natural(double spacing) {
            return letters.isEmpty()
                    ? 0
                    : letters.stream().mapToDouble(Letter::advance).sum() - spacing;
        }
    }

    /// From baseline to baseline.
    double leading() {
        return size * style.leading();
    }

    List<Page.Text> at(double x, double baseline) {
        return at(x, baseline, 0, lines.size());
    }

    /// The lines from `from` to before `to`, the first of them on `baseline`.
    List<Page.Text> at(double x, double baseline, int from, int to) {
        var placed = new ArrayList<Page.Text>();
        double y = baseline;
        for (var line : lines.subList(from, to)) {
            if (!line.letters.isEmpty()) {
                double free = width - size * line.natural(style.spacing());
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
                runs(line.letters, x + indent, y, stretch, placed);
            }
            y += leading();
        }
        return placed;
    }

    /// One mark for each stretch of characters from one face.
    private void runs(List<Letter> letters, double x, double baseline, double stretch, List<Page.Text> placed) {
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
            placed.add(new Page.Text(left, baseline, size, face, style.colour(), text.toString(), advances));
            left += run;
            start = i;
        }
    }
}
