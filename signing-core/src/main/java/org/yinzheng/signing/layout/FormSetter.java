package org.yinzheng.signing.layout;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.yinzheng.signing.layout.Page.Mark;
import org.yinzheng.signing.layout.Template.Cell;
import org.yinzheng.signing.layout.Template.Form;
import org.yinzheng.signing.layout.Template.Slot;

/// Sets a form: first at full size, then closer and smaller, then without its longest value.
final class FormSetter {
    private static final double SMALLEST = 0.55;
    /// Rows move together less than type shrinks.
    private static final double CLOSEST = 0.72;
    /// Where a row's first baseline lies, as a share of the pitch.
    private static final double BASELINE = 0.7;
    /// A rule's distance from the baseline above it, in ems.
    private static final double RULE = 0.42;

    private final Composition composition;
    private final Form form;

    FormSetter(Composition composition, Form form) {
        this.composition = composition;
        this.form = form;
    }

    /// @param left of the cell, where its label begins
    /// @param indent from there to the value
    /// @param width of the value
    private record Entry(Cell cell, Copy copy, double left, double labelWidth, double indent, double width) {
        Entry with(Copy other) {
            return new Entry(cell, other, left, labelWidth, indent, width);
        }
    }

    List<Mark> set(Values values) {
        var rows = new ArrayList<List<Entry>>();
        for (var row : form.rows()) {
            rows.add(entries(row, values));
        }
        while (true) {
            for (double scale = 1; scale >= SMALLEST; scale *= Typesetter.SHRINK) {
                var set = trySet(rows, scale);
                if (set.isPresent()) {
                    return set.get();
                }
            }
            moveLongest(rows);
        }
    }

    private List<Entry> entries(List<Cell> row, Values values) {
        double share = (form.area().width() - form.gap() * (row.size() - 1)) / row.size();
        var entries = new ArrayList<Entry>();
        for (var cell : row) {
            double labelWidth = entries.isEmpty() ? form.labelWidth() : form.innerLabelWidth();
            double indent = cell.label().isEmpty() ? 0 : labelWidth + form.gap();
            entries.add(new Entry(
                    cell,
                    Copy.of(cell.text(), cell.otherwise(), values.texts()),
                    form.area().x() + entries.size() * (share + form.gap()),
                    labelWidth,
                    indent,
                    share - indent));
        }
        return entries;
    }

    private Optional<List<Mark>> trySet(List<List<Entry>> rows, double scale) {
        var marks = new ArrayList<Mark>();
        double pitch = form.pitch() * Math.max(scale, CLOSEST);
        double y = form.area().y();
        double bottom = y + form.area().height();
        for (var row : rows) {
            double extra = 0;
            double baseline = y + pitch * BASELINE;
            var texts = new ArrayList<TypesetText>();
            for (var entry : row) {
                var style = composition.style(entry.cell.style());
                var typesetter = composition.typesetter();
                double size = typesetter.unbroken(
                        entry.copy, style, entry.width, Math.max(style.minimum(), style.size() * scale));
                var text = typesetter.wrap(entry.copy, style, entry.cell.align(), entry.width, size);
                texts.add(text);
                extra = Math.max(extra, (text.lines().size() - 1) * text.leading());
            }
            for (int i = 0; i < row.size(); i++) {
                place(row.get(i), texts.get(i), baseline, extra, marks);
            }
            y += pitch + extra;
            if (y > bottom + 0.01) {
                return Optional.empty();
            }
        }
        return Optional.of(marks);
    }

    private void place(Entry entry, TypesetText text, double baseline, double extra, List<Mark> marks) {
        var label = entry.cell.label();
        double left = entry.left + entry.indent;
        if (!label.isEmpty()) {
            int lines = 1 + (int) label.chars().filter(c -> c == '\n').count();
            var slot = new Slot(entry.left, baseline, entry.labelWidth, lines);
            marks.addAll(composition
                    .typesetter()
                    .set(Copy.words(label), composition.style(form.style()), form.labels(), slot));
        }
        if (form.lineWidth() > 0) {
            double y = baseline + extra + text.size() * RULE;
            var data = new PathData(1, 2);
            data.moveTo(left, y);
            data.lineTo(left + entry.width, y);
            marks.add(new Page.Path(data.toString(), null, form.line(), form.lineWidth()));
        }
        marks.addAll(text.at(left, baseline));
    }

    /// @throws org.yinzheng.signing.InvalidInput `text-too-long` when nothing can be moved
    private void moveLongest(List<List<Entry>> rows) {
        var longest = rows.stream()
                .flatMap(List::stream)
                .filter(entry -> !entry.copy.longestField().isEmpty())
                .max(Comparator.comparingInt(entry -> entry.copy.length()))
                .orElseThrow(() -> Typesetter.tooLong(Copy.words("")));
        if (!composition.mayContinue() || longest.copy.length() <= Composition.REFERENCE.length()) {
            throw Typesetter.tooLong(longest.copy);
        }
        composition.continueWith(new Overflow.LongText(longest.cell.label(), longest.copy));
        for (var row : rows) {
            row.replaceAll(entry -> entry.equals(longest) ? entry.with(Copy.words(Composition.REFERENCE)) : entry);
        }
    }
}
