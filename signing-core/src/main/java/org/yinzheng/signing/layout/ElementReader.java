package org.yinzheng.signing.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Template.Align;
import org.yinzheng.signing.layout.Template.Cell;
import org.yinzheng.signing.layout.Template.Column;
import org.yinzheng.signing.layout.Template.Element;
import org.yinzheng.signing.layout.Template.Slot;
import org.yinzheng.signing.layout.Template.Style;

/// Reads what stands on a page, one element at a time.
record ElementReader(Map<String, Style> styles) {
    List<Element> list(Keys parent) {
        var elements = new ArrayList<Element>();
        for (var item : parent.list("elements")) {
            elements.add(element(item));
        }
        return elements;
    }

    String style(Keys keys, String key) {
        var name = keys.text(key);
        if (!styles.containsKey(name)) {
            throw new InvalidInput("missing-key", keys.path + "." + key, "there is no style called " + name);
        }
        return name;
    }

    private Element element(Keys item) {
        if (item.names().size() != 1) {
            throw new InvalidInput("wrong-type", item.path, "an element has one key, its kind");
        }
        var kind = item.names().iterator().next();
        var keys = item.object(kind);
        var element =
                switch (kind) {
                    case "text" -> text(keys);
                    case "form" -> form(keys);
                    case "table" -> table(keys);
                    case "repeat" ->
                        new Template.Repeat(
                                keys.area("area"),
                                keys.text("group"),
                                keys.text("title"),
                                keys.count("across", 1),
                                keys.count("down", 1),
                                list(keys));
                    case "picture" -> new Template.Picture(keys.text("field"), keys.area("area"));
                    case "qr" -> new Template.Qr(keys.area("area"), keys.colour("colour"));
                    default -> ornament(kind, item.path, keys);
                };
        keys.done();
        return element;
    }

    private Template.Text text(Keys keys) {
        var at = keys.numbers("at", 2);
        return new Template.Text(
                keys.text("text"),
                keys.text("otherwise", ""),
                new Slot(at[0], at[1], keys.number("width"), keys.count("lines", 1)),
                style(keys, "style"),
                keys.choice("align", Align.class, Align.LEFT),
                keys.text("continued", ""));
    }

    private Template.Form form(Keys keys) {
        double labelWidth = keys.number("labelWidth");
        var value = style(keys, "value");
        var rows = new ArrayList<List<Cell>>();
        for (var row : keys.list("rows")) {
            var cells = new ArrayList<Cell>();
            for (var label : row.names()) {
                cells.add(cell(label, row, value));
            }
            rows.add(cells);
        }
        return new Template.Form(
                keys.area("area"),
                labelWidth,
                keys.number("innerLabelWidth", labelWidth),
                keys.number("gap", 4),
                keys.number("pitch"),
                style(keys, "label"),
                keys.choice("labels", Align.class, Align.SPREAD),
                rows,
                keys.has("line") ? keys.colour("line") : Page.Colour.BLACK,
                keys.number("lineWidth", 0));
    }

    /// `姓名: "{CZZT}"`, or a mapping when there is more to say. A label of underscores alone stands for none: the
    /// keys of a mapping differ.
    private Cell cell(String key, Keys row, String style) {
        var label = key.replace("_", "");
        if (!row.isObject(key)) {
            return new Cell(label, row.text(key), "", style, Align.LEFT);
        }
        var keys = row.object(key);
        var cell = new Cell(
                label,
                keys.text("text"),
                keys.text("otherwise", ""),
                keys.has("style") ? style(keys, "style") : style,
                keys.choice("align", Align.class, Align.LEFT));
        keys.done();
        return cell;
    }

    private Template.Table table(Keys keys) {
        var columns = new ArrayList<Column>();
        for (var column : keys.list("columns")) {
            columns.add(new Column(
                    column.text("title"),
                    column.text("text"),
                    column.number("width"),
                    column.choice("align", Align.class, Align.CENTRE)));
            column.done();
        }
        return new Template.Table(
                keys.area("area"),
                keys.text("group"),
                keys.text("title"),
                columns,
                keys.number("pitch"),
                style(keys, "head"),
                style(keys, "style"),
                keys.colour("colour"),
                keys.number("lineWidth"));
    }

    private static Template.Ornamental ornament(String kind, String path, Keys keys) {
        return switch (kind) {
            case "fill" -> new Template.Fill(keys.area("area"), keys.colour("colour"));
            case "outline" -> new Template.Outline(keys.area("area"), keys.colour("colour"), keys.number("lineWidth"));
            case "rule" -> {
                var from = keys.numbers("from", 2);
                var to = keys.numbers("to", 2);
                yield new Template.Rule(
                        from[0], from[1], to[0], to[1], keys.colour("colour"), keys.number("lineWidth"));
            }
            case "border" ->
                new Template.Border(
                        keys.area("area"),
                        keys.number("band"),
                        keys.number("period"),
                        keys.colour("colour"),
                        keys.number("lineWidth"));
            case "rosette" -> {
                var centre = keys.numbers("centre", 2);
                var radii = keys.numbers("radii", 2);
                yield new Template.Rosette(
                        centre[0],
                        centre[1],
                        radii[0],
                        radii[1],
                        keys.count("petals"),
                        keys.count("strands"),
                        keys.colour("colour"),
                        keys.number("lineWidth"));
            }
            case "waves" ->
                new Template.Waves(
                        keys.area("area"),
                        keys.count("count"),
                        keys.number("period"),
                        keys.number("swing"),
                        keys.colour("colour"),
                        keys.number("lineWidth"));
            case "watermark" -> {
                var step = keys.has("step") ? keys.numbers("step", 2) : new double[2];
                yield new Template.Watermark(
                        keys.text("text"),
                        keys.area("area"),
                        keys.choice("face", Face.class, Face.SANS),
                        keys.number("size"),
                        keys.number("angle", 0),
                        step[0],
                        step[1],
                        keys.colour("colour"));
            }
            default -> throw new InvalidInput("unknown-key", path, "no element is called " + kind);
        };
    }
}
