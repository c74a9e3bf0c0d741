package org.yinzheng.registry.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.HolderKind;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Template;
import org.yinzheng.signing.layout.Values;

/// 证照类型: one version of one kind of licence.
public final class LicenceType {
    private final Terms terms;
    private final DataSchema schema;
    private final Map<String, Template> templates;
    private final List<Sample> samples;

    /// What a pack declares beside its data and its looks.
    ///
    /// @param holderKinds in the pack's order
    /// @param issuers which bodies issue it, by their level
    /// @param standard what its fields follow
    /// @param combines the field that lists the licences which a combined one binds
    record Terms(
            String code,
            String version,
            Period period,
            String nameZh,
            String nameEn,
            List<HolderKind> holderKinds,
            boolean severalHolders,
            Map<Level, String> issuers,
            Validity validity,
            Sharing sharing,
            Set<TrustGrade> trustGrades,
            List<String> languages,
            String standard,
            Optional<String> combines) {}

    /// @param templates by name, the first one being that of the licence itself
    LicenceType(Terms terms, DataSchema schema, Map<String, Template> templates, List<Sample> samples) {
        this.terms = terms;
        this.schema = schema;
        this.templates = templates;
        this.samples = List.copyOf(samples);
    }

    /// 证照类型代码: 21 characters, the credit code of the body that defined the type and three digits.
    public String code() {
        return terms.code;
    }

    /// The version of the pack, such as `1`.
    public String version() {
        return terms.version;
    }

    /// When this version is the one to issue under.
    public Period period() {
        return terms.period;
    }

    public String nameZh() {
        return terms.nameZh;
    }

    public String nameEn() {
        return terms.nameEn;
    }

    /// The kinds of number that may name a holder; one at least.
    public List<HolderKind> holderKinds() {
        return terms.holderKinds;
    }

    /// Whether one licence may be held by several, as a marriage certificate is.
    public boolean severalHolders() {
        return terms.severalHolders;
    }

    /// Which bodies issue it, by their level of administration; empty when the pack does not say.
    public Map<Level, String> issuers() {
        return terms.issuers;
    }

    public Validity validity() {
        return terms.validity;
    }

    public Sharing sharing() {
        return terms.sharing;
    }

    /// The grades that licences of this type may have.
    public Set<TrustGrade> trustGrades() {
        return terms.trustGrades;
    }

    /// Languages of the licence's face (BCP 47), the leading one first.
    public List<String> languages() {
        return terms.languages;
    }

    /// The standard that the fields follow, or that none is known to us; empty when the pack does not say.
    public String standard() {
        return terms.standard;
    }

    /// The field that lists what a combined licence (一业一证) binds; the registry fills it in. Absent for
    /// other types.
    public Optional<String> combines() {
        return terms.combines;
    }

    /// JSON Schema 2020-12 of the type's own data, code lists filled in; treat it as read-only.
    public JsonNode schema() {
        return schema.json();
    }

    /// The type's own plain fields in the schema's order: neither pictures nor what repeats.
    public List<Field> fields() {
        return schema.fields();
    }

    /// How licences of this type are drawn.
    public Template template() {
        return templates.values().iterator().next();
    }

    /// Every template by its name, such as 正本 and 副本; the first one is that of [#template].
    public Map<String, Template> templates() {
        return templates;
    }

    public List<Sample> samples() {
        return samples;
    }

    /// @throws InvalidInput naming the first field that breaks the schema
    public void validate(JsonNode data) {
        schema.validate(data);
    }

    /// The holder's number, of one of the kinds that hold this type.
    ///
    /// @throws InvalidInput `form`, `birth-date`, `check-digit` or `holder-kind`
    public HolderId holderId(String field, String value) {
        if (terms.holderKinds.size() == 1) {
            return HolderId.of(terms.holderKinds.getFirst(), field, value);
        }
        var id = HolderId.guess(field, value);
        validateHolder(id);
        return id;
    }

    /// @throws InvalidInput `holder-kind` when this type is held by other kinds of holders
    public void validateHolder(HolderId holder) {
        if (!terms.holderKinds.contains(holder.kind())) {
            throw new InvalidInput(
                    "holder-kind",
                    "holderId",
                    "the holder of " + terms.nameZh + " is named by "
                            + terms.holderKinds.stream()
                                    .map(HolderKind::chinese)
                                    .collect(Collectors.joining(" or ")));
        }
    }

    /// What the template prints.
    ///
    /// @param data valid under the schema
    public Values shown(PrintedFacts facts, JsonNode data) {
        var texts = facts.shown();
        if (!severalHolders()) { // the page has room for one number; it names everybody
            texts.put("CZZTDM", facts.holders().getFirst().id().value());
        }
        return new ShownData(schema.json()).values(texts, data);
    }

    /// The data as the metadata of a rendition carry them.
    public Map<String, String> metadata(JsonNode data) {
        return new ShownData(schema.json()).metadata(data);
    }

    /// The sample as a licence would print it.
    public PrintedFacts facts(Sample sample) {
        return new PrintedFacts(
                terms.nameZh,
                LicenceId.of(terms.code, sample.authority().code(), "2026000000001", 1),
                sample.number(),
                sample.holders(),
                sample.authority(),
                sample.issuedOn(),
                sample.validFrom(),
                sample.validUntil().or(() -> terms.validity.until(sample.validFrom(), sample.data())));
    }

    @Override
    public String toString() {
        return "LicenceType[" + terms.code + " " + terms.nameZh + " " + terms.version + "]";
    }
}
