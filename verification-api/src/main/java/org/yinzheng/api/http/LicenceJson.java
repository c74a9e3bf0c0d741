package org.yinzheng.api.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.TreeMap;
import org.yinzheng.api.answer.ReportJson;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicencePage;

/// Licences and their types as JSON. The holder's number leaves masked: whoever may see the licence knows it
/// already.
public final class LicenceJson {
    private LicenceJson() {}

    public static ObjectNode of(Licence licence) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", licence.id().value());
        json.put("number", licence.number().value());
        var type = json.putObject("type").put("code", licence.typeCode()).put("name", licence.typeName());
        licence.typeVersion().ifPresent(version -> type.put("version", version));
        json.putObject("holder")
                .put("name", licence.holder().name())
                .put("maskedId", licence.holder().id().toString());
        if (!licence.others().isEmpty()) {
            var others = json.putArray("others");
            licence.others().forEach(party -> others.addObject()
                    .put("role", party.role().name())
                    .put("name", party.who().name())
                    .put("maskedId", party.who().id().toString()));
        }
        json.putObject("authority")
                .put("name", licence.authority().name())
                .put("creditCode", licence.authority().code().value());
        json.put("standing", licence.standing().name());
        var entry = licence.entry();
        json.put("disputed", entry.disputed());
        entry.supersedes().ifPresent(id -> json.put("supersedes", id.value()));
        entry.supersededBy().ifPresent(id -> json.put("supersededBy", id.value()));
        ReportJson.parts(json, entry.parts());
        json.put("validFrom", licence.validFrom().toString());
        licence.validUntil().ifPresent(until -> json.put("validUntil", until.toString()));
        json.put("issuedAt", licence.issuedAt().toString());
        json.set("data", licence.data());
        json.put("dataDigest", licence.dataDigest().hex());
        var renditions = json.putObject("renditions");
        new TreeMap<>(licence.renditions()).forEach((format, digest) -> renditions
                .putObject(format.extension())
                .put("href", renditionPath(licence, format))
                .put("digest", digest.hex()));
        return json;
    }

    public static ObjectNode of(LicencePage page) {
        var json = JsonNodeFactory.instance.objectNode();
        var items = json.putArray("items");
        page.licences().forEach(licence -> items.add(of(licence)));
        page.next().ifPresent(next -> json.put("next", next));
        return json;
    }

    public static ObjectNode of(LicenceType type) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("code", type.code());
        json.putObject("name").put("zh", type.nameZh()).put("en", type.nameEn());
        json.put("version", type.version());
        var kinds = json.putArray("holderKinds");
        type.holderKinds().forEach(kind -> kinds.add(kind.name()));
        json.put("severalHolders", type.severalHolders());
        type.combines().ifPresent(field -> json.put("combines", field));
        json.putObject("sharing")
                .put("rule", type.sharing().rule().name())
                .put("condition", type.sharing().condition());
        json.set("schema", type.schema());
        return json;
    }

    public static String renditionPath(Licence licence, Format format) {
        return "/api/v1/licences/" + licence.id().value() + "/renditions/" + format.extension();
    }
}
