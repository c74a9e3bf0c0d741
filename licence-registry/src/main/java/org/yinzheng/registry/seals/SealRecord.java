package org.yinzheng.registry.seals;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.seal.Seal;
import org.yinzheng.signing.seal.SealKind;
import org.yinzheng.signing.seal.SealPicture;

/// A registered seal as it is now.
///
/// @param id esID: six digits of the division and eight of a serial
/// @param name that stands in the seal; for a natural person it is their name
/// @param lowerText the line of a special-purpose seal, or empty
/// @param keeper whose custodians keep it
/// @param version one more with every change
/// @param current the seal that is used, with its signers; absent until one was accepted
/// @param open matters that are under way
public record SealRecord(
        String id,
        SealKind kind,
        String name,
        SealHolder holder,
        String lowerText,
        Authority keeper,
        SealPicture picture,
        SealState state,
        long version,
        GuardRails rails,
        Instant appliedAt,
        Optional<Made> current,
        List<Round> open) {
    private static final Duration WARNING = Duration.ofDays(30);

    public SealRecord {
        open = List.copyOf(open);
    }

    /// A seal that was made and is, or was, in use.
    ///
    /// @param round in which it was made
    public record Made(int round, Seal seal, List<SignerKey> signers) {
        public Made {
            signers = List.copyOf(signers);
        }

        public Optional<SignerKey> signer(Suite suite) {
            return signers.stream().filter(key -> key.suite() == suite).findFirst();
        }

        /// The end of the seal or of a signer's certificate, whichever comes first.
        public Instant end() {
            return Stream.concat(Stream.of(seal.validUntil()), signers.stream().flatMap(key -> key.notAfter().stream()))
                    .min(Instant::compareTo)
                    .orElseThrow();
        }
    }

    /// The making or renewal that is under way.
    public Optional<Round> making() {
        return open.stream().filter(Round::isMaking).findFirst();
    }

    /// Whole days until the seal or a certificate of its signers ends, negative afterwards; absent for a seal that
    /// nobody can use any more, or not yet.
    public Optional<Long> daysLeft(Instant now) {
        return state == SealState.IN_USE || state == SealState.SUSPENDED
                ? current.map(made -> Math.floorDiv(
                        Duration.between(now, made.end()).toSeconds(),
                        Duration.ofDays(1).toSeconds()))
                : Optional.empty();
    }

    /// Whether it is time to renew.
    public boolean isEnding(Instant now) {
        return daysLeft(now).filter(days -> days < WARNING.toDays()).isPresent();
    }

    /// Why the seal may not be used like this; empty when it may, as far as its quota goes: see [Quota].
    public Optional<Refusal> refuse(Occasion occasion) {
        if (state != SealState.IN_USE || current.isEmpty()) {
            return Optional.of(new Refusal.NotInUse(state));
        }
        var made = current.get();
        if (!made.seal().isInPeriod(occasion.at()) || occasion.at().isAfter(made.end())) {
            return Optional.of(new Refusal.OutOfValidity());
        }
        return rails.refuse(occasion);
    }
}
