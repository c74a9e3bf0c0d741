package org.yinzheng.signing.pdf;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import org.yinzheng.signing.layout.Page;

/// Finds a word among a page's characters, wherever its characters were drawn by one operator or by many, set in a
/// row or in a column, or broken at the end of a line. White space does not count, nor do compatibility forms.
final class Keyword {
    /// How far apart two neighbouring characters of a word may be, in sizes of the type.
    private static final double GAP = 2;
    /// How far below the next line may be, in sizes of the type.
    private static final double LEADING = 3;

    private final String word;

    /// A run of characters that spell the word.
    record Found(List<Glyph> glyphs) {
        /// Of the longest part when the word is broken at the end of a line.
        Page.Area area() {
            List<Glyph> best = List.of();
            int from = 0;
            for (int i = 1; i <= glyphs.size(); i++) {
                if (i == glyphs.size() || !isBeside(glyphs.get(i - 1), glyphs.get(i))) {
                    if (i - from > best.size()) {
                        best = glyphs.subList(from, i);
                    }
                    from = i;
                }
            }
            return around(best);
        }
    }

    Keyword(String word) {
        this.word = plain(word);
    }

    /// In reading order: from the top, then from the left.
    List<Found> in(List<Glyph> glyphs) {
        if (word.isEmpty()) {
            return List.of();
        }
        // As drawn (words set in columns or turned), and line by line (characters drawn out of order).
        var found = new ArrayList<Found>();
        var seen = new HashSet<HashSet<Glyph>>();
        for (var order : List.of(glyphs, byLines(glyphs))) {
            for (var one : run(order)) {
                if (seen.add(new HashSet<>(one.glyphs()))) {
                    found.add(one);
                }
            }
        }
        found.sort(Comparator.<Found>comparingDouble(one -> Math.rint(one.area().y()))
                .thenComparingDouble(one -> one.area().x()));
        return found;
    }

    private List<Found> run(List<Glyph> glyphs) {
        var text = new StringBuilder();
        var owners = new ArrayList<Integer>();
        for (int i = 0; i < glyphs.size(); i++) {
            var characters = plain(glyphs.get(i).text());
            text.append(characters);
            for (int k = 0; k < characters.length(); k++) {
                owners.add(i);
            }
        }
        var found = new ArrayList<Found>();
        for (int at = text.indexOf(word); at >= 0; at = text.indexOf(word, at + 1)) {
            var run = List.copyOf(glyphs.subList(owners.get(at), owners.get(at + word.length() - 1) + 1));
            if (isOneWord(run)) {
                found.add(new Found(run));
            }
        }
        return found;
    }

    private static boolean isOneWord(List<Glyph> run) {
        for (int i = 1; i < run.size(); i++) {
            if (!isBeside(run.get(i - 1), run.get(i)) && !isNextLine(run.get(i - 1), run.get(i))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isBeside(Glyph one, Glyph next) {
        double across = Math.max(
                next.area().x() - one.area().x() - one.area().width(),
                one.area().x() - next.area().x() - next.area().width());
        double down = Math.max(
                next.area().y() - one.area().y() - one.area().height(),
                one.area().y() - next.area().y() - next.area().height());
        return Math.max(across, 0) + Math.max(down, 0) <= GAP * Math.max(one.size(), next.size());
    }

    private static boolean isNextLine(Glyph one, Glyph next) {
        double down = next.area().y() - one.area().y();
        return down > 0
                && down <= LEADING * Math.max(one.size(), next.size())
                && next.area().x() < one.area().x();
    }

    /// Lines from the top, each from the left.
    static List<Glyph> byLines(List<Glyph> glyphs) {
        var rest = new ArrayList<>(glyphs);
        rest.sort(Comparator.comparingDouble(Keyword::middle));
        var ordered = new ArrayList<Glyph>(rest.size());
        for (int from = 0; from < rest.size(); ) {
            int to = from + 1;
            while (to < rest.size()
                    && middle(rest.get(to)) - middle(rest.get(from))
                            < rest.get(from).size() / 2) {
                to++;
            }
            var line = rest.subList(from, to);
            line.sort(Comparator.comparingDouble(glyph -> glyph.area().x()));
            ordered.addAll(line);
            from = to;
        }
        return ordered;
    }

    static Page.Area around(List<Glyph> glyphs) {
        double left = glyphs.stream().mapToDouble(one -> one.area().x()).min().orElseThrow();
        double top = glyphs.stream().mapToDouble(one -> one.area().y()).min().orElseThrow();
        double right = glyphs.stream()
                .mapToDouble(one -> one.area().x() + one.area().width())
                .max()
                .orElseThrow();
        double bottom = glyphs.stream()
                .mapToDouble(one -> one.area().y() + one.area().height())
                .max()
                .orElseThrow();
        return new Page.Area(left, top, right - left, bottom - top);
    }

    private static double middle(Glyph glyph) {
        return glyph.area().y() + glyph.area().height() / 2;
    }

    private static String plain(String text) {
        return Normalizer.normalize(text, Normalizer.Form.NFKC).replaceAll("\\s+", "");
    }
}
