package org.yinzheng.registry.catalogue;

import static org.yinzheng.registry.catalogue.YamlTree.only;
import static org.yinzheng.registry.catalogue.YamlTree.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.JsonSchemaException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.HolderKind;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Template;

/// Reads one catalogue pack. Whatever it does not know is an error.
final class Pack {
    private static final Set<String> KEYS = Set.of(
            "code",
            "version",
            "effective",
            "name",
            "standard",
            "holderKind",
            "holderKinds",
            "severalHolders",
            "issuers",
            "validity",
            "sharing",
            "trustGrades",
            "languages",
            "combines",
            "schema",
            "template",
            "templates",
            "examples");
    private static final Pattern CODE = Pattern.compile("[0-9A-Z]{18}[0-9]{3}");
    private static final Pattern LANGUAGE = Pattern.compile("[a-z]{2,3}(-[A-Za-z0-9]{2,8})*");
    private static final int LONGEST_VALIDITY = 100;

    private final JsonNode root;
    private final PackFiles files;

    private Pack(JsonNode root, PackFiles files) {
        this.root = root;
        this.files = files;
    }

    static LicenceType parse(String yaml, PackFiles files) {
        return new Pack(YamlTree.read(yaml), files).type();
    }

    private LicenceType type() {
        only("", root, KEYS);
        only("name", root.path("name"), Set.of("zh", "en"));
        var terms = new LicenceType.Terms(
                code(),
                text("version", root.path("version")),
                period(root.path("effective")),
                text("name.zh", root.path("name").path("zh")),
                text("name.en", root.path("name").path("en")),
                holderKinds(),
                root.path("severalHolders").asBoolean(false),
                issuers(root.path("issuers")),
                validity(root.path("validity")),
                sharing(root.path("sharing")),
                trustGrades(root.path("trustGrades")),
                languages(root.path("languages")),
                root.path("standard").asText(),
                Optional.ofNullable(root.path("combines").textValue()));
        var schema = schema(root.path("schema"));
        if (terms.validity() instanceof Validity.UntilField until) {
            dateField(schema, until.field());
        }
        terms.combines().ifPresent(field -> listField(schema, field));
        return new LicenceType(terms, schema, templates(), PackSamples.read(root.path("examples")));
    }

    private String code() {
        var code = text("code", root.path("code"));
        if (!CODE.matcher(code).matches()) {
            throw new InvalidInput(
                    "pack-code",
                    "code",
                    "a type's code is the credit code of the body that defined it and three digits");
        }
        try {
            CreditCode.of("code", code.substring(0, 18));
        } catch (InvalidInput e) {
            var fault = new InvalidInput("pack-code", "code", "of the body that defined the type: " + e.getMessage());
            fault.initCause(e);
            throw fault;
        }
        return code;
    }

    private static Period period(JsonNode node) {
        if (node.isMissingNode()) {
            return Period.ALWAYS;
        }
        only("effective", node, Set.of("from", "until"));
        var from = date("effective.from", node.path("from"));
        var until = node.has("until")
                ? Optional.of(date("effective.until", node.path("until")))
                : Optional.<LocalDate>empty();
        if (until.isPresent() && until.get().isBefore(from)) {
            throw new InvalidInput("date-order", "effective.until", "a version ends no earlier than it begins");
        }
        return new Period(from, until);
    }

    static LocalDate date(String field, JsonNode node) {
        try {
            return LocalDate.parse(node.asText());
        } catch (DateTimeException e) {
            var fault = new InvalidInput("pack-date", field, "a day is written as 2026-01-31");
            fault.initCause(e);
            throw fault;
        }
    }

    private List<HolderKind> holderKinds() {
        var several = root.path("holderKinds");
        if (!several.isMissingNode() && (!several.isArray() || several.isEmpty() || root.has("holderKind"))) {
            throw new InvalidInput("pack-holder-kind", "holderKinds", "one holderKind, or a list of holderKinds");
        }
        var kinds = new ArrayList<HolderKind>();
        for (var kind : several) {
            kinds.add(choice("holderKinds", HolderKind.class, kind, "pack-holder-kind"));
        }
        return kinds.isEmpty()
                ? List.of(choice("holderKind", HolderKind.class, root.path("holderKind"), "pack-holder-kind"))
                : List.copyOf(kinds);
    }

    private static Map<Level, String> issuers(JsonNode node) {
        var issuers = new EnumMap<Level, String>(Level.class);
        for (var member : node.properties()) {
            var level = choice("issuers", Level.class, member.getKey(), "pack-level");
            issuers.put(level, text("issuers." + member.getKey(), member.getValue()));
        }
        return Collections.unmodifiableMap(issuers);
    }

