package org.yinzheng.registry.issuance;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.issuance.IssuingOffice.Desk;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.seals.DocumentKind;
import org.yinzheng.registry.seals.Occasion;
import org.yinzheng.registry.seals.Quota;
import org.yinzheng.registry.seals.Refusal;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealSigners;
import org.yinzheng.registry.seals.SealState;
import org.yinzheng.registry.seals.Seals;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.Suite;

/// Desks whose seals are registered: issuing a licence is a use of its authority's seal, within the seal's guard
/// rails. A seal's version is asked for at most every two seconds; so a suspension, or a revoked certificate, is
/// felt everywhere within two seconds, and issuing asks the database no more for it.
public final class SealDesks {
    private static final Duration FRESH = Duration.ofSeconds(2);

    private final Seals seals;
    private final SealSigners signers;
    private final Quota quota;
    private final Clock clock;
    private final Map<String, Known> known = new ConcurrentHashMap<>();

    private record Known(SealRecord seal, Optional<Desk> desk, Optional<Refusal> certificates, Instant seenAt) {}

    public SealDesks(Seals seals, SealSigners signers, Quota quota, Clock clock) {
        this.seals = seals;
        this.signers = signers;
        this.quota = quota;
        this.clock = clock;
    }

    /// Takes one use of the seal's quota.
    ///
    /// @throws InvalidInput with a [Refusal]'s code
    /// @throws org.yinzheng.signing.Failure.NotDone when database or token are away
    public Desk desk(Authority authority, String sealId, String typeCode, Actor actor) {
        var now = clock.instant();
        var current = known.compute(sealId, (id, before) -> refreshed(authority, id, before, now));
        var occasion = new Occasion(
                now, actor, authority.code(), DocumentKind.LICENCE, Optional.of(typeCode), 1, Optional.empty());
        current.seal().refuse(occasion).or(current::certificates).ifPresent(refusal -> {
            throw refusal.asInput();
        });
        if (!quota.take(sealId, 1)) {
            throw new Refusal.QuotaUsedUp().asInput();
        }
        return current.desk().orElseThrow(() -> new Refusal.NotInUse(SealState.PENDING).asInput());
    }

    private Known refreshed(
            Authority authority, String sealId, @org.jspecify.annotations.Nullable Known before, Instant now) {
        if (before != null) {
            if (now.isBefore(before.seenAt().plus(FRESH))) {
                return before;
            }
            var version = seals.version(sealId);
            if (version.filter(same -> same == before.seal().version()).isPresent()) {
                return new Known(before.seal(), before.desk(), certificates(before.seal()), now);
            }
        }
        var seal = seals.find(sealId)
                .orElseThrow(() -> new InvalidInput(
                        "seal-not-in-use", "", "the authority's seal " + sealId + " is not registered"));
        return new Known(seal, seal.current().map(made -> desk(authority, seal, made)), certificates(seal), now);
    }

    private Optional<Refusal> certificates(SealRecord seal) {
        return seal.current().flatMap(signers::refuse);
    }

    private Desk desk(Authority authority, SealRecord seal, SealRecord.Made made) {
        return new Desk(
                authority,
                signers.signer(made, Suite.RSA_SHA256),
                signers.signer(made, Suite.SM2_SM3),
                made.seal(),
                made.round(),
                seal.picture());
    }
}
