package org.yinzheng.signing.ofd;

import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/// The characters that a page shows, its templates' among them, and where. Good enough to find a word and to
/// say that a seal lies on text: a character is taken for its em square.
final class PageText {
    private static final int MOST_CHARACTERS = 200_000;
    /// Characters further apart than this many heights do not make a word.
    private static final double WIDEST_GAP = 3;

    private final Stampable document;
    private final List<List<Glyph>> lines = new ArrayList<>();
    private final List<Glyph> level = new ArrayList<>();
    private int count;

    /// @param codePoint never white space, and in its plain form
    /// @param box from the corner of the sheet
    record Glyph(int codePoint, Rectangle2D box) {}

    private PageText(Stampable document) {
        this.document = document;
    }

    /// Lines from top to bottom, each in reading order.
    static List<List<Glyph>> read(Stampable document, Stampable.Sheet sheet) {
        var text = new PageText(document);
        var page = document.tree(sheet.path());
        page.all("Template")
                .forEach(use -> text.readTemplate(use.attribute("TemplateID").orElse("")));
        text.readLayer(page);
        text.lines.sort(Comparator.comparingDouble(line -> line.getFirst().box().getCenterY()));
        return text.lines;
    }

    private void readTemplate(String id) {
        document.document
                .required("CommonData")
                .all("TemplatePage")
                .filter(template -> template.attribute("ID").orElse("").equals(id))
                .flatMap(template -> template.attribute("BaseLoc").stream())
                .map(location -> Stampable.inside(document.folder, location))
                .forEach(path -> readLayer(document.tree(path)));
    }

    /// Text of a template may lie on text of the page: the two make no words together.
    private void readLayer(XmlTree page) {
        readObjects(page);
        layLines();
        level.clear();
    }

    private void readObjects(XmlTree element) {
        if (element.name.equals("TextObject")) {
            readText(element);
        } else {
            element.children.forEach(this::readObjects);
        }
    }

    private void readText(XmlTree object) {
        var boundary = object.attribute("Boundary").map(Stampable::numbers).orElse(new double[0]);
        if (boundary.length != 4) {
            return;
        }
        var place = AffineTransform.getTranslateInstance(boundary[0], boundary[1]);
        object.attribute("CTM")
                .map(Stampable::numbers)
                .filter(matrix -> matrix.length == 6)
                .ifPresent(matrix -> place.concatenate(new AffineTransform(matrix)));
        double size = object.attribute("Size").map(PageText::number).orElse(0.0);
        double wide = size * object.attribute("HScale").map(PageText::number).orElse(1.0);
        var glyphs = new ArrayList<Glyph>();
        double x = 0;
        double y = 0;
        for (var code : object.all("TextCode").toList()) {
            x = code.attribute("X").map(PageText::number).orElse(x);
            y = code.attribute("Y").map(PageText::number).orElse(y);
            readCode(code, place, x, y, size, wide, glyphs);
        }
        boolean upright = glyphs.size() > 1
                && height(glyphs.getFirst(), glyphs.getLast()) > width(glyphs.getFirst(), glyphs.getLast());
        if (upright) {
            lines.add(glyphs);
        } else {
            level.addAll(glyphs);
        }
    }

    private void readCode(
            XmlTree code, AffineTransform place, double x, double y, double size, double wide, List<Glyph> glyphs) {
        var text = code.rawText().codePoints().toArray();
        count += text.length;
        if (count > MOST_CHARACTERS) {
            throw XmlTree.broken("has more text than is searched");
        }
        var across = deltas(code.attribute("DeltaX").orElse(""), text.length);
        var down = deltas(code.attribute("DeltaY").orElse(""), text.length);
        double atX = x;
        double atY = y;
        for (int i = 0; i < text.length; i++) {
            if (!Character.isWhitespace(text[i]) && text[i] != 0x3000) {
                double width = text[i] < 0x2e80 ? wide / 2 : wide;
                var square = new Rectangle2D.Double(atX, atY - 0.88 * size, width, size);
                glyphs.add(new Glyph(
                        plain(text[i]), place.createTransformedShape(square).getBounds2D()));
            }
            atX += across[i];
            atY += down[i];
        }
    }

    /// Numbers, with runs of equal ones in the short form `g count step`.
    private static double[] deltas(String text, int length) {
        var deltas = new double[length];
        var tokens = text.isBlank() ? new String[0] : text.strip().split("\\s+");
        int filled = 0;
        for (int i = 0; i < tokens.length && filled < length; i++) {
            if (tokens[i].toLowerCase(Locale.ROOT).equals("g") && i + 2 < tokens.length) {
                double run = number(tokens[i + 1]);
                double step = number(tokens[i + 2]);
                for (int j = 0; j < run && filled < length; j++) {
                    deltas[filled++] = step;
                }
                i += 2;
            } else {
                deltas[filled++] = number(tokens[i]);
            }
        }
        return deltas;
    }

    private void layLines() {
        level.sort(Comparator.comparingDouble(glyph -> glyph.box().getCenterY()));
        var line = new ArrayList<Glyph>();
        for (var glyph : level) {
            if (!line.isEmpty()
                    && glyph.box().getCenterY() - line.getLast().box().getCenterY()
                            > glyph.box().getHeight() / 2) {
                layLine(line);
                line.clear();
            }
            line.add(glyph);
        }
        layLine(line);
    }

    private void layLine(List<Glyph> line) {
        var sorted = new ArrayList<>(line);
        sorted.sort(Comparator.comparingDouble(glyph -> glyph.box().getX()));
        var word = new ArrayList<Glyph>();
        for (var glyph : sorted) {
            if (!word.isEmpty()
                    && glyph.box().getX() - word.getLast().box().getMaxX()
                            > WIDEST_GAP * glyph.box().getHeight()) {
                lines.add(List.copyOf(word));
                word.clear();
            }
            word.add(glyph);
        }
        if (!word.isEmpty()) {
            lines.add(List.copyOf(word));
        }
    }

    private static double width(Glyph first, Glyph last) {
        return Math.abs(last.box().getX() - first.box().getX());
    }

    private static double height(Glyph first, Glyph last) {
        return Math.abs(last.box().getY() - first.box().getY());
    }

    /// A full-width or otherwise compatible form as its plain one, when that is one character too.
    static int plain(int codePoint) {
        var plain = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
        return plain.codePointCount(0, plain.length()) == 1 ? plain.codePointAt(0) : codePoint;
    }

    private static double number(String text) {
        var numbers = Stampable.numbers(text);
        if (numbers.length != 1) {
            throw XmlTree.broken("has several numbers where one belongs");
        }
        return numbers[0];
    }
}
