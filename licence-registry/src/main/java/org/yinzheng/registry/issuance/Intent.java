package org.yinzheng.registry.issuance;

import java.time.Instant;
import java.util.Optional;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.signing.Digest;

/// The record that a licence is being made: written before anything is signed.
///
/// @param fingerprint of the request, keyed; see [Intents#fingerprint]
/// @param request as it was asked; kept while the intent is open only
/// @param replaces what it supersedes
public record Intent(
        String idempotencyKey,
        Digest fingerprint,
        LicenceId licenceId,
        State state,
        Authority authority,
        Actor actor,
        Instant recordedAt,
        Optional<IssueRequest> request,
        Optional<Replaced> replaces) {
    /// @param version of the licence that the replacement was prepared for
    public record Replaced(LicenceId id, long version) {}

    public enum State {
        OPEN,
        DONE
    }

    /// The number asked for, or the serial that the registry allotted.
    static LicenceNumber number(IssueRequest request, LicenceId id) {
        return request.number().orElseGet(() -> new LicenceNumber(id.serial()));
    }

    @Override
    public String toString() {
        return "Intent[" + licenceId + ", " + state + "]";
    }
}
