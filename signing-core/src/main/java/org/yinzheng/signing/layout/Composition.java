package org.yinzheng.signing.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.yinzheng.signing.layout.Page.Mark;

/// One licence on its way to pages: the template's sides first, and then what they had no room for.
final class Composition {
    static final String REFERENCE = "见附页";

    private final Typesetter typesetter;
    private final Function<Template.Ornamental, List<Page.Path>> ornaments;
    private final Template template;
    private final String qrContent;
    private final List<Overflow> overflow = new ArrayList<>();
    private boolean continuing;

    Composition(
            Typesetter typesetter,
            Function<Template.Ornamental, List<Page.Path>> ornaments,
            Template template,
            String qrContent) {
        this.typesetter = typesetter;
        this.ornaments = ornaments;
        this.template = template;
        this.qrContent = qrContent;
    }

    List<Page> pages(Values values) {
        var pages = new ArrayList<Page>();
        for (var side : template.sides()) {
            var marks = draw(side.elements(), values);
            pages.add(new Page(
                    template.width(), template.height(), marks, side.seal().orElse(null)));
        }
        continuing = true;
        if (!overflow.isEmpty()) {
            var continuation = template.continuation().orElseThrow();
            pages.addAll(new ContinuationPages(this, continuation).lay(List.copyOf(overflow), values));
        }
        return List.copyOf(pages);
    }

    Page page(List<Mark> marks) {
        return new Page(template.width(), template.height(), marks, null);
    }

    Typesetter typesetter() {
        return typesetter;
    }

    Template.Style style(String name) {
        return Objects.requireNonNull(template.styles().get(name));
    }

    /// Whether what does not fit may go on elsewhere.
    boolean mayContinue() {
        return template.continuation().isPresent() && !continuing;
    }

    void continueWith(Overflow more) {
        overflow.add(more);
    }

    List<Mark> draw(List<Template.Element> elements, Values values) {
        var marks = new ArrayList<Mark>();
        for (var element : elements) {
            switch (element) {
                case Template.Text text -> marks.addAll(text(text, values));
                case Template.Form form -> marks.addAll(new FormSetter(this, form).set(values));
                case Template.Table table -> table(table, values, marks);
                case Template.Repeat repeat -> repeat(repeat, values, marks);
                case Template.Picture picture -> {
                    var photo = values.pictures().get(picture.field());
                    if (photo != null) {
                        marks.add(new Page.Picture(photo.within(picture.area()), photo.image()));
                    }
                }
                case Template.Qr qr -> marks.add(QrMark.draw(qrContent, qr.area(), qr.colour()));
                case Template.Ornamental ornament -> marks.addAll(ornaments.apply(ornament));
            }
        }
        return List.copyOf(marks);
    }

    private List<Page.Text> text(Template.Text text, Values values) {
        var copy = Copy.of(text.text(), text.otherwise(), values.texts());
        var style = style(text.style());
        var set = typesetter.trySet(copy, style, text.align(), text.slot());
        if (set.isPresent()) {
            return set.get();
        }
        if (text.continued().isEmpty() || !mayContinue()) {
            throw Typesetter.tooLong(copy);
        }
        continueWith(new Overflow.LongText(text.continued(), copy));
        return typesetter.set(Copy.words(REFERENCE), style, text.align(), text.slot());
    }

    private void table(Template.Table table, Values values, List<Mark> marks) {
        var rows = values.groups().getOrDefault(table.group(), List.of());
        var setter = new TableSetter(this, table, values, rows);
        int placed = setter.set(table.area(), 0, marks).rows();
        if (placed < rows.size()) {
            if (!mayContinue()) {
                throw Typesetter.tooLong(Copy.of("{" + table.group() + "}", "", Map.of(table.group(), "…")));
            }
            continueWith(new Overflow.Rows(setter, placed));
        }
    }

    private void repeat(Template.Repeat repeat, Values values, List<Mark> marks) {
        var items = new RepeatSetter(this, repeat, values);
        int placed = items.set(repeat.area(), repeat.across(), repeat.down(), 0, marks);
        if (placed < items.count()) {
            if (!mayContinue()) {
                throw Typesetter.tooLong(Copy.of("{" + repeat.group() + "}", "", Map.of(repeat.group(), "…")));
            }
            continueWith(new Overflow.Items(items, placed));
        }
    }
}
