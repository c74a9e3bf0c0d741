package org.yinzheng.registry.issuance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.licence.LicenceFacts;
import org.yinzheng.registry.licence.Party;

/// A licence in words: as a person reads it on the page, and as a program reads it in the file's metadata.
/// Both under the short names of GB/T 36903; the type's own fields under their names in the schema.
final class LicenceText {
    /// The member of the metadata that carries the canonical data digest.
    static final String DIGEST = "YinzhengDataDigest";

    private static final DateTimeFormatter SHOWN = DateTimeFormatter.ofPattern("uuuu年M月d日", Locale.ROOT);
    private static final DateTimeFormatter CODED = DateTimeFormatter.BASIC_ISO_DATE;
    private static final String NO_END = "长期";

    private final LicenceType type;
    private final LicenceFacts facts;

    LicenceText(LicenceType type, LicenceFacts facts) {
        this.type = type;
        this.facts = facts;
    }

    Map<String, String> shown() {
        var text = new HashMap<>(common(SHOWN));
        text.putIfAbsent("ZZYXQJZRQ", NO_END);
        for (var member : facts.data().properties()) {
            var date = type.schema()
                    .path("properties")
                    .path(member.getKey())
                    .path("format")
                    .asText()
                    .equals("date");
            text.put(
                    member.getKey(),
                    date ? LocalDate.parse(member.getValue().asText()).format(SHOWN) : plain(member.getValue()));
        }
        return text;
    }

    SortedMap<String, String> metadata() {
        var text = new TreeMap<>(common(CODED));
        text.put("ZZLXMC", type.nameZh());
        text.put("ZZLXDM", type.code());
        text.put("ZZBFJGDM", facts.authority().code().value());
        // a page has room for one number, and names everybody
        text.put("CZZTDM", holders().map(holder -> holder.id().value()).collect(Collectors.joining("、")));
        text.put("CZZTDMLX", facts.holder().id().kind().chinese());
        text.put("CZZTDMLXDM", facts.holder().id().kind().code());
        text.put(DIGEST, facts.digest().hex());
        for (var member : facts.data().properties()) {
            text.put(member.getKey(), plain(member.getValue()));
        }
        return text;
    }

    private Map<String, String> common(DateTimeFormatter dates) {
        var text = new HashMap<String, String>();
        text.put("ZZMC", type.nameZh());
        text.put("ZZBH", facts.number().value());
        text.put("ZZBS", facts.id().value());
        text.put("ZZBFJG", facts.authority().name());
        text.put("ZZBFRQ", facts.issuedOn().format(dates));
        text.put("CZZT", holders().map(Holder::name).collect(Collectors.joining("、")));
        text.put("CZZTDM", facts.holder().id().value());
        text.put("ZZYXQQSRQ", facts.validFrom().format(dates));
        facts.validUntil().ifPresent(day -> text.put("ZZYXQJZRQ", day.format(dates)));
        return text;
    }

    /// The first before the others, agents not at all.
    private Stream<Holder> holders() {
        return Stream.concat(
                Stream.of(facts.holder()),
                facts.others().stream().filter(party -> party.role().holds()).map(Party::who));
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
