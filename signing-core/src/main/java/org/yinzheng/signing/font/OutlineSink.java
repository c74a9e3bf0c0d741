package org.yinzheng.signing.font;

/// Receives one glyph's outline in font units, y upwards, contour by contour. Every contour starts with
/// `moveTo` and ends with `close`.
public interface OutlineSink {
    void moveTo(double x, double y);

    void lineTo(double x, double y);

    void curveTo(double x1, double y1, double x2, double y2, double x, double y);

    void close();
}
