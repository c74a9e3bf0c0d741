package org.yinzheng.registry.licence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.signing.Digest;

/// A registered licence.
///
/// @param typeVersion of the catalogue, under which it was issued; absent for licences from before it was
/// recorded
/// @param holder the first; under the number of each of the others it is found too
/// @param data the type's own fields, an object valid under the type's schema; treat it as read-only
/// @param standing as of the moment it was read; a combined licence's follows its parts
/// @param validUntil the last day on which it is in force; absent for no end
/// @param renditions where each rendition is in the document store
/// @param dataDigest over the canonical data; the same in every rendition
public record Licence(
        LicenceId id,
        LicenceNumber number,
        String typeCode,
        String typeName,
        Optional<String> typeVersion,
        Holder holder,
        List<Party> others,
        Authority authority,
        Standing standing,
        LocalDate validFrom,
        Optional<LocalDate> validUntil,
        JsonNode data,
        Map<Format, Digest> renditions,
        Instant issuedAt,
        Digest dataDigest,
        Optional<Provenance> provenance,
        RegisterEntry entry) {
    public Licence {
        others = List.copyOf(others);
        renditions = Map.copyOf(renditions);
    }

    /// Whether somebody is one of its holders or agents.
    public boolean concerns(HolderId somebody) {
        return holder.id().equals(somebody)
                || others.stream().anyMatch(party -> party.who().id().equals(somebody));
    }

    @Override
    public String toString() {
        return "Licence[" + id + ", " + standing + "]";
    }
}
