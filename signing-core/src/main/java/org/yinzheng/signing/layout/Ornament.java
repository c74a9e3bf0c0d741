package org.yinzheng.signing.layout;

import java.util.List;
import java.util.function.DoubleFunction;
import org.yinzheng.signing.layout.Page.Area;
import org.yinzheng.signing.layout.Page.Path;

/// Rules, borders and guilloches as vector paths: sharp at any resolution and small in the file. A curve is
/// drawn through points on it with its true tangents (cubic Hermite), three pieces a period.
final class Ornament {
    private static final int PIECES = 3;
    private static final int BORDER_STRANDS = 3;

    private Ornament() {}

    static List<Path> draw(Template.Ornamental ornament, Typesetter typesetter) {
        return switch (ornament) {
            case Template.Fill fill -> List.of(fill(fill));
            case Template.Outline outline -> List.of(outline(outline));
            case Template.Rule rule -> List.of(rule(rule));
            case Template.Border border -> border(border);
            case Template.Rosette rosette -> List.of(rosette(rosette));
            case Template.Waves waves -> List.of(waves(waves));
            case Template.Watermark watermark -> List.of(new WatermarkMark(typesetter, watermark).draw());
        };
    }

    private static Path fill(Template.Fill fill) {
        return new Path(rectangle(fill.area()), fill.colour(), null, 0);
    }

    private static Path outline(Template.Outline outline) {
        return new Path(rectangle(outline.area()), null, outline.colour(), outline.lineWidth());
    }

    private static Path rule(Template.Rule rule) {
        var data = data();
        data.moveTo(rule.x1(), rule.y1());
        data.lineTo(rule.x2(), rule.y2());
        return new Path(data.toString(), null, rule.colour(), rule.lineWidth());
    }

    private static Path rosette(Template.Rosette r) {
        var data = data();
        ring(data, r.x(), r.y(), r.inner(), r.outer(), r.petals(), r.strands());
        return new Path(data.toString(), null, r.colour(), r.lineWidth());
    }

    private static Path waves(Template.Waves w) {
        var data = data();
        double k = 2 * Math.PI / w.period();
        int pieces = (int) Math.ceil(w.area().width() / w.period() * PIECES);
        for (int i = 0; i < w.count(); i++) {
            double y = w.area().y() + w.area().height() * (i + 0.5) / w.count();
            double shift = 2 * Math.PI * i / w.count() * 2;
            // Swing grows and fades from line to line: the moiré of engraved paper.
            double swing = w.swing() * (0.55 + 0.45 * Math.cos(4 * Math.PI * i / w.count()));
            curve(
                    data,
                    false,
                    pieces,
                    0,
                    w.area().width(),
                    t -> new Point(
                            w.area().x() + t,
                            y + swing * Math.sin(k * t + shift),
                            1,
                            swing * k * Math.cos(k * t + shift)));
        }
        return new Path(data.toString(), null, w.colour(), w.lineWidth());
    }

    /// From the outside: a strong rule, a fine one, the braid, a fine one, a middling one at the band's edge.
    private static List<Path> border(Template.Border b) {
        var area = b.area();
        double fine = b.lineWidth();
        double outer = fine * 6;
        double inner = b.band() - fine * 5;
        var braid = data();
        edge(braid, area.width(), outer, inner, b.period(), (t, s) -> new double[] {area.x() + t, area.y() + s});
        edge(braid, area.width(), outer, inner, b.period(), (t, s) ->
                new double[] {area.x() + t, area.y() + area.height() - s});
        edge(braid, area.height(), outer, inner, b.period(), (t, s) -> new double[] {area.x() + s, area.y() + t});
        edge(braid, area.height(), outer, inner, b.period(), (t, s) ->
                new double[] {area.x() + area.width() - s, area.y() + t});
        double middle = (outer + inner) / 2;
        double radius = (inner - outer) / 2;
        for (double x : new double[] {area.x() + middle, area.x() + area.width() - middle}) {
            for (double y : new double[] {area.y() + middle, area.y() + area.height() - middle}) {
                ring(braid, x, y, radius * 0.25, radius * 0.84, 8, 2);
                braid.rectangle(x - radius, y - radius, 2 * radius, 2 * radius);
            }
        }
        return List.of(
                new Path(rectangle(area), null, b.colour(), fine * 5),
                new Path(rectangle(inset(area, outer)), null, b.colour(), fine),
                new Path(braid.toString(), null, b.colour(), fine),
                new Path(rectangle(inset(area, inner)), null, b.colour(), fine),
                new Path(rectangle(inset(area, b.band())), null, b.colour(), fine * 2.5));
    }

    /// Where a point lies that is so far along an edge and so far in from it.
    private interface Placement {
        double[] at(double along, double across);
    }

    /// Three strands, a third of a period apart, between the corner squares.
    private static void edge(
            PathData data, double length, double outer, double inner, double period, Placement placement) {
        double span = length - 2 * inner;
        long periods = Math.max(1, Math.round(span / period));
        double k = 2 * Math.PI * periods / span;
        double swing = (inner - outer) / 2 * 0.82;
        for (int strand = 0; strand < BORDER_STRANDS; strand++) {
            double shift = 2 * Math.PI * strand / BORDER_STRANDS;
            curve(data, false, (int) periods * PIECES, 0, span, t -> {
                double across = (outer + inner) / 2 + swing * Math.sin(k * t + shift);
                double slope = swing * k * Math.cos(k * t + shift);
                // The placements are linear, so a difference is their derivative.
                var here = placement.at(inner + t, across);
                var ahead = placement.at(inner + t + 1, across + slope);
                return new Point(here[0], here[1], ahead[0] - here[0], ahead[1] - here[1]);
            });
        }
    }

    private static void ring(PathData data, double x, double y, double inner, double outer, int petals, int strands) {
        double middle = (inner + outer) / 2;
        double swing = (outer - inner) / 2;
        for (int strand = 0; strand < strands; strand++) {
            double shift = 2 * Math.PI * strand / strands;
            curve(data, true, petals * PIECES, 0, 2 * Math.PI, t -> {
                double r = middle + swing * Math.cos(petals * t + shift);
                double dr = -swing * petals * Math.sin(petals * t + shift);
                return new Point(
                        x + r * Math.cos(t),
                        y + r * Math.sin(t),
                        dr * Math.cos(t) - r * Math.sin(t),
                        dr * Math.sin(t) + r * Math.cos(t));
            });
        }
    }

    /// A point on a curve and its derivative.
    private record Point(double x, double y, double dx, double dy) {}

    private static void curve(
            PathData data, boolean closed, int pieces, double from, double to, DoubleFunction<Point> at) {
        double third = (to - from) / pieces / 3;
        var last = at.apply(from);
        data.moveTo(last.x, last.y);
        for (int i = 1; i <= pieces; i++) {
            var next = at.apply(from + (to - from) * i / pieces);
            data.curveTo(
                    last.x + third * last.dx,
                    last.y + third * last.dy,
                    next.x - third * next.dx,
                    next.y - third * next.dy,
                    next.x,
                    next.y);
            last = next;
        }
        if (closed) {
            data.close();
        }
    }

    private static Area inset(Area area, double by) {
        return new Area(area.x() + by, area.y() + by, area.width() - 2 * by, area.height() - 2 * by);
    }

    private static String rectangle(Area area) {
        return data().rectangle(area.x(), area.y(), area.width(), area.height()).toString();
    }

    private static PathData data() {
        return new PathData(1, 2);
    }
}
