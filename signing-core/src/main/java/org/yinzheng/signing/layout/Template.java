package org.yinzheng.signing.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// How licences of one type look: pages in millimetres and what stands on them, drawn in order. Texts name
/// values as `{KEY}`. Written by people in YAML; see the catalogue packs for examples.
///
/// @param styles by name; every style that an element names is there
/// @param sides the pages that every licence has: one, or both sides of a card, or those of a booklet. Exactly one
/// has the place for the seal
/// @param continuation 附页: where what does not fit goes on; without it such a text is an error
public record Template(
        double width, double height, Map<String, Style> styles, List<Side> sides, Optional<Continuation> continuation) {
    public Template {
        styles = Map.copyOf(styles);
        sides = List.copyOf(sides);
    }

    /// @param seal where the seal's picture goes
    public record Side(List<Element> elements, Optional<Page.Area> seal) {
        public Side {
            elements = List.copyOf(elements);
        }
    }

    /// @param area what the texts and rows that go on may fill
    /// @param label the style of their headings
    /// @param text the style of the texts themselves
    /// @param elements of every such page; may print `{PAGE}` and `{PAGES}`, which count these pages alone
    public record Continuation(Page.Area area, String label, String text, List<Element> elements) {
        public Continuation {
            elements = List.copyOf(elements);
        }
    }

    /// Reads YAML (or JSON, which is YAML).
    ///
    /// @throws org.yinzheng.signing.InvalidInput `unknown-key`, `missing-key`, `wrong-type` or `syntax`; the
    /// field is the path to the key
    public static Template parse(String yaml) {
        return TemplateReader.read(yaml);
    }

    /// This template with a watermark over the ornaments and under everything else, on every page.
    public Template with(Watermark watermark) {
        return new Template(
                width,
                height,
                styles,
                sides.stream()
                        .map(side -> new Side(marked(side.elements(), watermark), side.seal()))
                        .toList(),
                continuation.map(next ->
                        new Continuation(next.area(), next.label(), next.text(), marked(next.elements(), watermark))));
    }

    private static List<Element> marked(List<Element> elements, Watermark watermark) {
        var marked = new ArrayList<>(elements);
        int ornaments = 0;
        while (ornaments < marked.size() && marked.get(ornaments) instanceof Ornamental) {
            ornaments++;
        }
        marked.add(ornaments, watermark);
        return marked;
    }

    /// @param size the em in millimetres
    /// @param minimum the smallest em that a long text may shrink to, in millimetres
    /// @param leading from baseline to baseline, as a multiple of the em
    /// @param spacing added to every advance, as a fraction of the em
    public record Style(Face face, double size, double minimum, double leading, double spacing, Page.Colour colour) {}

    public enum Align {
        LEFT,
        CENTRE,
        RIGHT,
        /// Wrapped lines fill the width, except a paragraph's last.
        JUSTIFY,
        /// One line, its characters spread over the whole width: 两端对齐, as labels are set.
        SPREAD
    }

    /// @param x the left edge
    /// @param baseline of the first line
    /// @param lines how many lines there is room for at the style's own size
    public record Slot(double x, double baseline, double width, int lines) {}

    /// What can stand on a page. Areas in millimetres.
    public sealed interface Element {}

    /// An element that looks the same whatever the values.
    public sealed interface Ornamental extends Element {}

    /// @param otherwise what to print when every value named in `text` is empty; empty means that a missing
    /// value is an error
    /// @param continued the heading under which a text that does not fit stands on a continuation page, while its
    /// slot refers to it; empty means that it has to fit
    public record Text(String text, String otherwise, Slot slot, String style, Align align, String continued)
            implements Element {}

    /// A cell of a [Form]: a label and what stands beside it. The label is the heading of a text that does not fit.
    ///
    /// @param otherwise as of [Text]
    public record Cell(String label, String text, String otherwise, String style, Align align) {}

    /// Labelled values in rows, each row as high as its longest value: nothing runs into the next one. When the whole
    /// is too high it shrinks, and then the longest value goes to a continuation page.
    ///
    /// @param labelWidth of the first cell of a row
    /// @param innerLabelWidth of the others
    /// @param gap between a label and its value
    /// @param pitch from row to row while values have one line
    /// @param style of the labels
    /// @param rows cells of one row share its width evenly
    /// @param line under each value, when it has a width
    public record Form(
            Page.Area area,
            double labelWidth,
            double innerLabelWidth,
            double gap,
            double pitch,
            String style,
            Align labels,
            List<List<Cell>> rows,
            Page.Colour line,
            double lineWidth)
            implements Element {
        public Form {
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /// @param width in millimetres
    public record Column(String title, String text, double width, Align align) {}

    /// A group as rows of a ruled table. Rows below `area` go on to a continuation page, under the same head.
    ///
    /// @param group as in [Values]; its texts are at hand in the columns, and `{ROW}` counts from 1
    /// @param title the table's heading on a continuation page
    /// @param pitch height of a row of one line
    public record Table(
            Page.Area area,
            String group,
            String title,
            List<Column> columns,
            double pitch,
            String head,
            String style,
            Page.Colour line,
            double lineWidth)
            implements Element {
        public Table {
            columns = List.copyOf(columns);
        }
    }

    /// The same elements for each item of a group, side by side and then downwards. Items that find no place on the
    /// page go on to a continuation page.
    ///
    /// @param area of the first item; its elements count from its top left corner
    /// @param across items beside each other
    /// @param down rows of items on this page
    public record Repeat(Page.Area area, String group, String title, int across, int down, List<Element> elements)
            implements Element {
        public Repeat {
            elements = List.copyOf(elements);
        }
    }

    /// A picture out of the licence's data, undistorted in the middle of its area; nothing when there is none.
    public record Picture(String field, Page.Area area) implements Element {}

    /// Large pale words across an area: outlines, not text, so that nobody's search finds them among the licence's own.
    ///
    /// @param angle in degrees, anticlockwise
    /// @param stepX from word to word; 0 for a single one in the middle
    /// @param stepY from line to line
    public record Watermark(
            String text,
            Page.Area area,
            Face face,
            double size,
            double angle,
            double stepX,
            double stepY,
            Page.Colour colour)
            implements Ornamental {}

    /// A single QR code with the content that the caller gives, filling `area`.
    public record Qr(Page.Area area, Page.Colour colour) implements Element {}

    public record Fill(Page.Area area, Page.Colour colour) implements Ornamental {}

    public record Rule(double x1, double y1, double x2, double y2, Page.Colour colour, double lineWidth)
            implements Ornamental {}

    public record Outline(Page.Area area, Page.Colour colour, double lineWidth) implements Ornamental {}

    /// An ornamental border: braided waves between two rules, a rosette in each corner.
    ///
    /// @param band the border's breadth, inwards from `area`
    public record Border(Page.Area area, double band, double period, Page.Colour colour, double lineWidth)
            implements Ornamental {}

    /// A guilloche ring: `strands` waves of `petals` periods, braided between two radii.
    public record Rosette(
            double x,
            double y,
            double inner,
            double outer,
            int petals,
            int strands,
            Page.Colour colour,
            double lineWidth)
            implements Ornamental {}

    /// Fine parallel waves, each a little out of step with the one above, as on security paper.
    public record Waves(Page.Area area, int count, double period, double swing, Page.Colour colour, double lineWidth)
            implements Ornamental {}
}
