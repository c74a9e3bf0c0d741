package org.yinzheng.registry.verification;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Instant;
import java.util.Optional;

/// One verification as it is kept.
///
/// @param result the answer; present exactly when it is done
/// @param receipt the signed receipt, once somebody asked for it
public record StoredVerification(
        VerificationId id,
        State state,
        Instant receivedAt,
        Instant keptUntil,
        Optional<JsonNode> result,
        Optional<String> receipt) {
    public enum State {
        /// Received; the document waits for its turn, or is being judged.
        PENDING,
        DONE,
        /// It could not be finished: the program stopped too often over it, or the document was lost. Send it again.
        BROKEN_OFF
    }
}
