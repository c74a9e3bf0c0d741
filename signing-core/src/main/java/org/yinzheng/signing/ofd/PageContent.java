package org.yinzheng.signing.ofd;

import static org.yinzheng.signing.ofd.XmlText.number;
import static org.yinzheng.signing.ofd.XmlText.numbers;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.layout.Face;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.SubsetFont;

/// A page's marks as OFD objects (GB/T 33190 §8, §9, §11). Paths and pictures use the page as their boundary, so
/// that their coordinates stay those of the page.
final class PageContent {
    private final Page page;
    private final XmlText xml;
    private final Map<Face, EmbeddedFont> fonts;
    private final ToIntFunction<Page.Picture> pictureId;
    private int lastId;

    private PageContent(Page page, Map<Face, EmbeddedFont> fonts, ToIntFunction<Page.Picture> pictureId, int lastId) {
        this.page = page;
        this.fonts = fonts;
        this.pictureId = pictureId;
        this.lastId = lastId;
        this.xml = XmlText.root("Page");
    }

    record EmbeddedFont(int id, SubsetFont font) {}

    /// @param xml Content.xml
    /// @param lastId the highest identifier given so far
    record Written(DocumentBytes xml, int lastId) {}

    static Written write(Page page, Map<Face, EmbeddedFont> fonts, ToIntFunction<Page.Picture> pictureId, int lastId) {
        return new PageContent(page, fonts, pictureId, lastId).write();
    }

    private Written write() {
        xml.open("Area").leaf("PhysicalBox", box()).close();
        xml.open("Content").open("Layer", "ID", nextId(), "Type", "Body");
        for (var mark : page.marks()) {
            switch (mark) {
                case Page.Text text -> text(text);
                case Page.Path path -> path(path);
                case Page.Picture picture -> picture(picture);
            }
        }
        return new Written(DocumentBytes.owning(xml.bytes()), lastId);
    }

    private void text(Page.Text text) {
        int[] codePoints = text.text().codePoints().toArray();
        double x = text.x();
        int begin = 0;
        double beginX = x;
        for (int i = 0; i < codePoints.length; i++) {
            double next = i + 1 < codePoints.length ? x + text.advances().get(i) : x;
            if (Character.isSupplementaryCodePoint(codePoints[i])) {
                run(text, beginX, codePoints, begin, i);
                run(text, x, codePoints, i, i + 1);
                begin = i + 1;
                beginX = next;
            }
            x = next;
        }
        run(text, beginX, codePoints, begin, codePoints.length);
    }

    /// Writes the characters from `begin` to before `end`. A rare character outside the BMP is a run of its own and
    /// names its glyph: readers that count UTF-16 units would look for two glyphs and shift all that follows.
    private void run(Page.Text text, double x, int[] codePoints, int begin, int end) {
        var characters = new String(codePoints, begin, end - begin);
        if (characters.isBlank()) {
            return;
        }
        var advances = text.advances().subList(begin, end - 1);
        double width = text.size();
        for (double advance : advances) {
            width += Math.abs(advance);
        }
        var font = Objects.requireNonNull(fonts.get(text.face()));
        // Half an em around the line: nothing that a glyph draws may be clipped.
        double margin = text.size() / 2;
        double ascent = text.size() * 1.5;
        xml.open(
                "TextObject",
                "ID",
                nextId(),
                "Boundary",
                numbers(x - margin, text.baseline() - ascent, width + 2 * margin, text.size() * 2.2),
                "Font",
                Integer.toString(font.id()),
                "Size",
                number(text.size()));
        xml.empty("FillColor", "Value", colour(text.colour()));
        if (characters.length() > end - begin) {
            xml.open("CGTransform", "CodePosition", "0", "CodeCount", "2", "GlyphCount", "1")
                    .leaf("Glyphs", Integer.toString(font.font().glyph(codePoints[begin])))
                    .close();
        }
        if (advances.isEmpty()) {
            xml.leaf("TextCode", characters, "X", number(margin), "Y", number(ascent));
        } else {
            xml.leaf("TextCode", characters, "X", number(margin), "Y", number(ascent), "DeltaX", deltas(advances));
        }
        xml.close();
    }

    private void path(Page.Path path) {
        xml.open(
                "PathObject",
                "ID",
                nextId(),
                "Boundary",
                box(),
                "LineWidth",
                number(path.lineWidth()),
                "Stroke",
                Boolean.toString(path.stroke() != null),
                "Fill",
                Boolean.toString(path.fill() != null));
        if (path.stroke() != null) {
            xml.empty("StrokeColor", "Value", colour(path.stroke()));
        }
        if (path.fill() != null) {
            xml.empty("FillColor", "Value", colour(path.fill()));
        }
        // OFD's operators are SVG's but for two letters: B for a cubic curve, C for closing.
        xml.leaf("AbbreviatedData", path.data().replace('C', 'B').replace('Z', 'C'));
        xml.close();
    }

    private void picture(Page.Picture picture) {
        var area = picture.area();
        xml.empty(
                "ImageObject",
                "ID",
                nextId(),
                "Boundary",
                numbers(area.x(), area.y(), area.width(), area.height()),
                "CTM",
                numbers(area.width(), 0, 0, area.height(), 0, 0),
                "ResourceID",
                Integer.toString(pictureId.applyAsInt(picture)));
    }

    /// Runs of equal steps in the short form `g count step`.
    private static String deltas(List<Double> advances) {
        var deltas = new StringBuilder();
        for (int i = 0; i < advances.size(); ) {
            var step = number(advances.get(i));
            int run = 1;
            while (i + run < advances.size() && number(advances.get(i + run)).equals(step)) {
                run++;
            }
            deltas.append(deltas.isEmpty() ? "" : " ");
            deltas.append(run > 1 ? "g " + run + " " + step : step);
            i += run;
        }
        return deltas.toString();
    }

    private String box() {
        return numbers(0, 0, page.width(), page.height());
    }

    private String nextId() {
        return Integer.toString(++lastId);
    }

    private static String colour(Page.Colour colour) {
        return colour.red() + " " + colour.green() + " " + colour.blue();
    }
}
