package org.yinzheng.testdata.paper;

import java.awt.BasicStroke;
import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.geom.Ellipse2D;
import java.awt.geom.Path2D;
import java.awt.geom.Rectangle2D;

/// The printer's share of a form: fine waves under the text, a woven border, an emblem that is nobody's.
final class Ornament {
    private Ornament() {}

    static void waves(Graphics2D graphics, Rectangle2D area, Color colour, double step) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke(0.18f));
        // under a lens that is not sharp, smooth edges would be four times the work for nothing
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_OFF);
        for (double y = area.getMinY() + step; y < area.getMaxY(); y += step) {
            wave(graphics, area.getMinX(), y, area.getMaxX(), y, step * 0.9, 23, y * 0.7);
        }
        graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    }

    /// Two interlaced waves between two lines, all around.
    static void border(Graphics2D graphics, Rectangle2D area, double width, Color colour) {
        graphics.setColor(colour);
        graphics.setStroke(new BasicStroke(0.6f));
        graphics.draw(area);
        graphics.draw(inset(area, width));
        graphics.setStroke(new BasicStroke(0.25f));
        Rectangle2D middle = inset(area, width / 2);
        for (int strand = 0; strand < 6; strand++) {
            double phase = strand * Math.PI / 3;
            double height = width * 0.42;
            wave(graphics, middle.getMinX(), middle.getMinY(), middle.getMaxX(), middle.getMinY(), height, 9, phase);
            wave(graphics, middle.getMinX(), middle.getMaxY(), middle.getMaxX(), middle.getMaxY(), height, 9, phase);
            wave(graphics, middle.getMinX(), middle.getMinY(), middle.getMinX(), middle.getMaxY(), height, 9, phase);
            wave(graphics, middle.getMaxX(), middle.getMinY(), middle.getMaxX(), middle.getMaxY(), height, 9, phase);
        }
    }

    static void emblem(Graphics2D graphics, double x, double y, double radius) {
        graphics.setColor(new Color(0xC8992E));
        graphics.fill(new Ellipse2D.Double(x - radius, y - radius, 2 * radius, 2 * radius));
        double inner = radius * 0.86;
        graphics.setColor(new Color(0xB5201F));
        graphics.fill(new Ellipse2D.Double(x - inner, y - inner, 2 * inner, 2 * inner));
        graphics.setColor(new Color(0xE7C35A));
        Path2D star = new Path2D.Double();
        for (int point = 0; point < 10; point++) {
            double reach = radius * (point % 2 == 0 ? 0.62 : 0.24);
            double angle = Math.PI * point / 5 - Math.PI / 2;
            double px = x + reach * Math.cos(angle);
            double py = y + reach * Math.sin(angle);
            if (point == 0) {
                star.moveTo(px, py);
            } else {
                star.lineTo(px, py);
            }
        }
        star.closePath();
        graphics.fill(star);
    }

    static Rectangle2D inset(Rectangle2D area, double by) {
        return new Rectangle2D.Double(
                area.getX() + by, area.getY() + by, area.getWidth() - 2 * by, area.getHeight() - 2 * by);
    }

    private static void wave(
            Graphics2D graphics,
            double x1,
            double y1,
            double x2,
            double y2,
            double height,
            double length,
            double phase) {
        double distance = Math.hypot(x2 - x1, y2 - y1);
        double dx = (x2 - x1) / distance;
        double dy = (y2 - y1) / distance;
        Path2D path = new Path2D.Double();
        for (double along = 0; along <= distance; along += 1.5) {
            double across = height * Math.sin(along / length * 2 * Math.PI + phase);
            double px = x1 + along * dx - across * dy;
            double py = y1 + along * dy + across * dx;
            if (along == 0) {
                path.moveTo(px, py);
            } else {
                path.lineTo(px, py);
            }
        }
        graphics.draw(path);
    }
}
