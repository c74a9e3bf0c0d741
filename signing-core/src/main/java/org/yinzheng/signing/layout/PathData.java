package org.yinzheng.signing.layout;

import org.yinzheng.signing.font.OutlineSink;

/// Builds SVG path data in the form that [Page.Path] takes, in the fewest characters.
final class PathData implements OutlineSink {
    private final StringBuilder data = new StringBuilder();
    private final double scale;
    private final long unit;

    /// @param decimals digits kept after the point
    PathData(double scale, int decimals) {
        this.scale = scale;
        this.unit = Math.round(Math.pow(10, decimals));
    }

    @Override
    public void moveTo(double x, double y) {
        operator('M').pair(x, y);
    }

    @Override
    public void lineTo(double x, double y) {
        operator('L').pair(x, y);
    }

    @Override
    public void curveTo(double x1, double y1, double x2, double y2, double x, double y) {
        operator('C').pair(x1, y1).pair(x2, y2).pair(x, y);
    }

    @Override
    public void close() {
        operator('Z');
    }

    PathData rectangle(double x, double y, double width, double height) {
        moveTo(x, y);
        lineTo(x + width, y);
        lineTo(x + width, y + height);
        lineTo(x, y + height);
        close();
        return this;
    }

    /// Path data of this form under an affine map: `x' = a x + c y + e`, `y' = b x + d y + f`.
    static String mapped(String data, double a, double b, double c, double d, double e, double f, int decimals) {
        var out = new PathData(1, decimals);
        var words = data.isEmpty() ? new String[0] : data.split(" ", -1);
        int at = 0;
        while (at < words.length) {
            out.operator(words[at++].charAt(0));
            while (at < words.length && words[at].charAt(0) < 'A') {
                double x = Double.parseDouble(words[at++]);
                double y = Double.parseDouble(words[at++]);
                out.pair(a * x + c * y + e, b * x + d * y + f);
            }
        }
        return out.toString();
    }

    private PathData operator(char letter) {
        if (!data.isEmpty()) {
            data.append(' ');
        }
        data.append(letter);
        return this;
    }

    private PathData pair(double x, double y) {
        number(x);
        number(y);
        return this;
    }

    private void number(double value) {
        long rounded = Math.round(value * scale * unit);
        data.append(' ');
        if (rounded < 0) {
            data.append('-');
        }
        long magnitude = Math.abs(rounded);
        data.append(magnitude / unit);
        long rest = magnitude % unit;
        if (rest != 0) {
            data.append('.');
            for (long digit = unit / 10; rest != 0; digit /= 10) {
                data.append((char) ('0' + rest / digit));
                rest %= digit;
            }
        }
    }

    @Override
    public String toString() {
        return data.toString();
    }
}
