package org.yinzheng.registry.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.layout.Photo;
import org.yinzheng.signing.layout.Values;

/// A type's own data in words: as its template prints them, and as the metadata carry them.
final class ShownData {
    private final JsonNode schema;

    ShownData(JsonNode schema) {
        this.schema = schema;
    }

    /// @param common what every licence says
    Values values(Map<String, String> common, JsonNode data) {
        var texts = new HashMap<>(common);
        var groups = new HashMap<String, List<Map<String, String>>>();
        var pictures = new HashMap<String, Photo>();
        for (var member : data.properties()) {
            var name = member.getKey();
            var property = schema.path("properties").path(name);
            if (isPicture(property)) {
                pictures.put(
                        name, Photo.ofBase64("data." + name, member.getValue().asText()));
            } else if (member.getValue().isArray()) {
                groups.put(name, items(property.path("items"), member.getValue()));
            } else {
                texts.put(name, text(property, member.getValue()));
            }
        }
        return new Values(texts, groups, pictures);
    }

    /// One text for each field: a picture's is its digest, a group's its JSON.
    Map<String, String> metadata(JsonNode data) {
        var texts = new HashMap<String, String>();
        for (var member : data.properties()) {
            var name = member.getKey();
            var value = member.getValue();
            if (isPicture(schema.path("properties").path(name))) {
                var image = Photo.ofBase64("data." + name, value.asText()).image();
                texts.put(name, "sha256:" + Digest.sha256(image.toByteArray()).hex());
            } else {
                texts.put(name, value.isContainerNode() ? value.toString() : plain(value));
            }
        }
        return texts;
    }

    static boolean isPicture(JsonNode property) {
        return property.path("contentMediaType").asText().startsWith("image/");
    }

    private static List<Map<String, String>> items(JsonNode schema, JsonNode array) {
        var items = new ArrayList<Map<String, String>>();
        for (var item : array) {
            var texts = new HashMap<String, String>();
            item.properties()
                    .forEach(member -> texts.put(
                            member.getKey(), text(schema.path("properties").path(member.getKey()), member.getValue())));
            items.add(texts);
        }
        return items;
    }

    private static String text(JsonNode property, JsonNode value) {
        return property.path("format").asText().equals("date") && value.isTextual()
                ? LocalDate.parse(value.asText()).format(PrintedFacts.SHOWN)
                : plain(value);
    }

    private static String plain(JsonNode value) {
        if (value.isBoolean()) {
            return value.booleanValue() ? "是" : "否";
        }
        if (value.isNumber()) {
            return value.decimalValue().stripTrailingZeros().toPlainString();
        }
        return value.isNull() ? "" : value.asText();
    }
}
