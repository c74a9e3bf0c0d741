package org.yinzheng.registry.issuance;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.registry.seals.Refusal;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Finishes what a crash left. Run at the start, and again whenever it suits: issues under way, here or in another
/// process, hold their keys and are left alone.
public final class Reconciler {
    private static final Logger LOG = LoggerFactory.getLogger(Reconciler.class);

    private final Intents intents;
    private final Issuance issuance;

    public Reconciler(Intents intents, Issuance issuance) {
        this.intents = intents;
        this.issuance = issuance;
    }

    /// @param finished licences that were made now
    /// @param cancelled intents that can never be done, as the catalogue, the fonts or the licence to replace have
    /// changed
    /// @param left intents that somebody works on, or that could not be finished now (the token is away)
    public record Outcome(int finished, int cancelled, int left) {}

    /// @throws Failure.NotDone when the database is away
    public Outcome reconcile() {
        int finished = 0;
        int cancelled = 0;
        int left = 0;
        for (var key : intents.open()) {
            switch (reconcile(key)) {
                case FINISHED -> finished++;
                case CANCELLED -> cancelled++;
                case LEFT -> left++;
                case NOTHING_TO_DO -> {}
            }
        }
        return new Outcome(finished, cancelled, left);
    }

    private enum Answer {
        FINISHED,
        CANCELLED,
        LEFT,
        NOTHING_TO_DO
    }

    private Answer reconcile(String key) {
        var taken = intents.take(key);
        if (taken.isEmpty()) {
            return Answer.LEFT;
        }
        try (var work = taken.get()) {
            var found = work.find();
            if (found.isEmpty() || found.get().state() != Intent.State.OPEN) {
                return Answer.NOTHING_TO_DO; // its owner was faster
            }
            var intent = found.get();
            var request = intent.request().orElseThrow();
            try {
                return switch (issuance.carryOut(work, found, request, intent.actor())) {
                    case IssueResult.Overtaken overtaken -> Answer.CANCELLED;
                    case IssueResult.PartNotInForce ended -> Answer.CANCELLED;
                    default -> Answer.FINISHED;
                };
            } catch (InvalidInput impossible) {
                if (Refusal.passes(impossible)) {
                    LOG.warn("issue of {} waits for its seal: {}", intent.licenceId(), impossible.code());
                    return Answer.LEFT;
                }
                work.cancel(intent, impossible.code());
                LOG.warn("issue of {} cancelled: {} {}", intent.licenceId(), impossible.code(), impossible.field());
                return Answer.CANCELLED;
            } catch (Failure | SelfCheckFailed later) {
                LOG.warn("issue of {} stays open", intent.licenceId(), later);
                return Answer.LEFT;
            }
        }
    }
}