    private static Validity validity(JsonNode node) {
        if (node.isTextual() && node.asText().equals("none")) {
            return new Validity.None();
        }
        only("validity", node, Set.of("years", "yearsToEndOfMonth", "untilField"));
        if (node.size() != 1) {
            throw new InvalidInput("pack-validity", "validity", "none, or one rule");
        }
        if (node.has("untilField")) {
            return new Validity.UntilField(text("validity.untilField", node.path("untilField")));
        }
        var key = node.fieldNames().next();
        int years = node.path(key).asInt(0);
        if (years < 1 || years > LONGEST_VALIDITY) {
            throw new InvalidInput("pack-validity", "validity." + key, "none, or from 1 to 100 years");
        }
        return key.equals("years") ? new Validity.Years(years) : new Validity.YearsToEndOfMonth(years);
    }

    private static void dateField(DataSchema schema, String field) {
        var property = schema.json().path("properties").path(field);
        if (!property.path("format").asText().equals("date")) {
            throw new InvalidInput("pack-validity", "validity.untilField", "names a field of format date");
        }
    }

    private static void listField(DataSchema schema, String field) {
        if (!schema.json().path("properties").path(field).path("type").asText().equals("array")) {
            throw new InvalidInput("pack-combines", "combines", "names a field that is a list");
        }
    }

    private static Sharing sharing(JsonNode node) {
        if (node.isMissingNode()) {
            return Sharing.UNDECLARED;
        }
        only("sharing", node, Set.of("rule", "condition"));
        var rule = choice("sharing.rule", Sharing.Rule.class, node.path("rule"), "pack-sharing");
        var condition = node.path("condition").asText();
        if (rule != Sharing.Rule.UNCONDITIONAL && condition.isBlank()) {
            throw new InvalidInput(
                    "pack-sharing", "sharing.condition", "says under which condition licences are shared, or why not");
        }
        return new Sharing(rule, condition);
    }

    private static Set<TrustGrade> trustGrades(JsonNode node) {
        var grades = EnumSet.noneOf(TrustGrade.class);
        for (var grade : node) {
            grades.add(choice("trustGrades", TrustGrade.class, grade, "pack-trust-grade"));
        }
        return Collections.unmodifiableSet(grades.isEmpty() ? EnumSet.allOf(TrustGrade.class) : grades);
    }

    private static List<String> languages(JsonNode node) {
        var languages = new ArrayList<String>();
        for (var language : node) {
            if (!LANGUAGE.matcher(language.asText()).matches()) {
                throw new InvalidInput("pack-language", "languages", "a language is written as zh, en or bo");
            }
            languages.add(language.asText());
        }
        return languages.isEmpty() ? List.of("zh") : List.copyOf(languages);
    }

    private DataSchema schema(JsonNode node) {
        if (!node.isObject()) {
            throw new InvalidInput("pack-schema", "schema", "is required");
        }
        try {
            return new DataSchema(CodeList.fillIn(node, files.codes()));
        } catch (JsonSchemaException e) {
            throw new InvalidInput("pack-schema", "schema", "not a JSON Schema: " + e.getMessage());
        }
    }

    private Map<String, Template> templates() {
        var templates = new LinkedHashMap<String, Template>();
        for (var member : root.path("templates").properties()) {
            templates.put(member.getKey(), template("templates." + member.getKey(), member.getValue()));
        }
        if (templates.isEmpty()) {
            templates.put("licence", template("template", root.path("template")));
        } else if (root.has("template")) {
            throw new InvalidInput("pack-template", "template", "either template or templates");
        }
        return Collections.unmodifiableMap(templates);
    }

    private Template template(String field, JsonNode node) {
        if (!node.isObject()) {
            throw new InvalidInput("pack-template", field, "is required");
        }
        return Template.parse(Frame.expand(node, files.frames()).toString()); // JSON is YAML
    }

    static <E extends Enum<E>> E choice(String field, Class<E> type, JsonNode node, String code) {
        return choice(field, type, node.asText(), code);
    }

    /// Written as the constant is, in any case.
    private static <E extends Enum<E>> E choice(String field, Class<E> type, String name, String code) {
        for (var constant : type.getEnumConstants()) {
            if (constant.name().equals(name.toUpperCase(Locale.ROOT))) {
                return constant;
            }
        }
        throw new InvalidInput(code, field, "one of " + List.of(type.getEnumConstants()));
    }
}
