package org.yinzheng.signing.layout;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yinzheng.signing.InvalidInput;

/// One mapping of the YAML, and which of its keys have been asked for.
final class Keys {
    final String path;
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
        var names = new LinkedHashSet<String>();
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

    /// Whether the key holds a mapping, or a text.
    boolean isObject(String key) {
        return required(key).isObject();
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

    int count(String key, int otherwise) {
        return has(key) ? count(key) : otherwise;
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

    boolean has(String key) {
        asked.add(key);
        return node.has(key);
    }

    private JsonNode required(String key) {
        if (!has(key)) {
            throw new InvalidInput("missing-key", path + "." + key, "this key is required");
        }
        return node.get(key);
    }

    InvalidInput wrong(String key, String expected) {
        return new InvalidInput("wrong-type", path + "." + key, "has to be " + expected);
    }
}
