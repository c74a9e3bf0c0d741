package org.yinzheng.registry.stamping;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import org.yinzheng.registry.document.DocumentStore;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.seals.DocumentKind;
import org.yinzheng.registry.seals.Occasion;
import org.yinzheng.registry.seals.Quota;
import org.yinzheng.registry.seals.Refusal;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.registry.seals.Seals;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Stamps documents. [#carryOut] is the whole ceremony.
public final class Stamping {
    private final Seals seals;
    private final Quota quota;
    private final Batches batches;
    private final DocumentStore documents;
    private final StampPress press;
    private final Clock clock;
    private final Consumer<StampStep> reached;

    public Stamping(Seals seals, Quota quota, Batches batches, DocumentStore documents, StampPress press, Clock clock) {
        this(seals, quota, batches, documents, press, clock, step -> {});
    }

    /// @param reached told of every step as it is done, on the thread that does it
    Stamping(
            Seals seals,
            Quota quota,
            Batches batches,
            DocumentStore documents,
            StampPress press,
            Clock clock,
            Consumer<StampStep> reached) {
        this.seals = seals;
        this.quota = quota;
        this.batches = batches;
        this.documents = documents;
        this.press = press;
        this.clock = clock;
        this.reached = reached;
    }

    /// Makes the stamps that `request` asks for, once.
    ///
    /// @param authority for which the actor acts
    /// @param folder for the stamped files while they are being made; the caller's to delete
    /// @throws InvalidInput nothing was signed
    /// @throws Failure.NotDone no stamp was handed out or kept; repeat with the same key
    /// @throws Failure.Unknown it may have been done; repeating with the same key tells
    public StampResult stamp(StampRequest request, Actor actor, CreditCode authority, Path folder) {
        var taken = batches.take(request);
        if (taken.isEmpty()) {
            return new StampResult.InProgress();
        }
        try (var work = taken.get()) {
            var found = work.find();
            if (found.isPresent() && !found.get().sameRequest()) {
                return new StampResult.KeyReused();
            }
            return carryOut(work, found.map(Batches.Found::batch), request, actor, authority, folder);
        }
    }

    /// The ceremony: prepare → record intent → sign → verify → store → record result. Documents of one request are
    /// recorded together; a document that cannot be stamped as it is stops no other.
    private StampResult carryOut(
            Batches.Work work,
            Optional<Batch> found,
            StampRequest request,
            Actor actor,
            CreditCode authority,
            Path folder) {
        var released = Optional.<Actor>empty();
        if (found.isPresent()) {
            var batch = found.get();
            switch (batch.state()) {
                case DONE -> {
                    return new StampResult.AlreadyDone(batch);
                }
                case AWAITING_RELEASE -> {
                    return new StampResult.AwaitingRelease(batch);
                }
                case REFUSED -> {
                    return new StampResult.ReleaseRefused(batch);
                }
                case OPEN -> work.cancel(batch, "interrupted"); // a crash left it, and we hold its key
                case RELEASED, CANCELLED -> {}
            }
            released = batch.decision().map(decision -> new Actor(decision.by(), ""));
        }

        // Prepare. Nothing is recorded yet: a seal that may not be used like this ends here.
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var seal = seals.find(request.sealId())
                .orElseThrow(() -> new InvalidInput("seal-unknown", "seal", "there is no such seal"));
        var kinds = kinds(request);
        var batch = batch(released.isPresent() ? found : Optional.empty(), request, actor, now);
        var refusal =
                refusal(seal, request, kinds, actor, authority, released, now).or(() -> press.refuse(seal));
        if (refusal.isPresent()) {
            if (refusal.get() instanceof Refusal.ReleaseNeeded) {
                work.await(batch);
                return new StampResult.AwaitingRelease(batch);
            }
            return new StampResult.Refused(refusal.get());
        }
        if (!quota.take(seal.id(), request.documents().size())) {
            return new StampResult.Refused(new Refusal.QuotaUsedUp());
        }

        // Record the intents (commit). From here on a crash leaves open uses in the log: somebody began to stamp
        // these documents, and nothing that was signed got out.
        var intents = intents(seal, batch, request, kinds, actor, authority, now);
        var open = with(batch, Batch.State.OPEN, List.of());
        work.open(open, intents);
        reached.accept(StampStep.INTENTS_RECORDED);
        try {
            // Sign, verify what came back, store. A crash leaves files that no row names.
            var outcomes = new ArrayList<Outcome>();
            var stamped = new HashMap<UUID, SealUse.Stamped>();
            for (int i = 0; i < intents.size(); i++) {
                var document = request.documents().get(i);
                var outcome = stamp(seal, document, intents.get(i), request.options(), folder.resolve("stamped-" + i));
                outcomes.add(outcome);
                if (outcome instanceof Outcome.Stamped done) {
                    stamped.put(done.use(), entry(done));
                }
                reached.accept(StampStep.DOCUMENT_STORED);
            }

            // Record the result (commit): outcomes, uses and the batch's end, all or nothing.
            var done = with(open, Batch.State.DONE, outcomes);
            work.complete(done, stamped);
            reached.accept(StampStep.RESULT_RECORDED);
            quota.giveBack(seal.id(), intents.size() - stamped.size());
            return new StampResult.Done(done);
        } catch (Failure.NotDone away) {
            abandon(work, open, away);
            quota.giveBack(seal.id(), intents.size());
            throw away;
        }
    }

    /// If the database is away, too, the reconciler cancels what is open.
    private static void abandon(Batches.Work work, Batch open, Failure.NotDone because) {
        try {
            work.cancel(open, "not-done");
        } catch (Failure later) {
            because.addSuppressed(later);
        }
    }

    private Outcome stamp(
            SealRecord seal, StampRequest.Document document, SealUse use, StampOptions options, Path output) {
        try {
            // the use's own identifier names the signature: the log and the document find each other
            var made = press.stamp(seal, document, use.id(), options, output, use.at());
            var digest = documents.put(output);
            return new Outcome.Stamped(
                    document.name(),
                    use.id(),
                    made.extension(),
                    use.document().sha256(),
                    digest,
                    output.toFile().length(),
                    made.level(),
                    made.checked(),
                    made.placed(),
                    made.warnings());
        } catch (InvalidInput refused) {
            return new Outcome.Refused(document.name(), refused.code(), refused.field(), rule(refused));
        }
    }

    private static String rule(InvalidInput refused) {
        var message = refused.getMessage();
        return message == null ? refused.code() : message;
    }

    private static Map<StampRequest.Document, DocumentKind> kinds(StampRequest request) {
        var kinds = new HashMap<StampRequest.Document, DocumentKind>();
        for (var document : request.documents()) {
            kinds.put(document, StampPress.kind(document));
        }
        return kinds;
    }

    private static Optional<Refusal> refusal(
            SealRecord seal,
            StampRequest request,
            Map<StampRequest.Document, DocumentKind> kinds,
            Actor actor,
            CreditCode authority,
            Optional<Actor> released,
            Instant now) {
        var documents = request.documents().size();
        return kinds.values().stream()
                .distinct()
                .sorted()
                .map(kind -> new Occasion(now, actor, authority, kind, Optional.empty(), documents, released))
                .flatMap(occasion -> seal.refuse(occasion).stream())
                .findFirst();
    }

    private static Batch batch(Optional<Batch> released, StampRequest request, Actor actor, Instant now) {
        return released.orElseGet(() -> new Batch(
                UUID.randomUUID(),
                request.sealId(),
                request.purpose(),
                actor,
                now,
                Batch.State.AWAITING_RELEASE,
                request.documents().stream()
                        .map(document -> new Batch.Asked(
                                document.name(), document.digests().sha256(), document.size()))
                        .toList(),
                Optional.empty(),
                List.of()));
    }

    private static Batch with(Batch batch, Batch.State state, List<Outcome> outcomes) {
        return new Batch(
                batch.id(),
                batch.sealId(),
                batch.purpose(),
                batch.actor(),
                batch.recordedAt(),
                state,
                batch.documents(),
                batch.decision(),
                outcomes);
    }

    private static List<SealUse> intents(
            SealRecord seal,
            Batch batch,
            StampRequest request,
            Map<StampRequest.Document, DocumentKind> kinds,
            Actor actor,
            CreditCode authority,
            Instant now) {
        return request.documents().stream()
                .map(document -> new SealUse(
                        UUID.randomUUID(),
                        seal.id(),
                        seal.current().orElseThrow().round(),
                        actor,
                        authority,
                        request.purpose(),
                        kinds.getOrDefault(document, DocumentKind.DIGEST),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(batch.id().toString()),
                        document.digests(),
                        now,
                        Optional.empty()))
                .toList();
    }

    private SealUse.Stamped entry(Outcome.Stamped done) {
        return new SealUse.Stamped(done.stamped(), Optional.of(done.level()), done.warnings(), clock.instant());
    }
}
