package org.yinzheng.signing.layout;

import java.util.List;
import java.util.Map;

/// How licences of one type look: a page in millimetres and what stands on it, drawn in order. Texts name
/// values as `{KEY}`. Written by people in YAML; see the catalogue packs for examples.
///
/// @param styles by name; every style that an element names is there
/// @param seal where the seal's picture goes
public record Template(double width, double height, Map<String, Style> styles, List<Element> elements, Page.Area seal) {
    public Template {
        styles = Map.copyOf(styles);
        elements = List.copyOf(elements);
    }

    /// Reads YAML (or JSON, which is YAML).
    ///
    /// @throws org.yinzheng.signing.InvalidInput `unknown-key`, `missing-key`, `wrong-type` or `syntax`; the
    /// field is the path to the key
    public static Template parse(String yaml) {
        return TemplateReader.read(yaml);
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
    public record Text(String text, String otherwise, Slot slot, String style, Align align) implements Element {}

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
