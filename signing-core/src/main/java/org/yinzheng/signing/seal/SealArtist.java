package org.yinzheng.signing.seal;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.AffineTransform;
import java.awt.geom.Area;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.image.BufferedImage;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Face;
import org.yinzheng.signing.layout.FontFace;
import org.yinzheng.signing.layout.Typefaces;

/// Draws round seals after 国发〔1999〕25号: a ring, a five-pointed star, the body's name from left to right
/// around it in 宋体. Drawn from the typeface's outlines, so no font of the desktop is needed.
/// Lengths below are in millimetres from the centre, y downwards.
public final class SealArtist {
    static final Color RED = new Color(0xEE, 0x00, 0x00);

    /// Dots per inch, the finest first: a name with many strokes is drawn a little coarser, so that the
    /// picture stays within [#MOST_BYTES].
    private static final int[] RESOLUTIONS = {600, 540, 480, 420, 360, 300};

    private static final int MOST_BYTES = 12 * 1024;
    private static final int SHORTEST = 2;
    private static final int LONGEST = 30;
    /// sin 18° / sin 54°: the inner corners of a star whose edges lie on straight lines.
    private static final double STAR_INNER = 0.382;
    /// The middle of an ideograph's square, in em above the baseline.
    private static final double IDEOGRAPH_MIDDLE = 0.38;

    private final FontFace face;

    public SealArtist(Typefaces typefaces) {
        this.face = typefaces.face(Face.SERIF_BOLD);
    }

    /// @param bodyName 2 to 30 characters
    /// @param lowerText straight, below the star, such as `业务专用章`; at most 10 characters, or empty
    /// @param diameterMm 42 or 45 for most bodies
    /// @throws InvalidInput `seal-text`, `seal-diameter`, `missing-glyph`
    public SealPicture round(String bodyName, String lowerText, double diameterMm) {
        var name = bodyName.strip().codePoints().toArray();
        var lower = lowerText.strip().codePoints().toArray();
        if (name.length < SHORTEST || name.length > LONGEST || lower.length > 10) {
            throw new InvalidInput("seal-text", "", "a name has 2 to 30 characters, the lower text at most 10");
        }
        if (!(diameterMm >= 20 && diameterMm <= 60)) {
            throw new InvalidInput("seal-diameter", "", "a round seal is 20 to 60 mm wide");
        }
        var arc = ArcText.fit(name.length, lower.length > 0, diameterMm);

        for (int resolution : RESOLUTIONS) {
            var image = draw(name, lower, arc, diameterMm, resolution / 25.4);
            var png = RedPng.of(image, RED, resolution / 25.4);
            if (png.size() <= MOST_BYTES || resolution == RESOLUTIONS[RESOLUTIONS.length - 1]) {
                return new SealPicture(png, diameterMm, diameterMm);
            }
        }
        throw new AssertionError("the last resolution is taken in any case");
    }

    private BufferedImage draw(int[] name, int[] lower, ArcText arc, double diameter, double pixelsPerMm) {
        int pixels = (int) Math.round(diameter * pixelsPerMm);
        var image = new BufferedImage(pixels, pixels, BufferedImage.TYPE_INT_ARGB);
        var canvas = image.createGraphics();
        canvas.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
        canvas.setRenderingHint(RenderingHints.KEY_STROKE_CONTROL, RenderingHints.VALUE_STROKE_PURE);
        canvas.setColor(RED);
        canvas.translate(pixels / 2.0, pixels / 2.0);
        canvas.scale(pixels / diameter, pixels / diameter);
        canvas.fill(ring(diameter / 2, ArcText.ringWidth(diameter)));
        canvas.fill(star(diameter / 6));
        for (int i = 0; i < name.length; i++) {
            drawOnArc(canvas, name[i], arc, i);
        }
        drawStraight(canvas, lower, diameter);
        canvas.dispose();
        return image;
    }

    private void drawOnArc(Graphics2D canvas, int codePoint, ArcText arc, int index) {
        var place = new AffineTransform();
        place.rotate(arc.angle(index));
        place.translate(0, -arc.middleRadius());
        draw(canvas, codePoint, place, arc.width(), arc.height());
    }

    private void drawStraight(Graphics2D canvas, int[] text, double diameter) {
        double height = diameter * 0.09;
        double pitch = Math.min(height, diameter * 0.46 / Math.max(1, text.length));
        for (int i = 0; i < text.length; i++) {
            var place = AffineTransform.getTranslateInstance((i - (text.length - 1) / 2.0) * pitch, diameter * 0.255);
            draw(canvas, text[i], place, Math.min(height * 0.9, pitch * 0.97), height);
        }
    }

    /// Draws a character with the middle of its square at the origin of `place`.
    private void draw(Graphics2D canvas, int codePoint, AffineTransform place, double width, double height) {
        place.scale(width, -height);
        place.translate(-face.advance(codePoint) / 2, -IDEOGRAPH_MIDDLE);
        canvas.fill(place.createTransformedShape(shape(face.outline(codePoint))));
    }

    private static Area ring(double radius, double width) {
        var ring = new Area(circle(radius));
        ring.subtract(new Area(circle(radius - width)));
        return ring;
    }

    private static Ellipse2D circle(double radius) {
        return new Ellipse2D.Double(-radius, -radius, 2 * radius, 2 * radius);
    }

    private static Path2D star(double radius) {
        var star = new Path2D.Double();
        for (int corner = 0; corner < 10; corner++) {
            double distance = corner % 2 == 0 ? radius : radius * STAR_INNER;
            double angle = Math.toRadians(36.0 * corner);
            double x = distance * Math.sin(angle);
            double y = -distance * Math.cos(angle);
            if (corner == 0) {
                star.moveTo(x, y);
            } else {
                star.lineTo(x, y);
            }
        }
        star.closePath();
        return star;
    }

    /// From the path data of [FontFace#outline].
    private static Path2D shape(String pathData) {
        var shape = new Path2D.Double(Path2D.WIND_NON_ZERO);
        var numbers = new double[6];
        var tokens = pathData.isEmpty() ? new String[0] : pathData.split(" ");
        for (int at = 0; at < tokens.length; ) {
            var command = tokens[at++];
            int count =
                    switch (command) {
                        case "M", "L" -> 2;
                        case "C" -> 6;
                        case "Z" -> 0;
                        default -> throw new AssertionError("no command of path data: " + command);
                    };
            for (int i = 0; i < count; i++) {
                numbers[i] = Double.parseDouble(tokens[at++]);
            }
            switch (command) {
                case "M" -> shape.moveTo(numbers[0], numbers[1]);
                case "L" -> shape.lineTo(numbers[0], numbers[1]);
                case "C" -> shape.curveTo(numbers[0], numbers[1], numbers[2], numbers[3], numbers[4], numbers[5]);
                default -> shape.closePath();
            }
        }
        return shape;
    }
}
