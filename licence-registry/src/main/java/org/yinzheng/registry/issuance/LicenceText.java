package org.yinzheng.registry.issuance;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.registry.catalogue.PrintedFacts;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.licence.LicenceFacts;
import org.yinzheng.registry.licence.Party;
import org.yinzheng.signing.layout.Values;

/// A licence in words: as a person reads it on the page, and as a program reads it in the file's metadata.
/// Both under the short names of GB/T 36903; the type's own fields under their names in the schema.
final class LicenceText {
    /// The member of the metadata that carries the canonical data digest.
    static final String DIGEST = "YinzhengDataDigest";

    private final LicenceType type;
    private final LicenceFacts facts;
    private final PrintedFacts printed;

    LicenceText(LicenceType type, LicenceFacts facts) {
        this.type = type;
        this.facts = facts;
        this.printed = new PrintedFacts(
                type.nameZh(),
                facts.id(),
                facts.number().value(),
                holders(facts),
                facts.authority(),
                facts.issuedOn(),
                facts.validFrom(),
                facts.validUntil());
    }

    Values shown() {
        return type.shown(printed, facts.data());
    }

    SortedMap<String, String> metadata() {
        var text = new TreeMap<>(printed.coded());
        text.put("ZZLXMC", type.nameZh());
        text.put("ZZLXDM", type.code());
        text.put("ZZBFJGDM", facts.authority().code().value());
        text.put("CZZTDMLX", facts.holder().id().kind().chinese());
        text.put("CZZTDMLXDM", facts.holder().id().kind().code());
        text.put(DIGEST, facts.digest().hex());
        text.putAll(type.metadata(facts.data()));
        return text;
    }

    /// The first before the others, agents not at all.
    private static List<Holder> holders(LicenceFacts facts) {
        return Stream.concat(
                        Stream.of(facts.holder()),
                        facts.others().stream()
                                .filter(party -> party.role().holds())
                                .map(Party::who))
                .toList();
    }
}
