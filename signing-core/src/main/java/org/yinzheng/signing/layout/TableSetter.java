package org.yinzheng.signing.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yinzheng.signing.layout.Page.Area;
import org.yinzheng.signing.layout.Page.Mark;
import org.yinzheng.signing.layout.Template.Align;
import org.yinzheng.signing.layout.Template.Table;

/// Sets rows of a table into an area, as many as there is room for.
final class TableSetter {
    private static final double PADDING = 1.2;
    /// The middle of an ideograph above its baseline, in ems.
    private static final double MIDDLE = 0.38;

    private final Composition composition;
    private final Table table;
    private final Values values;
    private final List<Map<String, String>> rows;

    TableSetter(Composition composition, Table table, Values values, List<Map<String, String>> rows) {
        this.composition = composition;
        this.table = table;
        this.values = values;
        this.rows = rows;
    }

    /// @param rows how many stand there now, counted from the table's first
    /// @param bottom where the table ends
    record Placed(int rows, double bottom) {}

    String title() {
        return table.title();
    }

    int count() {
        return rows.size();
    }

    double width() {
        return table.columns().stream().mapToDouble(Template.Column::width).sum();
    }

    Placed set(Area area, int from, List<Mark> marks) {
        var grid = new PathData(1, 2);
        var texts = new ArrayList<Mark>();
        double y = area.y();
        line(grid, area.x(), y);
        y = row(headTexts(), area.x(), y, texts);
        line(grid, area.x(), y);
        int row = from;
        while (row < rows.size()) {
            var cells = texts(row);
            if (y + height(cells) > area.y() + area.height() + 0.01) {
                break;
            }
            y = row(cells, area.x(), y, texts);
            line(grid, area.x(), y);
            row++;
        }
        double x = area.x();
        upright(grid, x, area.y(), y);
        for (var column : table.columns()) {
            x += column.width();
            upright(grid, x, area.y(), y);
        }
        marks.add(new Page.Path(grid.toString(), null, table.line(), table.lineWidth()));
        marks.addAll(texts);
        return new Placed(row, y);
    }

    private List<TypesetText> headTexts() {
        var texts = new ArrayList<TypesetText>();
        for (var column : table.columns()) {
            texts.add(wrap(Copy.words(column.title()), table.head(), Align.CENTRE, column.width()));
        }
        return texts;
    }

    private List<TypesetText> texts(int row) {
        var here = values.with(rows.get(row)).with(Map.of("ROW", Integer.toString(row + 1)));
        var texts = new ArrayList<TypesetText>();
        for (var column : table.columns()) {
            texts.add(wrap(Copy.of(column.text(), " ", here.texts()), table.style(), column.align(), column.width()));
        }
        return texts;
    }

    private TypesetText wrap(Copy copy, String style, Align align, double width) {
        var set = composition.style(style);
        double room = width - 2 * PADDING;
        double size = composition.typesetter().unbroken(copy, set, room, set.size());
        return composition.typesetter().wrap(copy, set, align, room, size);
    }

    private double height(List<TypesetText> cells) {
        return table.pitch()
                + cells.stream()
                        .mapToDouble(cell -> (cell.lines().size() - 1) * cell.leading())
                        .max()
                        .orElse(0);
    }

    /// Where the row ends.
    private double row(List<TypesetText> cells, double left, double top, List<Mark> marks) {
        double height = height(cells);
        double x = left + PADDING;
        for (int i = 0; i < cells.size(); i++) {
            var cell = cells.get(i);
            double block = (cell.lines().size() - 1) * cell.leading();
            marks.addAll(cell.at(x, top + (height - block) / 2 + MIDDLE * cell.size()));
            x += table.columns().get(i).width();
        }
        return top + height;
    }

    private void line(PathData grid, double left, double y) {
        grid.moveTo(left, y);
        grid.lineTo(left + width(), y);
    }

    private static void upright(PathData grid, double x, double top, double bottom) {
        grid.moveTo(x, top);
        grid.lineTo(x, bottom);
    }
}
