package org.yinzheng.registry.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.yinzheng.signing.InvalidInput;

/// 代码表: the values that a national standard allows, each with its code.
///
/// @param standard such as `GB/T 2261.1-2003`
/// @param names by code
record CodeList(String standard, Map<String, String> names) {
    static final String REFERENCE = "codes/";
    private static final String CODES = "#code";

    static CodeList parse(String file, String yaml) {
        var root = YamlTree.read(yaml);
        YamlTree.only("", root, Set.of("standard", "name", "note", "codes"));
        YamlTree.text("name.zh", root.path("name").path("zh"));
        YamlTree.text("name.en", root.path("name").path("en"));
        var names = new TreeMap<String, String>();
        root.path("codes")
                .properties()
                .forEach(code -> names.put(code.getKey(), code.getValue().asText()));
        if (names.isEmpty() || names.containsValue("")) {
            throw new InvalidInput("code-list", "codes", "a code list has codes, each with a name: " + file);
        }
        return new CodeList(YamlTree.text("standard", root.path("standard")), names);
    }

    /// A schema with its references to code lists filled in: `$ref: codes/gbt-2261-1` allows the names of
    /// the list, as licences print them, `$ref: codes/gbt-2261-1#code` its codes.
    ///
    /// @param lists by name
    /// @throws InvalidInput `code-list-unknown`
    static JsonNode fillIn(JsonNode schema, Map<String, CodeList> lists) {
        return fillIn("schema", schema.deepCopy(), lists);
    }

    private static JsonNode fillIn(String path, JsonNode node, Map<String, CodeList> lists) {
        if (node instanceof ObjectNode object) {
            var reference = object.path("$ref").asText();
            if (reference.startsWith(REFERENCE)) {
                var name = reference.substring(REFERENCE.length()).replace(CODES, "");
                var list = lists.get(name);
                if (list == null) {
                    throw new InvalidInput("code-list-unknown", path + ".$ref", "there is no code list " + name);
                }
                object.remove("$ref");
                object.put("type", "string").put("$comment", list.standard);
                var values = JsonNodeFactory.instance.arrayNode();
                (reference.endsWith(CODES) ? list.names.keySet() : list.names.values()).forEach(values::add);
                object.set("enum", values);
            }
            for (var member : object.properties()) {
                fillIn(path + "." + member.getKey(), member.getValue(), lists);
            }
        }
        if (node.isArray()) {
            for (int i = 0; i < node.size(); i++) {
                fillIn(path + "[" + i + "]", node.get(i), lists);
            }
        }
        return node;
    }
}
