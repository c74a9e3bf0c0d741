package org.yinzheng.registry.issuance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.Optional;
import java.util.regex.Pattern;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.Provenance;
import org.yinzheng.signing.InvalidInput;

/// What a department asks for.
///
/// @param idempotencyKey the asker's name for this request: the same key never makes two licences
/// @param type the code or the Chinese name of a type of the catalogue
/// @param number the number to print; absent: the registry allots one
/// @param data the type's own fields
/// @param validUntil absent: as the type's rule has it
public record IssueRequest(
        String idempotencyKey,
        String type,
        Optional<LicenceNumber> number,
        Holder holder,
        JsonNode data,
        LocalDate validFrom,
        Optional<LocalDate> validUntil,
        Optional<Provenance> provenance) {
    private static final Pattern KEY = Pattern.compile("[!-~]{8,128}");

    public IssueRequest {
        if (!KEY.matcher(idempotencyKey).matches()) {
            throw new InvalidInput(
                    "idempotency-key", "idempotencyKey", "an idempotency key has 8 to 128 visible ASCII characters");
        }
    }

    @Override
    public String toString() {
        return "IssueRequest[" + type + ", " + holder + "]";
    }
}
