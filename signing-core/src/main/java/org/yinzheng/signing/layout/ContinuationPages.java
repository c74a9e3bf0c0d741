package org.yinzheng.signing.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Page.Area;
import org.yinzheng.signing.layout.Page.Mark;
import org.yinzheng.signing.layout.Template.Align;
import org.yinzheng.signing.layout.Template.Continuation;

/// 附页: sets what a licence's own pages had no room for, one after the other, over as many pages as it takes.
final class ContinuationPages {
    /// More than any licence has: whoever needs more has sent something else.
    private static final int MOST = 60;

    private final Composition composition;
    private final Continuation continuation;
    private final List<List<Mark>> pages = new ArrayList<>();
    private double y;

    ContinuationPages(Composition composition, Continuation continuation) {
        this.composition = composition;
        this.continuation = continuation;
        turn();
    }

    List<Page> lay(List<Overflow> overflow, Values values) {
        for (var more : overflow) {
            switch (more) {
                case Overflow.LongText text -> text(text);
                case Overflow.Rows rows -> rows(rows);
                case Overflow.Items items -> items(items);
            }
        }
        var laid = new ArrayList<Page>();
        for (int i = 0; i < pages.size(); i++) {
            var counted = Map.of("PAGE", Integer.toString(i + 1), "PAGES", Integer.toString(pages.size()));
            var marks = new ArrayList<>(composition.draw(continuation.elements(), values.with(counted)));
            marks.addAll(pages.get(i));
            laid.add(composition.page(marks));
        }
        return laid;
    }

    private void text(Overflow.LongText more) {
        var style = composition.style(continuation.text());
        var text = composition
                .typesetter()
                .wrap(more.copy(), style, Align.JUSTIFY, continuation.area().width(), style.size());
        heading(more.heading(), text.leading());
        int line = 0;
        while (line < text.lines().size()) {
            int room = (int) Math.floor((bottom() - y) / text.leading());
            if (room < 1) {
                turn();
                continue;
            }
            int to = Math.min(text.lines().size(), line + room);
            here().addAll(text.at(continuation.area().x(), y + style.size(), line, to));
            y += (to - line) * text.leading();
            line = to;
        }
        y += text.leading();
    }

    private void rows(Overflow.Rows more) {
        heading(more.table().title(), 0);
        int row = more.from();
        while (row < more.table().count()) {
            double room = bottom() - y;
            var marks = new ArrayList<Mark>();
            var placed = more.table().set(new Area(continuation.area().x(), y, 0, room), row, marks);
            if (placed.rows() > row) {
                here().addAll(marks);
                row = placed.rows();
                y = placed.bottom() + 4;
            } else if (y <= continuation.area().y()) {
                throw tooLarge("a row of the table is higher than a continuation page");
            }
            if (row < more.table().count()) {
                turn();
            }
        }
    }

    private void items(Overflow.Items more) {
        heading(more.repeat().title(), 0);
        var area = continuation.area();
        int across = (int) ((area.width() + 0.01) / more.repeat().width());
        int item = more.from();
        while (item < more.repeat().count()) {
            int down = (int) ((bottom() - y + 0.01) / more.repeat().height());
            if (across < 1 || (down < 1 && y <= area.y())) {
                throw tooLarge("an item of the group is larger than a continuation page");
            }
            if (down < 1) {
                turn();
                continue;
            }
            int next = more.repeat().set(new Area(area.x(), y, area.width(), 0), across, down, item, here());
            y += Math.ceilDiv(next - item, across) * more.repeat().height();
            item = next;
        }
    }

    /// @param below what has to fit under it on the same page
    private void heading(String words, double below) {
        if (words.isEmpty()) {
            return;
        }
        var style = composition.style(continuation.label());
        double height = style.size() * style.leading();
        if (y + height + below > bottom()) {
            turn();
        }
        var slot = new Template.Slot(
                continuation.area().x(), y + style.size(), continuation.area().width(), 1);
        here().addAll(composition.typesetter().set(Copy.words(words), style, Align.LEFT, slot));
        y += height;
    }

    private List<Mark> here() {
        return pages.getLast();
    }

    private double bottom() {
        return continuation.area().y() + continuation.area().height();
    }

    private void turn() {
        if (pages.size() == MOST) {
            throw tooLarge("a licence has at most " + MOST + " continuation pages");
        }
        pages.add(new ArrayList<>());
        y = continuation.area().y();
    }

    private static InvalidInput tooLarge(String what) {
        return new InvalidInput("text-too-long", "", what);
    }
}
