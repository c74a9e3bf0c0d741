package org.yinzheng.registry.catalogue;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.HolderKind;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Template;

/// 证照类型: one kind of licence.
public final class LicenceType {
    private final String code;
    private final String version;
    private final String nameZh;
    private final String nameEn;
    private final HolderKind holderKind;
    private final Validity validity;
    private final DataSchema schema;
    private final Template template;

    LicenceType(
            String code,
            String version,
            String nameZh,
            String nameEn,
            HolderKind holderKind,
            Validity validity,
            DataSchema schema,
            Template template) {
        this.code = code;
        this.version = version;
        this.nameZh = nameZh;
        this.nameEn = nameEn;
        this.holderKind = holderKind;
        this.validity = validity;
        this.schema = schema;
        this.template = template;
    }

    /// 证照类型代码: 21 characters, the credit code of the body that defined the type and three digits.
    public String code() {
        return code;
    }

    /// The version of the pack, such as `1`.
    public String version() {
        return version;
    }

    public String nameZh() {
        return nameZh;
    }

    public String nameEn() {
        return nameEn;
    }

    public HolderKind holderKind() {
        return holderKind;
    }

    public Validity validity() {
        return validity;
    }

    /// JSON Schema 2020-12 of the type's own data; treat it as read-only.
    public JsonNode schema() {
        return schema.json();
    }

    /// The type's own fields in the schema's order.
    public List<Field> fields() {
        return schema.fields();
    }

    /// How licences of this type are drawn.
    public Template template() {
        return template;
    }

    /// @throws InvalidInput naming the first field that breaks the schema
    public void validate(JsonNode data) {
        schema.validate(data);
    }

    /// @throws InvalidInput `holder-kind` when this type is held by another kind of holder
    public void validateHolder(HolderId holder) {
        if (holder.kind() != holderKind) {
            throw new InvalidInput(
                    "holder-kind", "holderId", "the holder of " + nameZh + " is named by " + holderKind.chinese());
        }
    }

    @Override
    public String toString() {
        return "LicenceType[" + code + " " + nameZh + "]";
    }
}
