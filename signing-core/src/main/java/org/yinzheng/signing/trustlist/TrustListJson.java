package org.yinzheng.signing.trustlist;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.verdict.Bilingual;

/// A trust list as the claims of a JWS. A member that is not known is an error: it might limit what another says.
public final class TrustListJson {
    private static final int MOST_ENTRIES = 5_000;
    private static final Set<String> LIST = Set.of("region", "name", "sequence", "issued", "nextUpdate", "entries");
    private static final Set<String> ENTRY =
            Set.of("kind", "name", "creditCode", "certificates", "from", "until", "regions", "revocation");
    private static final Set<String> NAME = Set.of("zh", "en");

    private TrustListJson() {}

    public static ObjectNode write(TrustList list) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("region", list.region())
                .put("sequence", list.sequence())
                .put("issued", list.issued().toString())
                .put("nextUpdate", list.nextUpdate().toString());
        json.set("name", name(list.name()));
        var entries = json.putArray("entries");
        list.entries().forEach(entry -> entries.add(write(entry)));
        return json;
    }

    private static ObjectNode write(TrustEntry entry) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("kind", entry.kind().name().toLowerCase(Locale.ROOT).replace('_', '-'))
                .put("from", entry.from().toString());
        json.set("name", name(entry.name()));
        entry.creditCode().ifPresent(code -> json.put("creditCode", code));
        entry.until().ifPresent(until -> json.put("until", until.toString()));
        var certificates = json.putArray("certificates");
        entry.certificates()
                .forEach(one -> certificates.add(Base64.getEncoder().encodeToString(Certificates.der(one))));
        if (!entry.regions().isEmpty()) {
            entry.regions().forEach(json.putArray("regions")::add);
        }
        if (!entry.publishesRevocation()) {
            json.put("revocation", "none");
        }
        return json;
    }

    /// @throws InvalidInput `trust-list-form`, naming the member
    public static TrustList read(JsonNode json) {
        known(json, LIST, "");
        var entries = new ArrayList<TrustEntry>();
        for (var entry : array(json, "entries", MOST_ENTRIES)) {
            entries.add(entry(entry, "entries[" + entries.size() + "]"));
        }
        if (!json.path("sequence").canConvertToLong() || !json.path("sequence").isIntegralNumber()) {
            throw wrong("sequence", "a whole number");
        }
        return new TrustList(
                text(json, "region", ""),
                name(json.path("name"), "name"),
                json.path("sequence").longValue(),
                time(json, "issued", ""),
                time(json, "nextUpdate", ""),
                entries);
    }

    private static TrustEntry entry(JsonNode json, String at) {
        known(json, ENTRY, at);
        var revocation = json.has("revocation") ? text(json, "revocation", at) : "published";
        if (!Set.of("none", "published").contains(revocation)) {
            throw wrong(at + ".revocation", "none or published");
        }
        return new TrustEntry(
                kind(text(json, "kind", at), at),
                name(json.path("name"), at + ".name"),
                json.has("creditCode") ? Optional.of(text(json, "creditCode", at)) : Optional.empty(),
                certificates(json, at),
                time(json, "from", at),
                json.has("until") ? Optional.of(time(json, "until", at)) : Optional.empty(),
                json.has("regions") ? texts(json, "regions", at) : List.of(),
                revocation.equals("published"));
    }

    static TrustEntry.Kind kind(String name, String at) {
        for (var kind : TrustEntry.Kind.values()) {
            if (kind.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
                return kind;
            }
        }
        throw wrong(at + ".kind", "authority, seal-maker, ca or tsa");
    }

    private static List<X509Certificate> certificates(JsonNode json, String at) {
        var certificates = new ArrayList<X509Certificate>();
        for (var text : json.has("certificates") ? texts(json, "certificates", at) : List.<String>of()) {
            try {
                certificates.add(Certificates.parse(Base64.getDecoder().decode(text)));
            } catch (IllegalArgumentException e) {
                throw wrong(at + ".certificates", "base64 of X.509 certificates");
            }
        }
        return certificates;
    }

    static void known(JsonNode json, Set<String> members, String at) {
        if (!json.isObject()) {
            throw wrong(at, "an object");
        }
        json.fieldNames().forEachRemaining(name -> {
            if (!members.contains(name)) {
                throw wrong(at.isEmpty() ? name : at + "." + name, "no such member");
            }
        });
    }

    static JsonNode array(JsonNode json, String member, int most) {
        var array = json.path(member);
        if (!array.isArray() || array.size() > most) {
            throw wrong(member, "a list of at most " + most);
        }
        return array;
    }

    static List<String> texts(JsonNode json, String member, String at) {
        var texts = new ArrayList<String>();
        for (var one : array(json, member, MOST_ENTRIES)) {
            if (!one.isTextual()) {
                throw wrong(at + "." + member, "texts");
            }
            texts.add(one.textValue());
        }
        return texts;
    }

    static Instant time(JsonNode json, String member, String at) {
        try {
            return Instant.parse(text(json, member, at));
        } catch (DateTimeParseException e) {
            throw wrong(at + "." + member, "a time such as 2026-01-01T00:00:00Z");
        }
    }

    static String text(JsonNode json, String member, String at) {
        var text = json.path(member);
        if (!text.isTextual() || text.textValue().isBlank()) {
            throw wrong(at + "." + member, "a text");
        }
        return text.textValue();
    }

    private static ObjectNode name(Bilingual name) {
        return JsonNodeFactory.instance.objectNode().put("zh", name.zh()).put("en", name.en());
    }

    private static Bilingual name(JsonNode json, String at) {
        known(json, NAME, at);
        return new Bilingual(text(json, "zh", at), text(json, "en", at));
    }

    static InvalidInput wrong(String member, String rule) {
        return new InvalidInput("trust-list-form", member, rule);
    }
}
