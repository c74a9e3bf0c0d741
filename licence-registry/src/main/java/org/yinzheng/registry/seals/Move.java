package org.yinzheng.registry.seals;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.seal.Seal;

/// One step as it is asked for.
///
/// @param version that the caller saw; absent: whatever it is now
/// @param carried what the step brings with it
public record Move(Step step, Actor actor, String reason, Optional<Long> version, Carried carried) {
    private static final int LONGEST_REASON = 1000;

    /// What a step records beside itself.
    public sealed interface Carried {
        record Nothing() implements Carried {}

        /// With [Step#RENEW]: the last day of the new seal.
        record Until(LocalDate day) implements Carried {}

        /// With [Step#APPROVE]: keys that are on the token, without certificates yet.
        record Keys(List<SignerKey> keys) implements Carried {
            public Keys {
                keys = List.copyOf(keys);
            }
        }

        /// With [Step#MAKE].
        record Made(Seal seal, Instant validFrom) implements Carried {}

        /// With [Step#CHANGE_RAILS].
        record Rails(GuardRails rails) implements Carried {}
    }

    public Move {
        if (!step.roles().contains(actor.role())) {
            throw new InvalidInput("seal-step-role", "step", "the role " + actor.role() + " does not do this step");
        }
        if (step.needsReason() && reason.isBlank()) {
            throw new InvalidInput("required", "reason", "this step needs a reason");
        }
        if (reason.length() > LONGEST_REASON) {
            throw new InvalidInput("too-long", "reason", "at most " + LONGEST_REASON + " characters");
        }
    }

    public static Move of(Step step, Actor actor, String reason) {
        return new Move(step, actor, reason, Optional.empty(), new Carried.Nothing());
    }

    public Move carrying(Carried what) {
        return new Move(step, actor, reason, version, what);
    }

    public Move expecting(Optional<Long> seen) {
        return new Move(step, actor, reason, seen, carried);
    }
}
