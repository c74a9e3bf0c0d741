package org.yinzheng.registry.licence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/// One text for equal data: members sorted by their names (UTF-16 order, as RFC 8785 has it), no space, numbers in
/// plain decimal notation without trailing zeros, UTF-8.
public final class CanonicalJson {
    private CanonicalJson() {}

    public static byte[] bytes(JsonNode node) {
        return canonical(node).toString().getBytes(StandardCharsets.UTF_8);
    }

    private static JsonNode canonical(JsonNode node) {
        if (node.isObject()) {
            Map<String, JsonNode> sorted = new TreeMap<>();
            node.properties().forEach(member -> sorted.put(member.getKey(), canonical(member.getValue())));
            ObjectNode object = JsonNodeFactory.instance.objectNode();
            sorted.forEach(object::set);
            return object;
        }
        if (node.isArray()) {
            var array = JsonNodeFactory.instance.arrayNode(node.size());
            node.forEach(element -> array.add(canonical(element)));
            return array;
        }
        // a raw value: the same digits whether it came as 1, 1.0 or 1e0
        return node.isNumber()
                ? JsonNodeFactory.instance.rawValueNode(new com.fasterxml.jackson.databind.util.RawValue(
                        node.decimalValue().stripTrailingZeros().toPlainString()))
                : node;
    }
}
