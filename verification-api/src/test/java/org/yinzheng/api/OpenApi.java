package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Holds answers against the schemas of `openapi.yaml`.
final class OpenApi {
    private static final ObjectNode CONTRACT = read();
    private static final Map<String, JsonSchema> COMPILED = new ConcurrentHashMap<>();

    private OpenApi() {}

    static void follows(String schema, JsonNode answer) {
        assertThat(COMPILED.computeIfAbsent(schema, OpenApi::compile).validate(answer))
                .as(schema + " of " + answer)
                .isEmpty();
    }

    private static JsonSchema compile(String schema) {
        var root = CONTRACT.objectNode().put("$ref", "#/components/schemas/" + schema);
        root.set("components", CONTRACT.path("components"));
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(root, config);
    }

    private static ObjectNode read() {
        try (var file = OpenApi.class.getResourceAsStream("/openapi.yaml")) {
            return (ObjectNode) new YAMLMapper().readTree(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
