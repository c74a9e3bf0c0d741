package org.yinzheng.registry.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.yinzheng.signing.InvalidInput;

/// What the templates of several types have in common: page, styles, ornaments, headings, continuation page. A pack
/// says `frame: NAME`, gives the frame's parameters under `set`, and adds elements of its own after the frame's.
final class Frame {
    private static final Set<String> ADDED = Set.of("styles", "elements", "sides");
    private static final Pattern PARAMETER = Pattern.compile("\\$\\{([a-z][A-Za-z0-9]*)}");

    private final ObjectNode content;
    /// With their defaults; null for one that a pack has to set.
    private final Map<String, JsonNode> parameters = new HashMap<>();

    private Frame(ObjectNode content) {
        this.content = content;
        var declared = content.remove("parameters");
        if (declared != null) {
            declared.properties().forEach(member -> parameters.put(member.getKey(), member.getValue()));
        }
    }

    static Frame parse(String yaml) {
        var root = YamlTree.read(yaml);
        if (!(root instanceof ObjectNode object)) {
            throw new InvalidInput("pack-object", "", "a frame is an object");
        }
        return new Frame(object);
    }

    /// The template that a pack means.
    ///
    /// @throws InvalidInput `frame-unknown`, `frame-parameter`
    static JsonNode expand(JsonNode template, Map<String, Frame> frames) {
        var name = template.path("frame").asText();
        if (name.isEmpty()) {
            return template;
        }
        var frame = frames.get(name);
        if (frame == null) {
            throw new InvalidInput("frame-unknown", "template.frame", "there is no shared/" + name + ".yaml");
        }
        return frame.expand(template);
    }

    private JsonNode expand(JsonNode template) {
        var given = new HashMap<>(parameters);
        for (var member : template.path("set").properties()) {
            if (!parameters.containsKey(member.getKey())) {
                throw new InvalidInput(
                        "frame-parameter", "template.set." + member.getKey(), "the frame has no such parameter");
            }
            given.put(member.getKey(), member.getValue());
        }
        given.forEach((name, value) -> {
            if (value.isNull()) {
                throw new InvalidInput("frame-parameter", "template.set." + name, "the frame needs this parameter");
            }
        });
        var result = (ObjectNode) filled(content, given);
        for (var member : template.properties()) {
            var key = member.getKey();
            if (ADDED.contains(key) && result.has(key)) {
                result.set(key, added(result.get(key), member.getValue()));
            } else if (!key.equals("frame") && !key.equals("set")) {
                result.set(key, member.getValue());
            }
        }
        return result;
    }

    /// Styles by name, elements one after the other, sides one by one.
    private static JsonNode added(JsonNode base, JsonNode more) {
        if (base instanceof ObjectNode object && more.isObject()) {
            var all = object.deepCopy();
            for (var member : more.properties()) {
                var key = member.getKey();
                boolean both = ADDED.contains(key) && all.has(key);
                all.set(key, both ? added(all.get(key), member.getValue()) : member.getValue());
            }
            return all;
        }
        if (base instanceof ArrayNode first && more instanceof ArrayNode second) {
            boolean sides = !first.isEmpty() && first.get(0).has("elements");
            var all = JsonNodeFactory.instance.arrayNode();
            if (!sides) {
                return all.addAll(first).addAll(second);
            }
            for (int i = 0; i < Math.max(first.size(), second.size()); i++) {
                all.add(
                        i >= second.size()
                                ? first.get(i)
                                : i >= first.size() ? second.get(i) : added(first.get(i), second.get(i)));
            }
            return all;
        }
        return more;
    }

    /// A text that is nothing but a parameter takes its value, whatever that is.
    private static JsonNode filled(JsonNode node, Map<String, JsonNode> given) {
        return switch (node) {
            case ObjectNode object -> {
                var copy = JsonNodeFactory.instance.objectNode();
                object.properties().forEach(member -> copy.set(member.getKey(), filled(member.getValue(), given)));
                yield copy;
            }
            case ArrayNode array -> {
                var copy = JsonNodeFactory.instance.arrayNode();
                array.forEach(item -> copy.add(filled(item, given)));
                yield copy;
            }
            case TextNode text -> filled(text, given);
            default -> node;
        };
    }

    private static JsonNode filled(TextNode text, Map<String, JsonNode> given) {
        var matcher = PARAMETER.matcher(text.asText());
        if (matcher.matches() && given.containsKey(matcher.group(1))) {
            return given.get(matcher.group(1));
        }
        return TextNode.valueOf(matcher.replaceAll(found -> {
            var value = given.get(found.group(1));
            if (value == null) {
                throw new InvalidInput(
                        "frame-parameter",
                        "template.frame",
                        "the frame does not declare its parameter " + found.group(1));
            }
            return Matcher.quoteReplacement(value.asText());
        }));
    }
}
