package org.yinzheng.registry.licence;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.signing.Digest;

/// What a licence says, apart from how it is written: the same in every rendition, and what the data digest covers.
public record LicenceFacts(
        LicenceId id,
        LicenceNumber number,
        Holder holder,
        List<Party> others,
        Authority authority,
        LocalDate validFrom,
        Optional<LocalDate> validUntil,
        LocalDate issuedOn,
        JsonNode data) {
    public LicenceFacts {
        others = List.copyOf(others);
    }

    /// SHA-256 over the canonical JSON of everything here.
    public Digest digest() {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", id.value());
        json.put("number", number.value());
        json.put("holderKind", holder.id().kind().code());
        json.put("holderId", holder.id().value());
        json.put("holderName", holder.name());
        if (!others.isEmpty()) { // a licence with one holder has the digest that it always had
            var list = json.putArray("others");
            others.forEach(party -> list.addObject()
                    .put("role", party.role().name())
                    .put("kind", party.who().id().kind().code())
                    .put("id", party.who().id().value())
                    .put("name", party.who().name()));
        }
        json.put("authorityCode", authority.code().value());
        json.put("authorityName", authority.name());
        json.put("validFrom", validFrom.toString());
        validUntil.ifPresent(day -> json.put("validUntil", day.toString()));
        json.put("issuedOn", issuedOn.toString());
        json.set("data", data);
        return Digest.sha256(CanonicalJson.bytes(json));
    }

    @Override
    public String toString() {
        return "LicenceFacts[" + id + "]";
    }
}
