package org.yinzheng.registry.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaId;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Photo;

/// A type's JSON Schema (2020-12), compiled once. Errors name the field and the keyword that it breaks,
/// never the value.
final class DataSchema {
    private final JsonNode json;
    private final JsonSchema compiled;
    private final List<Field> fields;

    DataSchema(JsonNode json) {
        this.json = json;
        var factory = JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012);
        factory.getSchema(SchemaLocation.of(SchemaId.V202012)).validate(json).stream()
                .findFirst()
                .ifPresent(message -> {
                    throw new InvalidInput("pack-schema", "schema", "not a JSON Schema: " + message.getMessage());
                });
        var config =
                SchemaValidatorsConfig.builder().formatAssertionsEnabled(true).build();
        this.compiled = factory.getSchema(json, config);
        compiled.initializeValidators();
        this.fields = fields(json);
    }

    JsonNode json() {
        return json;
    }

    List<Field> fields() {
        return fields;
    }

    void validate(JsonNode data) {
        compiled.validate(data).stream()
                .min(Comparator.comparing(DataSchema::path).thenComparing(ValidationMessage::getType))
                .ifPresent(message -> {
                    throw new InvalidInput("schema-" + kebab(message.getType()), path(message), rule(message));
                });
        for (var property : json.path("properties").properties()) {
            var picture = data.path(property.getKey());
            if (ShownData.isPicture(property.getValue()) && picture.isTextual()) {
                Photo.ofBase64("data." + property.getKey(), picture.asText());
            }
        }
    }

    private String rule(ValidationMessage message) {
        var path = path(message);
        var title = fields.stream()
                .filter(field -> ("data." + field.name()).equals(path))
                .findFirst()
                .map(field -> field.title() + " ")
                .orElse("");
        return title
                + switch (message.getType()) {
                    case "required" -> "is required";
                    case "additionalProperties", "unevaluatedProperties" -> "is no field of this type";
                    case "type" -> "is not of the type that the schema asks for";
                    case "enum", "const" -> "is none of the values that the schema allows";
                    case "pattern", "format" -> "has not the form that the schema asks for";
                    case "minLength", "maxLength" -> "is shorter or longer than the schema allows";
                    case "minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum" ->
                        "is outside the schema's bounds";
                    default -> "breaks the schema's " + message.getType();
                };
    }

    /// Such as `data.capital`; `data` for the object itself.
    private static String path(ValidationMessage message) {
        var path = new StringBuilder("data");
        var location = message.getInstanceLocation();
        for (int i = 0; i < location.getNameCount(); i++) {
            path.append('.').append(location.getName(i));
        }
        var property = message.getProperty();
        if (property != null && !property.isEmpty()) {
            path.append('.').append(property);
        }
        return path.toString();
    }

    private static String kebab(String keyword) {
        return keyword.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
    }

    private static List<Field> fields(JsonNode schema) {
        Set<String> required = new HashSet<>();
        schema.path("required").forEach(name -> required.add(name.asText()));
        var fields = new ArrayList<Field>();
        for (var property : schema.path("properties").properties()) {
            var node = property.getValue();
            var type = node.path("type").asText("string");
            if (!type.equals("object") && !type.equals("array") && !ShownData.isPicture(node)) {
                var name = property.getKey();
                fields.add(new Field(name, node.path("title").asText(name), type, required.contains(name)));
            }
        }
        return List.copyOf(fields);
    }
}
