package org.yinzheng.signing.layout;

import java.util.List;
import java.util.Map;
import org.yinzheng.signing.layout.Page.Area;
import org.yinzheng.signing.layout.Page.Mark;
import org.yinzheng.signing.layout.Template.Repeat;

/// Sets the items of a group side by side, and then downwards.
final class RepeatSetter {
    private static final int DECIMALS = 2;

    private final Composition composition;
    private final Repeat repeat;
    private final Values values;
    private final List<Map<String, String>> items;

    RepeatSetter(Composition composition, Repeat repeat, Values values) {
        this.composition = composition;
        this.repeat = repeat;
        this.values = values;
        this.items = values.groups().getOrDefault(repeat.group(), List.of());
    }

    String title() {
        return repeat.title();
    }

    int count() {
        return items.size();
    }

    double width() {
        return repeat.area().width();
    }

    double height() {
        return repeat.area().height();
    }

    /// @param first where the first item goes; the others have its size
    /// @return how many items stand there now, counted from the group's first
    int set(Area first, int across, int down, int from, List<Mark> marks) {
        int to = Math.min(items.size(), from + across * down);
        for (int i = from; i < to; i++) {
            int place = i - from;
            int row = place / across;
            double x = first.x() + place % across * width();
            double y = first.y() + row * height();
            var here = values.with(items.get(i)).with(Map.of("ROW", Integer.toString(i + 1)));
            for (var mark : composition.draw(repeat.elements(), here)) {
                marks.add(moved(mark, x, y));
            }
        }
        return to;
    }

    private static Mark moved(Mark mark, double x, double y) {
        return switch (mark) {
            case Page.Text t ->
                new Page.Text(t.x() + x, t.baseline() + y, t.size(), t.face(), t.colour(), t.text(), t.advances());
            case Page.Path p ->
                new Page.Path(
                        PathData.mapped(p.data(), 1, 0, 0, 1, x, y, DECIMALS), p.fill(), p.stroke(), p.lineWidth());
            case Page.Picture p -> {
                var area = p.area();
                yield new Page.Picture(new Area(area.x() + x, area.y() + y, area.width(), area.height()), p.image());
            }
        };
    }
}
