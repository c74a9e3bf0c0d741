package org.yinzheng.signing.font;

import java.util.Arrays;

/// Turns a cubic outline into a TrueType one: quadratic curves, whole units, outer contours clockwise.
///
/// A cubic is cut into n equal pieces, each replaced by the quadratic with the same ends; that misses the
/// cubic by at most √3/36·|p3 − 3p2 + 3p1 − p0|/n³ (degree reduction), from which n follows directly.
final class QuadraticOutline implements OutlineSink {
    private final double tolerance;
    private double[] contourX = new double[64];
    private double[] contourY = new double[64];
    private boolean[] contourOn = new boolean[64];
    private int contourSize;
    private double lastX;
    private double lastY;

    private int[] xs = new int[128];
    private int[] ys = new int[128];
    private boolean[] ons = new boolean[128];
    private int size;
    private int[] ends = new int[16];
    private int contours;

    QuadraticOutline(double tolerance) {
        this.tolerance = tolerance;
    }

    @Override
    public void moveTo(double x, double y) {
        contourSize = 0;
        point(x, y, true);
    }

    @Override
    public void lineTo(double x, double y) {
        point(x, y, true);
    }

    @Override
    public void curveTo(double x1, double y1, double x2, double y2, double x3, double y3) {
        double x0 = lastX;
        double y0 = lastY;
        double miss = Math.sqrt(3) / 36 * Math.hypot(x3 - 3 * x2 + 3 * x1 - x0, y3 - 3 * y2 + 3 * y1 - y0);
        int pieces = Math.max(1, (int) Math.ceil(Math.cbrt(miss / tolerance)));
        double step = 1.0 / pieces;
        for (int i = 0; i < pieces; i++) {
            double from = i * step;
            double to = i + 1 == pieces ? 1 : from + step;
            // The piece's end points and tangents give its control point: (3(c1 + c2) − c0 − c3)/4.
            double ax = at(x0, x1, x2, x3, from);
            double ay = at(y0, y1, y2, y3, from);
            double bx = at(x0, x1, x2, x3, to);
            double by = at(y0, y1, y2, y3, to);
            double thirdX = step / 3 * (slope(x0, x1, x2, x3, from) - slope(x0, x1, x2, x3, to));
            double thirdY = step / 3 * (slope(y0, y1, y2, y3, from) - slope(y0, y1, y2, y3, to));
            point((ax + bx) / 2 + 3 * thirdX / 4, (ay + by) / 2 + 3 * thirdY / 4, false);
            point(bx, by, true);
        }
    }

    @Override
    public void close() {
        // The start point closes the contour by itself.
        int n = contourSize;
        if (n > 1 && same(0, n - 1) && contourOn[n - 1]) {
            n--;
        }
        if (n < 3) {
            return;
        }
        ensure(size + n);
        int start = size;
        // CFF draws outer contours counter-clockwise, TrueType clockwise: walk backwards.
        for (int i = n; i > 0; i--) {
            int p = i % n;
            if (!(contourOn[p] && implied(p, n))) {
                xs[size] = round(contourX[p]);
                ys[size] = round(contourY[p]);
                ons[size++] = contourOn[p];
            }
        }
        if (size == start) {
            return;
        }
        if (contours == ends.length) {
            ends = Arrays.copyOf(ends, 2 * contours);
        }
        ends[contours++] = size;
    }

    /// Whether a reader puts this point, half-way between two control points, there by itself. The contour's
    /// first point is always kept.
    private boolean implied(int p, int n) {
        int before = (p + n - 1) % n;
        int after = (p + 1) % n;
        return p != 0
                && !contourOn[before]
                && !contourOn[after]
                && Math.abs(round(contourX[before]) + round(contourX[after]) - 2 * contourX[p]) <= 1
                && Math.abs(round(contourY[before]) + round(contourY[after]) - 2 * contourY[p]) <= 1;
    }

    private boolean same(int a, int b) {
        return round(contourX[a]) == round(contourX[b]) && round(contourY[a]) == round(contourY[b]);
    }

    private void point(double x, double y, boolean on) {
        if (contourSize == contourX.length) {
            contourX = Arrays.copyOf(contourX, 2 * contourSize);
            contourY = Arrays.copyOf(contourY, 2 * contourSize);
            contourOn = Arrays.copyOf(contourOn, 2 * contourSize);
        }
        contourX[contourSize] = x;
        contourY[contourSize] = y;
        contourOn[contourSize++] = on;
        if (on) {
            lastX = x;
            lastY = y;
        }
    }

    private void ensure(int wanted) {
        if (wanted > xs.length) {
            int capacity = Math.max(wanted, 2 * xs.length);
            xs = Arrays.copyOf(xs, capacity);
            ys = Arrays.copyOf(ys, capacity);
            ons = Arrays.copyOf(ons, capacity);
        }
    }

    private static double at(double p0, double p1, double p2, double p3, double t) {
        double u = 1 - t;
        return u * u * u * p0 + 3 * u * u * t * p1 + 3 * u * t * t * p2 + t * t * t * p3;
    }

    private static double slope(double p0, double p1, double p2, double p3, double t) {
        double u = 1 - t;
        return 3 * (u * u * (p1 - p0) + 2 * u * t * (p2 - p1) + t * t * (p3 - p2));
    }

    private static int round(double value) {
        return (int) Math.round(value);
    }

    int size() {
        return size;
    }

    int contours() {
        return contours;
    }

    int end(int contour) {
        return ends[contour];
    }

    int x(int point) {
        return xs[point];
    }

    int y(int point) {
        return ys[point];
    }

    boolean on(int point) {
        return ons[point];
    }

    int xMin() {
        return Arrays.stream(xs, 0, size).min().orElse(0);
    }

    int yMin() {
        return Arrays.stream(ys, 0, size).min().orElse(0);
    }

    int xMax() {
        return Arrays.stream(xs, 0, size).max().orElse(0);
    }

    int yMax() {
        return Arrays.stream(ys, 0, size).max().orElse(0);
    }
}
