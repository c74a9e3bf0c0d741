package org.yinzheng.registry.catalogue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchemaException;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yinzheng.registry.identity.HolderKind;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Template;

/// Reads one catalogue pack. Whatever it does not know is an error: a mistyped key must not pass for an absent one.
final class Pack {
    private static final Set<String> KEYS =
            Set.of("code", "version", "name", "holderKind", "validity", "schema", "template");
    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{21}");
    private static final YAMLMapper YAML = new YAMLMapper(YAMLFactory.builder()
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private final JsonNode root;

    private Pack(JsonNode root) {
        this.root = root;
    }

    static LicenceType parse(String yaml) {
        try {
            return new Pack(YAML.readTree(yaml)).type();
        } catch (JsonProcessingException e) {
            throw new InvalidInput("pack-yaml", "", "not YAML: " + e.getOriginalMessage());
        }
    }

    private LicenceType type() {
        only("", root, KEYS);
        only("name", root.path("name"), Set.of("zh", "en"));
        var code = text("code", root.path("code"));
        if (!CODE.matcher(code).matches()) {
            throw new InvalidInput("pack-code", "code", "a type's code has 21 digits and capital letters");
        }
        return new LicenceType(
                code,
                text("version", root.path("version")),
                text("name.zh", root.path("name").path("zh")),
                text("name.en", root.path("name").path("en")),
                holderKind(text("holderKind", root.path("holderKind"))),
                validity(root.path("validity")),
                schema(root.path("schema")),
                template(root.path("template")));
    }

    private static HolderKind holderKind(String name) {
        for (var kind : HolderKind.values()) {
            if (kind.name().equals(name)) {
                return kind;
            }
        }
        throw new InvalidInput("pack-holder-kind", "holderKind", "CREDIT_CODE or CITIZEN_ID");
    }

    private static Validity validity(JsonNode node) {
        if (node.isTextual() && node.asText().equals("none")) {
            return new Validity(Optional.empty());
        }
        only("validity", node, Set.of("years"));
        int years = node.path("years").asInt(0);
        if (years < 1 || years > 100) {
            throw new InvalidInput("pack-validity", "validity.years", "none, or from 1 to 100 years");
        }
        return new Validity(Optional.of(years));
    }

    private static DataSchema schema(JsonNode node) {
        if (!node.isObject()) {
            throw new InvalidInput("pack-schema", "schema", "is required");
        }
        try {
            return new DataSchema(node);
        } catch (JsonSchemaException e) {
            throw new InvalidInput("pack-schema", "schema", "not a JSON Schema: " + e.getMessage());
        }
    }

    private static Template template(JsonNode node) {
        if (!node.isObject()) {
            throw new InvalidInput("pack-template", "template", "is required");
        }
        return Template.parse(node.toString()); // JSON is YAML
    }

    private static String text(String field, JsonNode node) {
        if (!node.isValueNode() || node.asText().isBlank()) {
            throw new InvalidInput("pack-text", field, "is required");
        }
        return node.asText();
    }

    private static void only(String field, JsonNode node, Set<String> keys) {
        if (!node.isObject()) {
            throw new InvalidInput("pack-object", field, "an object is required");
        }
        node.fieldNames().forEachRemaining(name -> {
            if (!keys.contains(name)) {
                var path = field.isEmpty() ? name : field + "." + name;
                throw new InvalidInput("unknown-key", path, "the pack knows no such key");
            }
        });
    }
}
