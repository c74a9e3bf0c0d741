package org.yinzheng.registry.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.yinzheng.signing.layout.Template;

/// The fields that a template prints, held against a schema.
final class TemplateFields {
    private static final Set<String> COMMON =
            Set.of("ZZMC", "ZZBH", "ZZBS", "ZZBFJG", "ZZBFRQ", "CZZT", "CZZTDM", "ZZYXQQSRQ", "ZZYXQJZRQ");
    private static final Set<String> OF_CONTINUATION = Set.of("PAGE", "PAGES");
    private static final Set<String> OF_ITEM = Set.of("ROW");
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([A-Za-z0-9_]+)}");
    /// What a frame says for a picture that the pack does not have.
    private static final String NO_PICTURE = "-";

    private final JsonNode properties;
    private final Set<String> unknown = new TreeSet<>();

    private TemplateFields(JsonNode schema) {
        this.properties = schema.path("properties");
    }

    static Set<String> unknown(Template template, JsonNode schema) {
        var fields = new TemplateFields(schema);
        for (var side : template.sides()) {
            fields.check(side.elements(), fields.known(COMMON));
        }
        template.continuation().ifPresent(next -> fields.check(next.elements(), with(COMMON, OF_CONTINUATION)));
        return fields.unknown;
    }

    private void check(List<Template.Element> elements, Set<String> known) {
        for (var element : elements) {
            switch (element) {
                case Template.Text text -> check(text.text(), known);
                case Template.Form form -> form.rows().forEach(row -> row.forEach(cell -> check(cell.text(), known)));
                case Template.Table table -> {
                    var here = itemsOf(table.group(), known);
                    table.columns().forEach(column -> check(column.text(), here));
                }
                case Template.Repeat repeat -> check(repeat.elements(), itemsOf(repeat.group(), known));
                case Template.Picture picture -> {
                    if (!picture.field().equals(NO_PICTURE) && !ShownData.isPicture(properties.path(picture.field()))) {
                        unknown.add(picture.field());
                    }
                }
                case Template.Qr qr -> {}
                case Template.Ornamental ornament -> {}
            }
        }
    }

    private void check(String text, Set<String> known) {
        PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).forEach(name -> {
            if (!known.contains(name)) {
                unknown.add(name);
            }
        });
    }

    private Set<String> known(Set<String> common) {
        var known = new HashSet<>(common);
        properties.properties().forEach(property -> {
            if (!property.getValue().path("type").asText().equals("array")) {
                known.add(property.getKey());
            }
        });
        return known;
    }

    private Set<String> itemsOf(String group, Set<String> known) {
        var items = properties.path(group).path("items").path("properties");
        if (items.isMissingNode()) {
            unknown.add(group);
        }
        var here = with(known, OF_ITEM);
        items.fieldNames().forEachRemaining(here::add);
        return here;
    }

    private static Set<String> with(Set<String> some, Set<String> more) {
        var all = new HashSet<>(some);
        all.addAll(more);
        return all;
    }
}
