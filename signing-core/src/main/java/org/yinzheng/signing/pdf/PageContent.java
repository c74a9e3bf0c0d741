package org.yinzheng.signing.pdf;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.yinzheng.signing.layout.Face;
import org.yinzheng.signing.layout.Page;
import org.yinzheng.signing.layout.SubsetFont;

/// A page's marks as a PDF content stream, in millimetres from the top left: one transformation at its head
/// turns them into points from the bottom left, so all figures stay short and are those of the page.
final class PageContent {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();

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

    byte[] draw(Page page) {
        out.append("2.834646 0 0 -2.834646 0 ");
        number(page.height() * 72 / 25.4, 4);
        out.append("cm\n");
        for (var mark : page.marks()) {
            switch (mark) {
                case Page.Text text -> text(text);
                case Page.Path path -> path(path);
                case Page.Picture picture -> picture(picture);
            }
        }
        return out.toString().getBytes(StandardCharsets.US_ASCII);
    }

    private void text(Page.Text text) {
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
        var data = path.data().split(" ", -1);
        int i = 0;
        while (i < data.length) {
            char operator = data[i].charAt(0);
            int operands =
                    switch (operator) {
                        case 'M', 'L' -> 2;
                        case 'C' -> 6;
                        case 'Z' -> 0;
                        default -> throw new IllegalArgumentException("path data knows no operator " + operator);
                    };
            for (int k = 1; k <= operands; k++) {
                number(Double.parseDouble(data[i + k]), 4);
            }
            out.append(operator == 'Z' ? 'h' : Character.toLowerCase(operator)).append('\n');
            i += 1 + operands;
        }
        out.append(path.fill() == null ? "S\n" : path.stroke() == null ? "f\n" : "B\n");
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

    private void number(double value, int decimals) {
        out.append(java.math.BigDecimal.valueOf(value)
                        .setScale(decimals, java.math.RoundingMode.HALF_EVEN)
                        .stripTrailingZeros()
                        .toPlainString())
                .append(' ');
    }
}
