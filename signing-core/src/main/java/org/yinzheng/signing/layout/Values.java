package org.yinzheng.signing.layout;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a template prints, by the names that it uses.
///
/// @param texts display strings
/// @param groups what repeats, such as the members of a household: each with texts of its own
/// @param pictures by the field that holds them
public record Values(
        Map<String, String> texts, Map<String, List<Map<String, String>>> groups, Map<String, Photo> pictures) {
    public Values {
        texts = Map.copyOf(texts);
        groups = Map.copyOf(groups);
        pictures = Map.copyOf(pictures);
    }

    public static Values of(Map<String, String> texts) {
        return new Values(texts, Map.of(), Map.of());
    }

    /// These values with others laid over the texts.
    Values with(Map<String, String> more) {
        var all = new HashMap<>(texts);
        all.putAll(more);
        return new Values(all, groups, pictures);
    }
}
