package org.yinzheng.signing.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleFunction;
import org.yinzheng.signing.layout.Page.Area;
import org.yinzheng.signing.layout.Page.Path;

/// Rules, borders and guilloches as vector paths: sharp at any resolution and small in the file. A curve is
/// drawn through points on it with its true tangents (cubic Hermite), four pieces a period.
final class Ornament {
    private static final int PIECES = 4;
    private static final int BORDER_STRANDS = 3;

    private Ornament() {}

    static Path fill(Template.Fill fill) {
        return new Path(rectangle(fill.area()), fill.colour(), null, 0);
    }

    static Path outline(Template.Outline outline) {
        return new Path(rectangle(outline.area()), null, outline.colour(), outline.lineWidth());
    }

    static Path rule(Template.Rule rule) {
        var data = data();
        data.moveTo(rule.x1(), rule.y1());
        data.lineTo(rule.x2(), rule.y2());
        return new Path(data.toString(), null, rule.colour(), rule.lineWidth());
    }

    static Path rosette(Template.Rosette r) {
        var data = data();
        ring(data, r.x(), r.y(), r.inner(), r.outer(), r.petals(), r.strands());
        return new Path(data.toString(), null, r.colour(), r.lineWidth());
    }

    static Path waves(Template.Waves w) {
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

    static List<Path> border(Template.Border b) {
        var area = b.area();
        double band = b.band();
        var braid = data();
        edge(braid, b, area.width(), (along, across) -> new double[] {area.x() + along, area.y() + across}, false);
        edge(
                braid,
                b,
                area.width(),
                (along, across) -> new double[] {area.x() + along, area.y() + area.height() - across},
                false);
        edge(braid, b, area.height(), (along, across) -> new double[] {area.x() + across, area.y() + along}, true);
        edge(
                braid,
                b,
                area.height(),
                (along, across) -> new double[] {area.x() + area.width() - across, area.y() + along},
                true);
        for (double x : new double[] {area.x() + band / 2, area.x() + area.width() - band / 2}) {
            for (double y : new double[] {area.y() + band / 2, area.y() + area.height() - band / 2}) {
                ring(braid, x, y, band * 0.12, band * 0.44, 8, 2);
            }
        }
        double fine = b.lineWidth();
        var rules = new ArrayList<Path>();
        rules.add(new Path(rectangle(inset(area, 0)), null, b.colour(), fine * 5));
        rules.add(new Path(rectangle(inset(area, fine * 6)), null, b.colour(), fine));
        rules.add(new Path(rectangle(inset(area, band - fine * 5)), null, b.colour(), fine));
        rules.add(new Path(rectangle(inset(area, band)), null, b.colour(), fine * 2.5));
        rules.add(new Path(corners(area, band), null, b.colour(), fine));
        rules.add(new Path(braid.toString(), null, b.colour(), fine));
        return rules;
    }

    private interface Placement {
        double[] at(double along, double across);
    }

    /// Three strands, a third of a period apart, between the corner squares.
    private static void edge(PathData data, Template.Border b, double length, Placement placement, boolean upright) {
        double from = b.band();
        double span = length - 2 * b.band();
        long periods = Math.max(1, Math.round(span / b.period()));
        double k = 2 * Math.PI * periods / span;
        double swing = b.band() / 2 * 0.74;
        for (int strand = 0; strand < BORDER_STRANDS; strand++) {
            double shift = 2 * Math.PI * strand / BORDER_STRANDS;
            curve(data, false, (int) periods * PIECES, 0, span, t -> {
                var p = placement.at(from + t, b.band() / 2 + swing * Math.sin(k * t + shift));
                var ahead = placement.at(from + t + 1, b.band() / 2 + swing * Math.sin(k * t + shift));
                var aside = placement.at(from + t, b.band() / 2 + swing * Math.sin(k * t + shift) + 1);
                double slope = swing * k * Math.cos(k * t + shift);
                return upright
                        ? new Point(p[0], p[1], slope * (aside[0] - p[0]), ahead[1] - p[1])
                        : new Point(p[0], p[1], ahead[0] - p[0], slope * (aside[1] - p[1]));
            });
        }
    }

    private static String corners(Area a, double band) {
        var data = data();
        data.rectangle(a.x(), a.y(), band, band);
        data.rectangle(a.x() + a.width() - band, a.y(), band, band);
        data.rectangle(a.x(), a.y() + a.height() - band, band, band);
        data.rectangle(a.x() + a.width() - band, a.y() + a.height() - band, band, band);
        return data.toString();
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
