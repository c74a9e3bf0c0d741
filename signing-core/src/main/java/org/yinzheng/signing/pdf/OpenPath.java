package org.yinzheng.signing.pdf;

import java.awt.geom.Point2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A path that is being made (ISO 32000-2 §8.5.2), as the boxes of its pieces: a frame around a page is four lines.
final class OpenPath {
    private List<Rectangle2D> pieces = new ArrayList<>();
    private @Nullable Point2D start;
    private @Nullable Point2D at;

    void move(Point2D to) {
        start = to;
        at = to;
    }

    /// From where it is; a curve lies within the box of the points that shape it.
    void reach(List<Point2D> points) {
        var from = at == null ? points.getFirst() : at;
        var box = new Rectangle2D.Double(from.getX(), from.getY(), 0, 0);
        points.forEach(box::add);
        pieces.add(box);
        at = points.getLast();
    }

    void close() {
        if (start != null && at != null) {
            reach(List.of(start));
        }
    }

    /// The pieces of the path, which is no more.
    List<Rectangle2D> end() {
        var all = pieces;
        pieces = new ArrayList<>();
        start = null;
        at = null;
        return all;
    }
}
