package org.yinzheng.signing.pdf;

import java.awt.geom.Rectangle2D;
import java.util.List;
import org.apache.pdfbox.cos.COSArray;
import org.apache.pdfbox.cos.COSNumber;
import org.jspecify.annotations.Nullable;

/// Rectangles of a document (ISO 32000-2 §7.9.5).
final class Boxes {
    private static final int CORNERS = 4;

    private Boxes() {}

    /// From any two corners; an empty one when it is none.
    static Rectangle2D of(@Nullable COSArray corners) {
        var numbers = new double[CORNERS];
        for (int i = 0; i < CORNERS; i++) {
            if (corners == null || corners.size() != CORNERS || !(corners.getObject(i) instanceof COSNumber number)) {
                return new Rectangle2D.Double();
            }
            numbers[i] = number.floatValue();
        }
        var box = new Rectangle2D.Double(numbers[0], numbers[1], 0, 0);
        box.add(numbers[2], numbers[3]);
        return box;
    }

    static Rectangle2D around(List<Rectangle2D> boxes) {
        var all = (Rectangle2D) boxes.getFirst().clone();
        boxes.forEach(all::add);
        return all;
    }

    /// Unlike [Rectangle2D#intersects], also for boxes without any width or height: a line is drawn.
    static boolean touch(Rectangle2D one, Rectangle2D other) {
        return one.getMinX() <= other.getMaxX()
                && other.getMinX() <= one.getMaxX()
                && one.getMinY() <= other.getMaxY()
                && other.getMinY() <= one.getMaxY();
    }
}
