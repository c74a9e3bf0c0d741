package org.yinzheng.registry.catalogue;

import static org.yinzheng.registry.catalogue.YamlTree.only;
import static org.yinzheng.registry.catalogue.YamlTree.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.signing.InvalidInput;

/// Reads the samples of a pack: their numbers pass the same checks as those of licences.
final class PackSamples {
    private PackSamples() {}

    static List<Sample> read(JsonNode examples) {
        var samples = new ArrayList<Sample>();
        for (int i = 0; i < examples.size(); i++) {
            samples.add(sample("examples[" + i + "]", examples.get(i)));
        }
        return samples;
    }

    private static Sample sample(String field, JsonNode node) {
        only(field, node, Set.of("holders", "authority", "number", "issuedOn", "validFrom", "validUntil", "data"));
        var holders = new ArrayList<Holder>();
        for (int i = 0; i < node.path("holders").size(); i++) {
            holders.add(
                    holder(field + ".holders[" + i + "]", node.path("holders").get(i)));
        }
        if (holders.isEmpty()) {
            throw new InvalidInput("pack-sample", field + ".holders", "a sample has a holder");
        }
        var authority = node.path("authority");
        only(field + ".authority", authority, Set.of("name", "creditCode"));
        var data = node.path("data");
        if (!data.isObject()) {
            throw new InvalidInput("pack-sample", field + ".data", "a sample has data");
        }
        var issuedOn = Pack.date(field + ".issuedOn", node.path("issuedOn"));
        return new Sample(
                holders,
                new Authority(
                        CreditCode.of(
                                field + ".authority.creditCode",
                                authority.path("creditCode").asText()),
                        text(field + ".authority.name", authority.path("name"))),
                text(field + ".number", node.path("number")),
                issuedOn,
                node.has("validFrom") ? Pack.date(field + ".validFrom", node.path("validFrom")) : issuedOn,
                node.has("validUntil")
                        ? Optional.of(Pack.date(field + ".validUntil", node.path("validUntil")))
                        : Optional.<LocalDate>empty(),
                data);
    }

    private static Holder holder(String field, JsonNode node) {
        only(field, node, Set.of("name", "id"));
        var id = HolderId.guess(field + ".id", text(field + ".id", node.path("id")));
        return new Holder(id, text(field + ".name", node.path("name")));
    }
}
