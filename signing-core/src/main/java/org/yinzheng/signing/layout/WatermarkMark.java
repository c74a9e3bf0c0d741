package org.yinzheng.signing.layout;

import java.util.StringJoiner;

/// The words of a watermark as outlines, turned and repeated over its area.
final class WatermarkMark {
    private final Typesetter typesetter;
    private final Template.Watermark watermark;

    WatermarkMark(Typesetter typesetter, Template.Watermark watermark) {
        this.typesetter = typesetter;
        this.watermark = watermark;
    }

    Page.Path draw() {
        var area = watermark.area();
        double middleX = area.x() + area.width() / 2;
        double middleY = area.y() + area.height() / 2;
        var data = new StringJoiner(" ");
        if (watermark.stepX() <= 0 || watermark.stepY() <= 0) {
            word(middleX, middleY, data);
        } else {
            int rows = (int) (area.height() / 2 / watermark.stepY());
            int columns = (int) (area.width() / 2 / watermark.stepX()) + 1;
            for (int row = -rows; row <= rows; row++) {
                for (int column = -columns; column <= columns; column++) {
                    // every other line begins half a step further on
                    double x = middleX + (column + (row % 2 == 0 ? 0 : 0.5)) * watermark.stepX();
                    if (Math.abs(x - middleX) <= area.width() / 2) {
                        word(x, middleY + row * watermark.stepY(), data);
                    }
                }
            }
        }
        return new Page.Path(data.toString(), watermark.colour(), null, 0);
    }

    /// @param x of the word's centre
    private void word(double x, double y, StringJoiner data) {
        var codePoints = watermark.text().codePoints().toArray();
        double size = watermark.size();
        double width = 0;
        for (int codePoint : codePoints) {
            width += face(codePoint).advance(codePoint);
        }
        double cos = Math.cos(Math.toRadians(watermark.angle()));
        double sin = Math.sin(Math.toRadians(watermark.angle()));
        double at = -width / 2;
        for (int codePoint : codePoints) {
            var face = face(codePoint);
            var outline = face.outline(codePoint);
            if (!outline.isEmpty()) {
                // an ideograph's middle is 0.38 em above the baseline
                double left = size * at;
                double down = size * 0.38;
                data.add(PathData.mapped(
                        outline,
                        size * cos,
                        -size * sin,
                        -size * sin,
                        -size * cos,
                        x + left * cos + down * sin,
                        y - left * sin + down * cos,
                        2));
            }
            at += face.advance(codePoint);
        }
    }

    private FontFace face(int codePoint) {
        return typesetter.faceFor(watermark.face(), "", codePoint);
    }
}
