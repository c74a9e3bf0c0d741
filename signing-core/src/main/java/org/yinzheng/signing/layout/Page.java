package org.yinzheng.signing.layout;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.DocumentBytes;

/// One page, laid out to the last glyph: what the PDF and the OFD writer both draw. Millimetres, origin top
/// left, y downwards.
/// Marks are drawn in order.
///
/// @param seal where the seal's picture goes; null on a page that has no place for one
public record Page(
        double width,
        double height,
        List<Mark> marks,
        @Nullable Area seal) {
    public Page {
        marks = List.copyOf(marks);
    }

    /// A rectangle in millimetres; `x`, `y` is its top left corner.
    public record Area(double x, double y, double width, double height) {}

    /// An RGB colour, each part 0–255.
    public record Colour(int red, int green, int blue) {
        public static final Colour BLACK = new Colour(0, 0, 0);
    }

    public sealed interface Mark {}

    /// One line of text. `x` is the left edge of the first glyph's advance, `baseline` the y of the line
    /// it stands on.
    ///
    /// @param size the em in millimetres
    /// @param advances from each code point's origin to the next one's, in millimetres; one fewer than
    /// there are code points
    public record Text(
            double x, double baseline, double size, Face face, Colour colour, String text, List<Double> advances)
            implements Mark {
        public Text {
            advances = List.copyOf(advances);
        }
    }

    /// Closed or open outlines, filled, stroked, or both when both are given.
    ///
    /// @param data SVG path data restricted to absolute `M x y`, `L x y`, `C x1 y1 x2 y2 x y`, `Z`, in
    /// page millimetres
    /// @param lineWidth in millimetres; ignored without `stroke`
    public record Path(
            String data, @Nullable Colour fill, @Nullable Colour stroke, double lineWidth) implements Mark {}

    /// A raster picture (PNG or JPEG bytes), stretched over `area`.
    public record Picture(Area area, DocumentBytes image) implements Mark {}
}
