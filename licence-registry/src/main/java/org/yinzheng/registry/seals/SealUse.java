package org.yinzheng.registry.seals;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Warning;

/// One entry of the log of uses 用印记录: one seal, one document.
///
/// @param purpose what for, in the asker's words; no personal data
/// @param document what was to be stamped
/// @param at when it was begun
/// @param outcome absent while it is under way, or after a crash
public record SealUse(
        UUID id,
        String sealId,
        int sealRound,
        Actor actor,
        CreditCode authority,
        String purpose,
        DocumentKind kind,
        Optional<String> licenceType,
        Optional<LicenceId> licence,
        Optional<String> batch,
        Digests document,
        Instant at,
        Optional<Outcome> outcome) {
    private static final int LONGEST_PURPOSE = 1000;

    public SealUse {
        if (purpose.isBlank() || purpose.length() > LONGEST_PURPOSE) {
            throw new InvalidInput("seal-purpose", "purpose", "says in 1 to 1000 characters what the stamp is for");
        }
    }

    /// @param sm3 64 lower-case hexadecimal characters, as `sha256`
    public record Digests(Digest sha256, Digest sm3) {}

    public sealed interface Outcome {
        Instant endedAt();
    }

    /// @param result SHA-256 of the stamped document, or of the signature value when a digest was stamped
    /// @param reached absent where levels mean nothing
    public record Stamped(Digest result, Optional<Level> reached, List<Warning> warnings, Instant endedAt)
            implements Outcome {
        public Stamped {
            warnings = List.copyOf(warnings);
        }
    }

    /// @param reason a stable code, such as `token-away`
    public record Cancelled(String reason, Instant endedAt) implements Outcome {}
}
