package org.yinzheng.signing.seal;

import java.awt.geom.AffineTransform;
import java.util.Arrays;

/// How a name lies along the inside of a round or elliptic border: evenly by the length of the curve, symmetric
/// about the top, each character upright on the curve's normal. A longer name takes more of the curve, then
/// narrower characters, and at last lower ones. Millimetres from the centre, y downwards.
final class ArcText {
    /// Of the whole way round: a name never closes on itself.
    private static final double WIDEST = 0.81;
    private static final double WIDEST_ABOVE_LINE = 0.64;
    /// 宋体 stays readable down to half its natural width.
    private static final double NARROWEST = 0.46;
    private static final double NATURAL = 0.8;
    /// Between the feet of neighbours, as a share of their pitch.
    private static final double PITCH_USED = 0.98;
    private static final int STEPS = 1440;

    private final int count;
    /// Of a character's square: at most what its neighbours leave free at its foot.
    final double width;
    final double height;
    private final double span;
    private final Curve middle;

    private ArcText(int count, double width, double height, double span, Curve middle) {
        this.count = count;
        this.width = width;
        this.height = height;
        this.span = span;
        this.middle = middle;
    }

    /// @param a half the width of the ellipse that the characters' heads touch, `b` half its height
    /// @param tallest a character may be
    static ArcText fit(int count, double a, double b, double tallest, boolean aboveLine) {
        // where neighbours lean on each other most: at the ends of an ellipse
        double tightest = b * b / a;
        double height = tallest;
        while (true) {
            var middle = new Curve(a, b, height / 2);
            double foot = (tightest - height) / (tightest - height / 2);
            double widest = middle.length * (aboveLine ? WIDEST_ABOVE_LINE : WIDEST);
            double comfortable = (count - 1) * height * NATURAL * 1.22;
            double airy = middle.length * (0.25 + 0.036 * (count - 2));
            double span = Math.min(widest, Math.max(comfortable, airy));
            double free = span / (count - 1) * foot * PITCH_USED;
            double width = Math.min(height * NATURAL, free);
            if (width >= height * NARROWEST || height < tallest * 0.4) {
                return new ArcText(count, width, height, span, middle);
            }
            height -= tallest * 0.01;
        }
    }

    /// From a character's own square, its middle at the origin, to where it lies.
    AffineTransform place(int index) {
        double along = span * index / (count - 1) - span / 2;
        return middle.at(along);
    }

    /// The curve at a fixed distance inside an ellipse, measured from its top.
    private static final class Curve {
        private final double a;
        private final double b;
        private final double inside;
        /// Up to step i, clockwise from the top.
        private final double[] lengths = new double[STEPS + 1];

        private final double length;

        Curve(double a, double b, double inside) {
            this.a = a;
            this.b = b;
            this.inside = inside;
            var last = point(0);
            for (int i = 1; i <= STEPS; i++) {
                var next = point(2 * Math.PI * i / STEPS);
                lengths[i] = lengths[i - 1] + Math.hypot(next[0] - last[0], next[1] - last[1]);
                last = next;
            }
            this.length = lengths[STEPS];
        }

        AffineTransform at(double along) {
            double from = along < 0 ? along + length : along;
            int found = Arrays.binarySearch(lengths, from);
            int i = Math.clamp(found < 0 ? -found - 2 : found, 0, STEPS - 1);
            double part = (from - lengths[i]) / (lengths[i + 1] - lengths[i]);
            double t = 2 * Math.PI * (i + part) / STEPS;
            var point = point(t);
            var place = AffineTransform.getTranslateInstance(point[0], point[1]);
            // along the tangent
            place.rotate(Math.atan2(b * Math.sin(t), a * Math.cos(t)));
            return place;
        }

        /// At a parameter that goes clockwise from the top.
        private double[] point(double t) {
            double x = a * Math.sin(t);
            double y = -b * Math.cos(t);
            // the outward normal of the ellipse
            double nx = b * Math.sin(t);
            double ny = -a * Math.cos(t);
            double norm = Math.hypot(nx, ny);
            return new double[] {x - inside * nx / norm, y - inside * ny / norm};
        }
    }
}
