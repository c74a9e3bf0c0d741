package org.yinzheng.signing.pdf;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.stamping.Warning;

/// Tells which text lies under a seal's box and was not meant to.
final class CoveredText {
    private static final int LONGEST_SNIPPET = 30;
    private static final int MOST = 100;
    /// Boxes of characters are a little larger than what is inked, in millimetres.
    private static final double TOUCHING = 0.3;

    private CoveredText() {}

    static List<Warning> below(List<Spot> spots, PageText text, IntFunction<Sheet> sheets) throws IOException {
        var warnings = new ArrayList<Warning>();
        var inOrder = spots.stream()
                .filter(Spot::checked)
                .sorted(Comparator.comparingInt(Spot::page))
                .toList();
        for (var spot : inOrder) {
            var own = new HashSet<>(spot.own());
            var covered = text.of(spot.page(), sheets.apply(spot.page())).stream()
                    .filter(glyph -> !own.contains(glyph) && overlap(glyph.area(), spot.area()))
                    .toList();
            if (!covered.isEmpty()) {
                warnings.add(new Warning(
                        Warning.Kind.COVERS_TEXT, "page " + spot.page() + ": " + snippet(Keyword.byLines(covered))));
            }
            if (warnings.size() == MOST) {
                break;
            }
        }
        return warnings;
    }

    private static String snippet(List<Glyph> glyphs) {
        var text = glyphs.stream().map(Glyph::text).collect(Collectors.joining());
        return text.codePoints()
                .filter(character -> !Character.isISOControl(character))
                .limit(LONGEST_SNIPPET)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean overlap(Page.Area one, Page.Area other) {
        return one.x() + TOUCHING < other.x() + other.width()
                && other.x() + TOUCHING < one.x() + one.width()
                && one.y() + TOUCHING < other.y() + other.height()
                && other.y() + TOUCHING < one.y() + one.height();
    }
}
