package org.yinzheng.signing.pdf;

import com.itextpdf.kernel.geom.Rectangle;
import com.itextpdf.kernel.pdf.PdfName;
import com.itextpdf.kernel.pdf.PdfPage;
import org.yinzheng.signing.layout.Page;

/// A page as it is shown: millimetres from the top left corner of its crop box, after its rotation. Everything else
/// in a PDF is in user space, which knows none of that.
///
/// @param rotation clockwise: 0, 90, 180 or 270
/// @param unit the length of one unit of user space in millimetres
record Sheet(double left, double bottom, double right, double top, int rotation, double unit) {
    private static final double MM_PER_POINT = 25.4 / 72;
    /// What rounding to the numbers of a PDF may cost.
    private static final double ROUNDING = 0.01;

    static Sheet of(PdfPage page) {
        var media = page.getMediaBox();
        var crop = page.getCropBox();
        var userUnit = page.getPdfObject().getAsNumber(PdfName.UserUnit);
        return new Sheet(
                Math.max(crop.getLeft(), media.getLeft()),
                Math.max(crop.getBottom(), media.getBottom()),
                Math.min(crop.getRight(), media.getRight()),
                Math.min(crop.getTop(), media.getTop()),
                page.getRotation() / 90 * 90,
                (userUnit == null || userUnit.doubleValue() <= 0 ? 1 : userUnit.doubleValue()) * MM_PER_POINT);
    }

    boolean isTurned() {
        return rotation == 90 || rotation == 270;
    }

    double width() {
        return unit * (isTurned() ? top - bottom : right - left);
    }

    double height() {
        return unit * (isTurned() ? right - left : top - bottom);
    }

    boolean holds(Page.Area area) {
        return area.x() >= -ROUNDING
                && area.y() >= -ROUNDING
                && area.x() + area.width() <= width() + ROUNDING
                && area.y() + area.height() <= height() + ROUNDING;
    }

    /// The same place in user space.
    Rectangle inUserSpace(Page.Area area) {
        double x1 = area.x() / unit;
        double y1 = area.y() / unit;
        double x2 = (area.x() + area.width()) / unit;
        double y2 = (area.y() + area.height()) / unit;
        return switch (rotation) {
            case 90 -> box(left + y1, bottom + x1, left + y2, bottom + x2);
            case 180 -> box(right - x2, bottom + y1, right - x1, bottom + y2);
            case 270 -> box(right - y2, top - x2, right - y1, top - x1);
            default -> box(left + x1, top - y2, left + x2, top - y1);
        };
    }

    private static Rectangle box(double west, double south, double east, double north) {
        return new Rectangle((float) west, (float) south, (float) (east - west), (float) (north - south));
    }

    /// The other way: a rectangle of user space as it is shown.
    Page.Area shown(double x1, double y1, double x2, double y2) {
        double west = Math.min(x1, x2);
        double east = Math.max(x1, x2);
        double south = Math.min(y1, y2);
        double north = Math.max(y1, y2);
        double x =
                switch (rotation) {
                    case 90 -> south - bottom;
                    case 180 -> right - east;
                    case 270 -> top - north;
                    default -> west - left;
                };
        double y =
                switch (rotation) {
                    case 90 -> west - left;
                    case 180 -> south - bottom;
                    case 270 -> right - east;
                    default -> top - north;
                };
        double across = isTurned() ? north - south : east - west;
        double down = isTurned() ? east - west : north - south;
        return new Page.Area(x * unit, y * unit, across * unit, down * unit);
    }

    Page.Area shown(Rectangle box) {
        return shown(box.getLeft(), box.getBottom(), box.getRight(), box.getTop());
    }

    /// The matrix that turns what is drawn upright in user space so that it is upright as shown.
    double[] upright() {
        return switch (rotation) {
            case 90 -> new double[] {0, 1, -1, 0, 0, 0};
            case 180 -> new double[] {-1, 0, 0, -1, 0, 0};
            case 270 -> new double[] {0, -1, 1, 0, 0, 0};
            default -> new double[] {1, 0, 0, 1, 0, 0};
        };
    }
}
