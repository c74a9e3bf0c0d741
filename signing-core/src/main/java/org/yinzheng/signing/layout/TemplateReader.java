package org.yinzheng.signing.layout;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Template.Continuation;
import org.yinzheng.signing.layout.Template.Side;
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
            var elements = new ElementReader(styles(root.object("styles")));
            var sides = sides(root, elements);
            var continuation = root.has("continuation")
                    ? Optional.of(continuation(root.object("continuation"), elements))
                    : Optional.<Continuation>empty();
            var template = new Template(width, height, elements.styles(), sides, continuation);
            root.done();
            return template;
        } catch (JsonProcessingException e) {
            throw new InvalidInput("syntax", "template", "not readable as YAML: " + e.getOriginalMessage());
        }
    }

    /// One side stands in the template itself, several under `sides`.
    private static List<Side> sides(Keys root, ElementReader elements) {
        if (!root.has("sides")) {
            return List.of(new Side(elements.list(root), Optional.of(root.area("seal"))));
        }
        var sides = new ArrayList<Side>();
        for (var side : root.list("sides")) {
            var seal = side.has("seal") ? Optional.of(side.area("seal")) : Optional.<Page.Area>empty();
            sides.add(new Side(elements.list(side), seal));
            side.done();
        }
        if (sides.stream().filter(side -> side.seal().isPresent()).count() != 1) {
            throw root.wrong("sides", "a list of which one has a seal");
        }
        return sides;
    }

    private static Continuation continuation(Keys keys, ElementReader elements) {
        var continuation = new Continuation(
                keys.area("area"), elements.style(keys, "label"), elements.style(keys, "text"), elements.list(keys));
        keys.done();
        return continuation;
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
}
