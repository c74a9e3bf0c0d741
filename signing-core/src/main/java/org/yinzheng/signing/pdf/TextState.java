package org.yinzheng.signing.pdf;

import java.awt.geom.AffineTransform;
import java.awt.geom.Rectangle2D;
import java.util.List;
import java.util.Optional;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.jspecify.annotations.Nullable;

/// Where text is shown (ISO 32000-2 §9.3–9.4), by the widths that the font's dictionary states. A run begins where
/// text is positioned; its box grows with what is shown, so that no position is ever needed exactly.
final class TextState {
    private static final double UP = 1.3;
    private static final double DOWN = 0.5;
    private static final double THOUSAND = 1000;
    private static final int INVISIBLE = 3;
    private static final double CORE_FROM = 0.05;
    private static final double CORE = 0.45;
    private static final double MARGIN = 0.1;

    /// @param box that holds all of it
    /// @param core the band of its small letters
    record Run(Rectangle2D box, Rectangle2D core) {}

    private AffineTransform line = new AffineTransform();
    private @Nullable COSDictionary font;
    private FontWidths widths = FontWidths.UNKNOWN;
    private boolean vertical;
    private double size;
    private double characterSpace;
    private double wordSpace;
    private double scale = 1;
    private double leading;
    private double rise;
    private int mode;
    private double low;
    private double high;
    private boolean shown;
    private boolean unclear;

    void copyFrom(TextState other) {
        line = new AffineTransform(other.line);
        font = other.font;
        widths = other.widths;
        vertical = other.vertical;
        size = other.size;
        characterSpace = other.characterSpace;
        wordSpace = other.wordSpace;
        scale = other.scale;
        leading = other.leading;
        rise = other.rise;
        mode = other.mode;
        unclear = other.unclear;
    }

    /// Whether something was shown whose box cannot be told.
    boolean isUnclear() {
        return unclear;
    }

    /// The font is one that is not known.
    void lose() {
        font = null;
    }

    /// @return whether it is an operator of text
    boolean show(String operator, List<? extends COSBase> operands, COSDictionary resources) {
        switch (operator) {
            case "BT" -> place(new AffineTransform());
            case "Tm" ->
                place(new AffineTransform(
                        number(operands, 0),
                        number(operands, 1),
                        number(operands, 2),
                        number(operands, 3),
                        number(operands, 4),
                        number(operands, 5)));
            case "Td" -> move(number(operands, 0), number(operands, 1));
            case "TD" -> {
                leading = -number(operands, 1);
                move(number(operands, 0), number(operands, 1));
            }
            case "T*" -> move(0, -leading);
            case "Tf" -> font(resources, operands);
            case "Tc" -> characterSpace = number(operands, 0);
            case "Tw" -> wordSpace = number(operands, 0);
            case "Tz" -> scale = number(operands, 0) / 100;
            case "TL" -> leading = number(operands, 0);
            case "Ts" -> rise = number(operands, 0);
            case "Tr" -> mode = (int) number(operands, 0);
            case "Tj" -> grow(operands.getFirst());
            case "'" -> {
                move(0, -leading);
                grow(operands.getFirst());
            }
            case "\"" -> {
                wordSpace = number(operands, 0);
                characterSpace = number(operands, 1);
                move(0, -leading);
                grow(operands.get(2));
            }
            case "TJ" -> {
                var parts = (COSArray) operands.getFirst();
                for (int i = 0; i < parts.size(); i++) {
                    grow(parts.getObject(i));
                }
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    private void place(AffineTransform at) {
        line = at;
        low = 0;
        high = 0;
    }

    private void move(double x, double y) {
        line.translate(x, y);
        low = 0;
        high = 0;
    }

    private void grow(@Nullable COSBase part) {
        if (part instanceof COSNumber adjustment) {
            double by = -adjustment.floatValue() / THOUSAND * size * scale;
            low += Math.min(by, 0);
            high += Math.max(by, 0);
            return;
        }
        var shownBytes = Drawing.bytes(part);
        int count = widths.characters(shownBytes);
        double spaces = count * (Math.abs(characterSpace) + Math.abs(wordSpace)) * Math.abs(scale);
        double width = widths.of(shownBytes) * Math.abs(size * scale);
        low -= spaces + (size * scale < 0 ? width : 0);
        high += spaces + width;
        shown = true;
        unclear |= font == null;
    }

    /// The box of the run up to what was just shown.
    Optional<Run> take(GraphicsState state) {
        if (!shown) {
            return Optional.empty();
        }
        shown = false;
        double em = Math.abs(size);
        var box = vertical
                ? new Rectangle2D.Double(-em, -high - em, 2 * em, high - low + 2 * em)
                : new Rectangle2D.Double(low, rise - DOWN * em, high - low, (UP + DOWN) * em);
        if (size < 0 && !vertical) {
            box.setRect(low, rise - UP * em, high - low, 2 * UP * em);
        }
        var core = vertical || size < 0
                ? box
                : new Rectangle2D.Double(
                        low + MARGIN * em,
                        rise + CORE_FROM * em,
                        Math.max(high - low - 2 * MARGIN * em, MARGIN * em),
                        CORE * em);
        return Optional.of(new Run(onPage(box, state), onPage(core, state)));
    }

    private Rectangle2D onPage(Rectangle2D box, GraphicsState state) {
        return state.box(line.createTransformedShape(box).getBounds2D());
    }

    Drawing.Ink ink(GraphicsState state) {
        return mode == INVISIBLE
                ? new Drawing.Ink(true, true, true, false)
                : state.ink(mode == 1 || mode == 2, mode != 1);
    }

    private void font(COSDictionary resources, List<? extends COSBase> operands) {
        var fonts = resources.getCOSDictionary(COSName.FONT);
        font = fonts == null ? null : fonts.getCOSDictionary((COSName) operands.get(0));
        size = number(operands, 1);
        if (font == null) {
            return;
        }
        vertical = font.containsKey(COSName.DESCENDANT_FONTS)
                && String.valueOf(font.getNameAsString(COSName.ENCODING)).endsWith("V");
        if (COSName.TYPE3.equals(font.getDictionaryObject(COSName.SUBTYPE))) {
            font = null;
        } else {
            widths = FontWidths.of(font);
        }
    }

    private static double number(List<? extends COSBase> operands, int index) {
        return ((COSNumber) operands.get(index)).floatValue();
    }
}
