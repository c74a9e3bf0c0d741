package org.yinzheng.signing.seal;

import java.awt.Shape;
import java.awt.geom.AffineTransform;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.PathIterator;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.yinzheng.signing.layout.FontFace;

/// The outlines that a seal is made of, each a shape to be filled by the non-zero rule. Millimetres from the centre, y
/// downwards.
final class SealShape {
    /// sin 18° / sin 54°: the inner corners of a star whose edges lie on straight lines.
    private static final double STAR_INNER = 0.382;
    /// The middle of an ideograph's square, in em above the baseline.
    private static final double IDEOGRAPH_MIDDLE = 0.38;
    /// The same of a figure, and its height.
    private static final double FIGURE_MIDDLE = 0.365;
    private static final double FIGURE_HEIGHT = 0.73;

    private final FontFace face;
    private final List<Shape> shapes = new ArrayList<>();

    SealShape(FontFace face) {
        this.face = face;
    }

    List<Shape> shapes() {
        return List.copyOf(shapes);
    }

    void ring(double a, double b, double lineWidth) {
        var ring = new Path2D.Double(Path2D.WIND_NON_ZERO);
        ring.append(ellipse(a, b), false);
        // mirrored, and so the other way round: the non-zero rule leaves it empty
        var mirror = AffineTransform.getScaleInstance(-1, 1);
        ring.append(mirror.createTransformedShape(ellipse(a - lineWidth, b - lineWidth)), false);
        shapes.add(ring);
    }

    void frame(double side, double lineWidth) {
        var frame = new Path2D.Double(Path2D.WIND_NON_ZERO);
        frame.append(square(side), false);
        var mirror = AffineTransform.getScaleInstance(-1, 1);
        frame.append(mirror.createTransformedShape(square(side - 2 * lineWidth)), false);
        shapes.add(frame);
    }

    void star(double radius) {
        var star = new Path2D.Double(Path2D.WIND_NON_ZERO);
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
        shapes.add(star);
    }

    void name(int[] name, ArcText arc) {
        for (int i = 0; i < name.length; i++) {
            ideograph(name[i], arc.place(i), arc.width, arc.height);
        }
    }

    /// A straight line of text about x = 0, its middle at `y`.
    void line(int[] text, double y, double height, double widest, double most) {
        double pitch = Math.min(widest, most / Math.max(1, text.length));
        for (int i = 0; i < text.length; i++) {
            var place = AffineTransform.getTranslateInstance((i - (text.length - 1) / 2.0) * pitch, y);
            ideograph(text[i], place, pitch * 0.94, height);
        }
    }

    /// A line of figures and capitals, as high as `height`, `most` wide at most.
    void figures(int[] text, double y, double height, double most) {
        double em = height / FIGURE_HEIGHT;
        double natural = 0;
        for (int figure : text) {
            natural += face.advance(figure);
        }
        double scale = Math.min(em * 0.8, most / natural);
        double x = -natural * scale / 2;
        for (int figure : text) {
            var place = AffineTransform.getTranslateInstance(x, y);
            place.scale(scale, -em);
            place.translate(0, -FIGURE_MIDDLE);
            shapes.add(place.createTransformedShape(glyph(figure)));
            x += face.advance(figure) * scale;
        }
    }

    /// A character with the middle of its square at the origin of `place`.
    void ideograph(int codePoint, AffineTransform place, double width, double height) {
        place.scale(width, -height);
        place.translate(-face.advance(codePoint) / 2, -IDEOGRAPH_MIDDLE);
        shapes.add(place.createTransformedShape(glyph(codePoint)));
    }

    private static Ellipse2D ellipse(double a, double b) {
        return new Ellipse2D.Double(-a, -b, 2 * a, 2 * b);
    }

    private static Rectangle2D square(double side) {
        return new Rectangle2D.Double(-side / 2, -side / 2, side, side);
    }

    /// In em, from the path data of [FontFace#outline].
    private Path2D glyph(int codePoint) {
        var shape = new Path2D.Double(Path2D.WIND_NON_ZERO);
        var data = face.outline(codePoint);
        var numbers = new double[6];
        var tokens = data.isEmpty() ? new String[0] : data.split(" ");
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

    /// SVG path data of the shapes, moved so that the centre lies at half of width and height; micrometres are kept.
    static String pathData(List<Shape> shapes, double width, double height) {
        var data = new StringBuilder(1 << 14);
        var centre = AffineTransform.getTranslateInstance(width / 2, height / 2);
        var numbers = new double[6];
        for (var shape : shapes) {
            for (var path = shape.getPathIterator(centre); !path.isDone(); path.next()) {
                switch (path.currentSegment(numbers)) {
                    case PathIterator.SEG_MOVETO -> append(data, 'M', numbers, 2);
                    case PathIterator.SEG_LINETO -> append(data, 'L', numbers, 2);
                    case PathIterator.SEG_CUBICTO -> append(data, 'C', numbers, 6);
                    case PathIterator.SEG_CLOSE -> append(data, 'Z', numbers, 0);
                    default -> throw new AssertionError("outlines are cubic");
                }
            }
        }
        return data.toString();
    }

    private static void append(StringBuilder data, char command, double[] numbers, int count) {
        if (!data.isEmpty()) {
            data.append(' ');
        }
        data.append(command);
        for (int i = 0; i < count; i++) {
            long micrometres = Math.round(numbers[i] * 1000);
            data.append(' ').append(micrometres < 0 ? "-" : "").append(Math.abs(micrometres) / 1000);
            long rest = Math.abs(micrometres) % 1000;
            if (rest != 0) {
                var digits = Long.toString(1000 + rest).substring(1);
                data.append('.').append(digits.replaceAll("0+$", ""));
            }
        }
    }
}
