package org.yinzheng.registry.licence;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.signing.Digest;

/// A registered licence.
///
/// @param data the type's own fields, an object valid under the type's schema; treat it as read-only
/// @param standing as of the moment it was read
/// @param validUntil the last day on which it is in force; absent for no end
/// @param renditions where each rendition is in the document store
/// @param dataDigest over the canonical data; the same in every rendition
public record Licence(
        LicenceId id,
        LicenceNumber number,
        String typeCode,
        String typeName,
        Holder holder,
        Authority authority,
        Standing standing,
        LocalDate validFrom,
        Optional<LocalDate> validUntil,
        JsonNode data,
        Map<Format, Digest> renditions,
        Instant issuedAt,
        Digest dataDigest,
        Optional<Provenance> provenance) {
    public Licence {
        renditions = Map.copyOf(renditions);
    }

    @Override
    public String toString() {
        return "Licence[" + id + ", " + standing + "]";
    }
}
