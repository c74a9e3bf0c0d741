package org.yinzheng.signing.layout;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.yinzheng.signing.InvalidInput;

/// A text with its values filled in, remembering which field each part came from, so that an error can name it.
record Copy(List<Part> parts) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9_]+)}");

    /// @param field empty for the template's own words
    record Part(String text, String field) {}

    /// The template's own words.
    static Copy words(String text) {
        return new Copy(List.of(new Part(text, "")));
    }

    static Copy of(String text, String otherwise, Map<String, String> values) {
        var parts = new ArrayList<Part>();
        var matcher = PLACEHOLDER.matcher(text);
        int at = 0;
        String missing = "";
        boolean filled = false;
        while (matcher.find()) {
            parts.add(new Part(text.substring(at, matcher.start()), ""));
            var field = matcher.group(1);
            var value = values.getOrDefault(field, "").strip();
            parts.add(new Part(value, field));
            filled |= !value.isEmpty();
            missing = value.isEmpty() ? field : missing;
            at = matcher.end();
        }
        parts.add(new Part(text.substring(at), ""));
        if (!missing.isEmpty() && !filled && !otherwise.isEmpty()) {
            return words(otherwise);
        }
        if (!missing.isEmpty()) {
            throw new InvalidInput("missing-value", missing, "the template prints this value, and it is empty");
        }
        return new Copy(parts);
    }

    int length() {
        return parts.stream().mapToInt(part -> part.text.length()).sum();
    }

    /// The field to blame when the whole does not fit: the longest.
    String longestField() {
        var longest = new Part("", "");
        for (var part : parts) {
            if (!part.field.isEmpty() && part.text.length() > longest.text.length()) {
                longest = part;
            }
        }
        return longest.field;
    }
}
