package org.yinzheng.signing.seal;

import java.awt.Color;
import java.awt.RenderingHints;
import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.image.BufferedImage;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Face;
import org.yinzheng.signing.layout.FontFace;
import org.yinzheng.signing.layout.Typefaces;

/// Draws seals from a name after 国发〔1999〕25号 and the practice of enterprises: 宋体, from left to right around a
/// star. Drawn from the typeface's outlines, so no font of the desktop is needed. Equal designs give equal
/// bytes.
public final class SealArtist {
    /// No rule fixes the colour; pure red is what most electronic seals have.
    public static final Color RED = new Color(0xFF, 0x00, 0x00);

    private static final int DOTS_PER_INCH = 600;
    private static final double MM_PER_INCH = 25.4;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 30;
    private static final int LONGEST_LINE = 10;
    private static final int LONGEST_NUMBER = 20;
    private static final int LONGEST_SQUARE = 36;

    private final FontFace face;

    public SealArtist(Typefaces typefaces) {
        this.face = typefaces.face(Face.SERIF_BOLD);
    }

    /// @throws InvalidInput `seal-name-length` for a text that does not fit, naming the limit; `seal-size`;
    /// `missing-glyph`
    public SealPicture draw(SealDesign design) {
        var shapes = shapes(design);
        var outline = SealShape.pathData(shapes, design.widthMm(), design.heightMm());
        double pixelsPerMm = DOTS_PER_INCH / MM_PER_INCH;
        var png = RedPng.of(fill(shapes, design, pixelsPerMm), RED, pixelsPerMm);
        return new SealPicture(png, design.widthMm(), design.heightMm(), Optional.of(outline));
    }

    /// A round seal: see [SealDesign.Round].
    public SealPicture round(String bodyName, String lowerText, double diameterMm) {
        return draw(new SealDesign.Round(bodyName, lowerText, diameterMm));
    }

    /// The parts of the seal, about its centre: the border, then the star if any, then the characters.
    List<Shape> shapes(SealDesign design) {
        return switch (design) {
            case SealDesign.Round round -> round(round);
            case SealDesign.Ellipse ellipse -> ellipse(ellipse);
            case SealDesign.Square square -> square(square);
        };
    }

    private List<Shape> round(SealDesign.Round design) {
        var name = text(design.name(), "name", SHORTEST, LONGEST);
        var line = text(design.line(), "line", 0, LONGEST_LINE);
        double diameter = design.diameterMm();
        requireSize(diameter >= 20 && diameter <= 60, "a round seal is 20 to 60 mm wide");
        var seal = new SealShape(face);
        double border = diameter * 0.028;
        double heads = diameter / 2 - border - diameter * 0.02;
        seal.ring(diameter / 2, diameter / 2, border);
        seal.star(diameter / 6);
        seal.name(name, ArcText.fit(name.length, heads, heads, diameter * 0.15, line.length > 0));
        seal.line(line, diameter * 0.262, diameter * 0.09, diameter * 0.085, diameter * 0.46);
        return seal.shapes();
    }

    private List<Shape> ellipse(SealDesign.Ellipse design) {
        var name = text(design.name(), "name", SHORTEST, LONGEST);
        var middle = text(design.middle(), "number", 0, LONGEST_NUMBER);
        var line = text(design.line(), "line", 0, LONGEST_LINE);
        double width = design.widthMm();
        double height = design.heightMm();
        requireSize(
                width >= 28 && width <= 60 && height >= 20 && height <= width && height >= width * 0.5,
                "an elliptic seal is 28 to 60 mm wide, and half to once as high");
        var seal = new SealShape(face);
        double border = height / 30;
        double gap = border + height * 0.022;
        seal.ring(width / 2, height / 2, border);
        var arc = ArcText.fit(name.length, width / 2 - gap, height / 2 - gap, height * 0.14, line.length > 0);
        seal.name(name, arc);
        seal.figures(middle, height * 0.02, height * 0.123, width * 0.62);
        seal.line(line, height * 0.265, height * 0.14, height * 0.115, width * 0.5);
        return seal.shapes();
    }

    /// Columns from right to left. Those on the right have fewer characters when the number does not come out
    /// even, as a family name stands alone beside a given name of two.
    private List<Shape> square(SealDesign.Square design) {
        var text = text(design.text(), "name", SHORTEST, LONGEST_SQUARE);
        double side = design.sideMm();
        requireSize(side >= 12 && side <= 30, "a square seal has sides of 12 to 30 mm");
        var seal = new SealShape(face);
        double border = side * 0.045;
        seal.frame(side, border);
        double inner = side - 2 * border - side * 0.05;
        int columns = (int) Math.ceil(Math.sqrt(text.length));
        double pitch = inner / columns;
        int next = 0;
        for (int column = 0; column < columns; column++) {
            int left = columns - column;
            int rows = (text.length - next) / left;
            for (int row = 0; row < rows; row++) {
                double height = inner / rows;
                var place = AffineTransform.getTranslateInstance(
                        inner / 2 - (column + 0.5) * pitch, (row + 0.5) * height - inner / 2);
                seal.ideograph(text[next++], place, pitch * 0.94, height * 0.94);
            }
        }
        return seal.shapes();
    }

    private static BufferedImage fill(List<Shape> shapes, SealDesign design, double pixelsPerMm) {
        int width = (int) Math.round(design.widthMm() * pixelsPerMm);
        int height = (int) Math.round(design.heightMm() * pixelsPerMm);
        var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_ARGB);
        var canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        canvas.setColor(RED);
        canvas.translate(width / 2.0, height / 2.0);
        canvas.scale(width / design.widthMm(), height / design.heightMm());
        shapes.forEach(canvas::fill);
        canvas.dispose();
        return image;
    }

    private static int[] text(String text, String field, int shortest, int longest) {
        var codePoints = text.strip().codePoints().toArray();
        if (codePoints.length < shortest || codePoints.length > longest) {
            throw new InvalidInput(
                    "seal-name-length",
                    field,
                    "this seal has room for " + shortest + " to " + longest + " characters here");
        }
        return codePoints;
    }

    private static void requireSize(boolean fits, String rule) {
        if (!fits) {
            throw new InvalidInput("seal-size", "size", rule);
        }
    }
}
