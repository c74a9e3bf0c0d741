package org.yinzheng.registry.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.util.Set;
import org.yinzheng.signing.InvalidInput;

/// YAML as a tree, read strictly: a mistyped key must not pass for an absent one.
final class YamlTree {
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private YamlTree() {}

    /// @throws InvalidInput `pack-yaml`
    static JsonNode read(String yaml) {
        try {
            return YAML.readTree(yaml);
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            var line = at == null ? "" : " (line " + at.getLineNr() + ")";
            throw new InvalidInput("pack-yaml", "", "not YAML: " + e.getOriginalMessage() + line);
        }
    }

    /// @throws InvalidInput `pack-text`
    static String text(String field, JsonNode node) {
        if (!node.isValueNode() || node.asText().isBlank()) {
            throw new InvalidInput("pack-text", field, "is required");
        }
        return node.asText();
    }

    /// @throws InvalidInput `pack-object` or `unknown-key`
    static void only(String field, JsonNode node, Set<String> keys) {
        if (!node.isObject()) {
            throw new InvalidInput("pack-object", field, "an object is required");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!keys.contains(name)) {
                var path = field.isEmpty() ? name : field + "." + name;
                throw new InvalidInput("unknown-key", path, "there is no such key here");
            }
        });
    }
}
