package org.yinzheng.registry.issuance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.Party;
import org.yinzheng.registry.licence.Provenance;
import org.yinzheng.signing.InvalidInput;

/// What a department asks for.
///
/// @param idempotencyKey the asker's name for this request: the same key never makes two licences
/// @param type the code or the Chinese name of a type of the catalogue
/// @param number the number to print; absent: the registry allots one
/// @param data the type's own fields
/// @param validUntil absent: as the type's rule has it
/// @param others further holders and agents
/// @param supersedes the licence that this one replaces
/// @param parts the licences that a combined one binds, in the order of its page; none for every other type
public record IssueRequest(
        String idempotencyKey,
        String type,
        Optional<LicenceNumber> number,
        Holder holder,
        JsonNode data,
        LocalDate validFrom,
        Optional<LocalDate> validUntil,
        Optional<Provenance> provenance,
        List<Party> others,
        Optional<Supersession> supersedes,
        List<LicenceId> parts) {
    private static final Pattern KEY = Pattern.compile("[!-~]{8,128}");

    private static final int MOST_OTHERS = 49;
    private static final int MOST_PARTS = 30;

    public IssueRequest {
        others = List.copyOf(others);
        parts = List.copyOf(parts);
        if (parts.size() > MOST_PARTS || parts.stream().distinct().count() != parts.size()) {
            throw new InvalidInput("parts", "parts", "at most 30, and none twice");
        }
        var seen = new HashSet<HolderId>();
        seen.add(holder.id());
        if (others.size() > MOST_OTHERS
                || !others.stream().allMatch(party -> seen.add(party.who().id()))) {
            throw new InvalidInput("others", "others", "at most 49 besides the first, and nobody twice");
        }
        if (!KEY.matcher(idempotencyKey).matches()) {
            throw new InvalidInput(
                    "idempotency-key", "idempotencyKey", "an idempotency key has 8 to 128 visible ASCII characters");
        }
    }

    /// One holder, replacing nothing, binding nothing.
    public IssueRequest(
            String idempotencyKey,
            String type,
            Optional<LicenceNumber> number,
            Holder holder,
            JsonNode data,
            LocalDate validFrom,
            Optional<LocalDate> validUntil,
            Optional<Provenance> provenance) {
        this(
                idempotencyKey,
                type,
                number,
                holder,
                data,
                validFrom,
                validUntil,
                provenance,
                List.of(),
                Optional.empty(),
                List.of());
    }

    @Override
    public String toString() {
        return "IssueRequest[" + type + ", " + holder + "]";
    }
}
