package org.yinzheng.signing.layout;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Template.Align;
import org.yinzheng.signing.layout.Template.Element;
import org.yinzheng.signing.layout.Template.Slot;
import org.yinzheng.signing.layout.Template.Style;

/// Reads a template's YAML. Every key is asked for by name; a key that nobody asked for is an error, so that a
/// misspelt one is never silently ignored.
final class TemplateReader {
    private static final ObjectMapper YAML =
            new ObjectMapper(new YAMLFactory()).enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION);

    private TemplateReader() {}

    static Template read(String yaml) {
        try {
            var root = new Keys("template", YAML.readTree(yaml));
            var page = root.object("page");
            double width = page.number("width");
            double height = page.number("height");
            page.done();
            var styles = styles(root.object("styles"));
            var elements = new ArrayList<Element>();
            for (var item : root.list("elements")) {
                elements.add(element(item, styles));
            }
            var template = new Template(width, height, styles, elements, root.area("seal"));
            root.done();
            return template;
        } catch (JsonProcessingException e) {
            throw new InvalidInput("syntax", "template", "not readable as YAML: " + e.getOriginalMessage());
        }
    }

    private static Map<String, Style> styles(Keys keys) {
        var styles = new LinkedHashMap<String, Style>();
        for (var name : keys.names()) {
            var style = keys.object(name);
            double size = style.number("size");
            styles.put(
                    name,
                    new Style(
                            style.choice("face", Face.class, Face.SERIF),
                            size,
                            style.number("minimum", size),
                            style.number("leading", 1.5),
                            style.number("spacing", 0),
                            style.colour("colour")));
            style.done();
        }
        return styles;
    }

    private static Element element(Keys item, Map<String, Style> styles) {
        if (item.names().size() != 1) {
            throw new InvalidInput("wrong-type", item.path, "an element has one key, its kind");
        }
        var kind = item.names().iterator().next();
        var keys = item.object(kind);
        var element =
                switch (kind) {
                    case "text" ->
                        new Template.Text(
                                keys.text("text"),
                                keys.text("otherwise", ""),
                                slot(keys),
                                style(keys, styles),
                                keys.choice("align", Align.class, Align.LEFT));
                    case "qr" -> new Template.Qr(keys.area("area"), keys.colour("colour"));
                    case "fill" -> new Template.Fill(keys.area("area"), keys.colour("colour"));
                    case "outline" ->
                        new Template.Outline(keys.area("area"), keys.colour("colour"), keys.number("lineWidth"));
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
                    default -> throw new InvalidInput("unknown-key", item.path, "no element is called " + kind);
                };
        keys.done();
        return element;
    }

    private static Slot slot(Keys keys) {
        var at = keys.numbers("at", 2);
        return new Slot(at[0], at[1], keys.number("width"), (int) keys.number("lines", 1));
    }

    private static String style(Keys keys, Map<String, Style> styles) {
        var name = keys.text("style");
        if (!styles.containsKey(name)) {
            throw new InvalidInput("missing-key", keys.path + ".style", "there is no style called " + name);
        }
        return name;
    }

    /// One mapping of the YAML, and which of its keys have been asked for.
    private static final class Keys {
        private final String path;
        private final JsonNode node;
        private final Set<String> asked = new HashSet<>();

        Keys(String path, JsonNode node) {
            if (!node.isObject()) {
                throw new InvalidInput("wrong-type", path, "has to be a mapping");
            }
            this.path = path;
            this.node = node;
        }

        Set<String> names() {
            var names = new java.util.LinkedHashSet<String>();
            node.fieldNames().forEachRemaining(names::add);
            return names;
        }

        void done() {
            for (var name : names()) {
                if (!asked.contains(name)) {
                    throw new InvalidInput("unknown-key", path + "." + name, "there is no such key here");
                }
            }
        }

        Keys object(String key) {
            return new Keys(path + "." + key, required(key));
        }

        List<Keys> list(String key) {
            var items = required(key);
            if (!items.isArray()) {
                throw wrong(key, "a list");
            }
            var list = new ArrayList<Keys>();
            for (int i = 0; i < items.size(); i++) {
                list.add(new Keys("%s.%s[%d]".formatted(path, key, i), items.get(i)));
            }
            return list;
        }

        String text(String key) {
            var value = required(key);
            if (!value.isTextual()) {
                throw wrong(key, "a text");
            }
            return value.asText();
        }

        String text(String key, String otherwise) {
            return has(key) ? text(key) : otherwise;
        }

        double number(String key) {
            var value = required(key);
            if (!value.isNumber()) {
                throw wrong(key, "a number");
            }
            return value.asDouble();
        }

        double number(String key, double otherwise) {
            return has(key) ? number(key) : otherwise;
        }

        int count(String key) {
            var value = required(key);
            if (!value.isInt() || value.intValue() < 1 || value.intValue() > 500) {
                throw wrong(key, "a whole number from 1 to 500");
            }
            return value.intValue();
        }

        double[] numbers(String key, int count) {
            var values = required(key);
            var numbers = new double[count];
            if (!values.isArray() || values.size() != count) {
                throw wrong(key, "a list of " + count + " numbers");
            }
            for (int i = 0; i < count; i++) {
                if (!values.get(i).isNumber()) {
                    throw wrong(key, "a list of " + count + " numbers");
                }
                numbers[i] = values.get(i).asDouble();
            }
            return numbers;
        }

        /// `[x, y, width, height]`.
        Page.Area area(String key) {
            var n = numbers(key, 4);
            return new Page.Area(n[0], n[1], n[2], n[3]);
        }

        Page.Colour colour(String key) {
            var text = text(key);
            if (!text.matches("#[0-9a-fA-F]{6}")) {
                throw wrong(key, "a colour as #rrggbb");
            }
            int rgb = Integer.parseInt(text.substring(1), 16);
            return new Page.Colour(rgb >> 16, rgb >> 8 & 0xFF, rgb & 0xFF);
        }

        <E extends Enum<E>> E choice(String key, Class<E> type, E otherwise) {
            if (!has(key)) {
                return otherwise;
            }
            var name = text(key).toUpperCase(Locale.ROOT);
            for (var constant : type.getEnumConstants()) {
                if (constant.name().equals(name)) {
                    return constant;
                }
            }
            throw wrong(key, "one of " + List.of(type.getEnumConstants()));
        }

        private boolean has(String key) {
            asked.add(key);
            return node.has(key);
        }

        private JsonNode required(String key) {
            if (!has(key)) {
                throw new InvalidInput("missing-key", path + "." + key, "this key is required");
            }
            return node.get(key);
        }

        private InvalidInput wrong(String key, String expected) {
            return new InvalidInput("wrong-type", path + "." + key, "has to be " + expected);
        }
    }
}
