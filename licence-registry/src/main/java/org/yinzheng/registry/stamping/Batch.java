package org.yinzheng.registry.stamping;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.Digest;

/// A request to stamp, as recorded.
///
/// @param decision a second person's, when the seal asks for one
/// @param outcomes one for each document once the batch is done, in the documents' order
public record Batch(
        UUID id,
        String sealId,
        String purpose,
        Actor actor,
        Instant recordedAt,
        State state,
        List<Asked> documents,
        Optional<Decision> decision,
        List<Outcome> outcomes) {
    public Batch {
        documents = List.copyOf(documents);
        outcomes = List.copyOf(outcomes);
    }

    public enum State {
        /// More documents than one person may stamp alone: a second one has to release them.
        AWAITING_RELEASE,
        /// Released: the same request, repeated, is carried out.
        RELEASED,
        /// The second person said no.
        REFUSED,
        /// Under way, or left by a crash.
        OPEN,
        DONE,
        /// Nothing came of it; the same key may be used again.
        CANCELLED
    }

    public record Asked(String name, Digest sha256, long size) {}

    public record Decision(String by, Instant at, String reason) {}
}
