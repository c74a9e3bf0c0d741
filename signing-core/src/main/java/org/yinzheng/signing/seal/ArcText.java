package org.yinzheng.signing.seal;

/// How a name lies around a round seal: evenly, symmetric about the top, each character upright on its
/// radius. A longer name takes more of the circle, then narrower characters, and at last lower ones.
/// Millimetres and radians.
///
/// @param width of a character's square, at most what its neighbours leave free at its foot
record ArcText(int count, double span, double middleRadius, double width, double height) {
    private static final double WIDEST = Math.toRadians(292);
    private static final double WIDEST_ABOVE_LOWER_TEXT = Math.toRadians(236);
    /// 宋体 stays readable down to half its natural width.
    private static final double NARROWEST = 0.54;
    private static final double NATURAL = 0.8;

    static ArcText fit(int count, boolean aboveLowerText, double diameter) {
        double outer = diameter / 2 - ringWidth(diameter) - diameter * 0.02;
        double height = diameter * 0.14;
        double widest = aboveLowerText ? WIDEST_ABOVE_LOWER_TEXT : WIDEST;
        while (true) {
            double middle = outer - height / 2;
            double comfortable = (count - 1) * height * NATURAL * 1.22 / middle;
            double airy = Math.toRadians(90 + 13.0 * (count - 2));
            double span = Math.min(widest, Math.max(comfortable, airy));
            double free = span / (count - 1) * (outer - height) * 1.04;
            double width = Math.min(height * NATURAL, free);
            if (width >= height * NARROWEST || height < diameter * 0.06) {
                return new ArcText(count, span, middle, width, height);
            }
            height -= diameter * 0.001;
        }
    }

    static double ringWidth(double diameter) {
        return diameter * 0.028;
    }

    /// Clockwise from the top.
    double angle(int index) {
        return span * index / (count - 1) - span / 2;
    }
}
