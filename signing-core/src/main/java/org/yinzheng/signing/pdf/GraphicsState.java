package org.yinzheng.signing.pdf;

import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSBase;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.cos.COSNumber;
import org.jspecify.annotations.Nullable;

/// What decides where and how an operator of a content stream paints (ISO 32000-2 §8.4), as far as a [Drawing] asks.
final class GraphicsState {
    /// A colour at least this light leaves black writing legible when it is multiplied with it.
    private static final double LIGHT = 0.4;
    /// Writing that is lighter may stand on something dark, and hide what is dark.
    private static final double DARK = 0.6;
    private static final double SEEN_THROUGH = 0.5;
    private static final COSName BLEND = COSName.getPDFName("BM");
    private static final COSName STROKE_ALPHA = COSName.getPDFName("CA");
    private static final COSName FILL_ALPHA = COSName.getPDFName("ca");
    private static final COSName MULTIPLY = COSName.getPDFName("Multiply");

    final TextState text = new TextState();
    final OpenPath path = new OpenPath();
    /// In a transparency group that begins with nothing, so that its marks blend with each other only.
    boolean isolated;

    private AffineTransform toPage = new AffineTransform();
    private double lineWidth = 1;
    private double fillLight;
    private double strokeLight;
    private double fillAlpha = 1;
    private double strokeAlpha = 1;
    private boolean multiply;

    GraphicsState copy() {
        var copy = new GraphicsState();
        copy.text.copyFrom(text);
        copy.isolated = isolated;
        copy.toPage = new AffineTransform(toPage);
        copy.lineWidth = lineWidth;
        copy.fillLight = fillLight;
        copy.strokeLight = strokeLight;
        copy.fillAlpha = fillAlpha;
        copy.strokeAlpha = strokeAlpha;
        copy.multiply = multiply;
        return copy;
    }

    void transform(AffineTransform by) {
        toPage.concatenate(by);
    }

    Rectangle2D box(Rectangle2D inner) {
        return toPage.createTransformedShape(inner).getBounds2D();
    }

    Point2D point(double x, double y) {
        return toPage.transform(new Point2D.Double(x, y), null);
    }

    /// By what a line's width adds on each side.
    Rectangle2D widened(Rectangle2D box) {
        double scale = Math.max(
                Math.hypot(toPage.getScaleX(), toPage.getShearY()), Math.hypot(toPage.getScaleY(), toPage.getShearX()));
        double half = lineWidth * scale / 2;
        return new Rectangle2D.Double(
                box.getX() - half, box.getY() - half, box.getWidth() + 2 * half, box.getHeight() + 2 * half);
    }

    /// @param stroked,filled neither for a picture
    Drawing.Ink ink(boolean stroked, boolean filled) {
        boolean picture = !stroked && !filled;
        var fillIsWhite = !filled || fillLight == 1;
        var strokeIsWhite = !stroked || strokeLight == 1;
        var multiplied = multiply && !picture && (!filled || fillLight >= LIGHT) && (!stroked || strokeLight >= LIGHT);
        var faint = ((!filled && !picture) || fillAlpha <= SEEN_THROUGH) && (!stroked || strokeAlpha <= SEEN_THROUGH);
        var dark = !picture && (!filled || fillLight < DARK) && (!stroked || strokeLight < DARK);
        return new Drawing.Ink(!picture && fillIsWhite && strokeIsWhite, multiplied || faint, multiplied, dark);
    }

    /// Of the graphics state parameters (§8.4.5) those that let through what lies below.
    void extend(@Nullable COSDictionary parameters) {
        if (parameters == null) {
            return;
        }
        if (parameters.getDictionaryObject(COSName.LW) instanceof COSNumber width) {
            lineWidth = width.floatValue();
        }
        if (parameters.getDictionaryObject(FILL_ALPHA) instanceof COSNumber alpha) {
            fillAlpha = alpha.floatValue();
        }
        if (parameters.getDictionaryObject(STROKE_ALPHA) instanceof COSNumber alpha) {
            strokeAlpha = alpha.floatValue();
        }
        var blend = parameters.getDictionaryObject(BLEND);
        if (blend != null && !isolated) {
            multiply = MULTIPLY.equals(blend instanceof COSArray several ? several.getObject(0) : blend);
        }
        if (parameters.getDictionaryObject(COSName.FONT) instanceof COSArray) {
            text.lose(); // set by a resource that has no name
        }
    }

    /// An operator that changes the state.
    void set(String operator, List<? extends COSBase> operands) {
        switch (operator) {
            case "w" -> lineWidth = ((COSNumber) operands.getFirst()).floatValue();
            case "g", "rg", "k" -> fillLight = light(operands);
            case "G", "RG", "K" -> strokeLight = light(operands);
            // which colour that is depends on the space: neither light nor dark is the safe answer
            case "cs", "sc", "scn" -> fillLight = Double.NaN;
            case "CS", "SC", "SCN" -> strokeLight = Double.NaN;
            default -> {}
        }
    }

    /// 0 black, 1 white.
    private static double light(List<? extends COSBase> operands) {
        var values = operands.stream()
                .mapToDouble(operand -> ((COSNumber) operand).floatValue())
                .toArray();
        return switch (values.length) {
            case 1 -> values[0];
            case 3 ->
                0.3 * values[0] + 0.59 * values[1] + 0.11 * values[2] >= 0.9999
                        ? 1
                        : 0.3 * values[0] + 0.59 * values[1] + 0.11 * values[2];
            default -> 1 - Math.min(1, 0.3 * values[0] + 0.59 * values[1] + 0.11 * values[2] + values[3]);
        };
    }
}
