package org.yinzheng.signing.pdf;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.yinzheng.signing.layout.Face;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.SubsetFont;

/// A page's marks as a PDF content stream, in millimetres from the top left: one transformation at its head
/// turns them into points from the bottom left, so all figures stay short and are those of the page.
final class PageContent {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

    /// In thousandths of the em.
    private static final int WIDE = 90;

    private final Map<Face, SubsetFont> fonts;
    private final StringBuilder out = new StringBuilder(1 << 15);
    private int pictures;

    PageContent(Map<Face, SubsetFont> fonts) {
        this.fonts = fonts;
    }

    static String fontName(Face face) {
        return switch (face) {
            case SERIF -> "Serif";
            case SERIF_BOLD -> "Bold";
            case SANS -> "Sans";
        };
    }

    static String pictureName(int number) {
        return "P" + number;
    }

    /// @param marks the page's, or a leading part of them
    static byte[] background(double pageHeight, List<Page.Mark> marks) {
        var content = new PageContent(Map.of());
        content.out.append("2.834646 0 0 -2.834646 0 ");
        content.number(pageHeight * 72 / 25.4, 4);
        content.out.append("cm\n");
        return content.draw(marks);
    }

    /// Continues what [background] began.
    byte[] draw(List<Page.Mark> marks) {
        for (var mark : marks) {
            switch (mark) {
                case Page.Text text -> text(text);
                case Page.Path path -> path(path);
                case Page.Picture picture -> picture(picture);
            }
        }
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void text(Page.Text text) {
        // Readers take wide gaps for the ends of words: what is spread says what it is (ISO 32000-1 §14.9.4).
        boolean spread = spread(text);
        if (spread) {
            out.append("/Span <</ActualText <FEFF");
            out.append(HEX.formatHex(text.text().getBytes(StandardCharsets.UTF_16BE)));
            out.append(">>> BDC\n");
        }
        glyphs(text);
        if (spread) {
            out.append("EMC\n");
        }
    }

    private boolean spread(Page.Text text) {
        var font = java.util.Objects.requireNonNull(fonts.get(text.face()));
        var codePoints = text.text().codePoints().toArray();
        for (int i = 0; i < text.advances().size(); i++) {
            int own = java.util.Objects.requireNonNull(font.advances().get(codePoints[i]));
            if (text.advances().get(i) / text.size() * 1000 - own > WIDE) {
                return true;
            }
        }
        return false;
    }

    private void glyphs(Page.Text text) {
        var font = java.util.Objects.requireNonNull(fonts.get(text.face()));
        out.append("BT\n");
        colour(text.colour(), "rg");
        out.append('/').append(fontName(text.face())).append(' ');
        number(text.size(), 4);
        out.append("Tf\n1 0 0 -1 "); // upright again in a space that grows downwards
        number(text.x(), 4);
        number(text.baseline(), 4);
        out.append("Tm\n[<");
        var codePoints = text.text().codePoints().toArray();
        double drift = 0; // what whole thousandths have left over so far
        for (int i = 0; i < codePoints.length; i++) {
            out.append(HEX.toHexDigits((short) font.glyph(codePoints[i])));
            if (i < text.advances().size()) {
                double own = java.util.Objects.requireNonNull(font.advances().get(codePoints[i]));
                double wanted = own - text.advances().get(i) / text.size() * 1000 + drift;
                long adjustment = Math.round(wanted);
                drift = wanted - adjustment;
                if (adjustment != 0) {
                    out.append('>').append(adjustment).append('<');
                }
            }
        }
        out.append(">]TJ\nET\n");
    }

    private void path(Page.Path path) {
        if (path.fill() != null) {
            colour(path.fill(), "rg");
        }
        if (path.stroke() != null) {
            colour(path.stroke(), "RG");
            number(path.lineWidth(), 4);
            out.append("w\n");
        }
        operators(path.data());
        out.append(path.fill() == null ? "S\n" : path.stroke() == null ? "f\n" : "B\n");
    }

    /// SVG puts an operator before its operands, PDF behind them; the figures are the same.
    private void operators(String data) {
        int at = 0;
        while (at < data.length()) {
            char operator = data.charAt(at);
            int next = at + 1;
            while (next < data.length() && data.charAt(next) < 'A') {
                next++;
            }
            out.append(data, Math.min(at + 2, next), next);
            if (next == data.length()) {
                out.append(' ');
            }
            out.append(
                    switch (operator) {
                        case 'M' -> "m\n";
                        case 'L' -> "l\n";
                        case 'C' -> "c\n";
                        case 'Z' -> "h\n";
                        default -> throw new IllegalArgumentException("path data knows no operator " + operator);
                    });
            at = next;
        }
    }

    private void picture(Page.Picture picture) {
        var area = picture.area();
        out.append("q ");
        number(area.width(), 4);
        out.append("0 0 ");
        number(-area.height(), 4);
        number(area.x(), 4);
        number(area.y() + area.height(), 4);
        out.append("cm /").append(pictureName(pictures++)).append(" Do Q\n");
    }

    private void colour(Page.Colour colour, String operator) {
        number(colour.red() / 255.0, 3);
        number(colour.green() / 255.0, 3);
        number(colour.blue() / 255.0, 3);
        out.append(operator).append('\n');
    }

    /// The shortest plain decimal.
    private void number(double value, int decimals) {
        long unit = decimals == 3 ? 1_000 : 10_000;
        long rounded = Math.round(value * unit);
        if (rounded < 0) {
            out.append('-');
        }
        long magnitude = Math.abs(rounded);
        out.append(magnitude / unit);
        long rest = magnitude % unit;
        if (rest != 0) {
            out.append('.');
            for (long digit = unit / 10; rest != 0; digit /= 10) {
                out.append((char) ('0' + rest / digit));
                rest %= digit;
            }
        }
        out.append(' ');
    }
}
