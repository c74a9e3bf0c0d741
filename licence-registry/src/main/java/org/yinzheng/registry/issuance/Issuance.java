package org.yinzheng.registry.issuance;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.registry.document.DocumentStore;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceFacts;
import org.yinzheng.registry.licence.Provenance;
import org.yinzheng.registry.licence.RegisterEntry;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.seals.DocumentKind;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.Cryptography;
import org.yinzheng.signing.stamping.Level;

/// Issues licences. [#carryOut] is the whole ceremony.
public final class Issuance {
    private static final String PURPOSE = "颁发电子证照";
    static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final Catalogue catalogue;
    private final Intents intents;
    private final DocumentStore documents;
    private final IssuingOffice office;
    private final Press press;
    private final Clock clock;
    private final Consumer<Step> reached;

    public Issuance(
            Catalogue catalogue,
            Intents intents,
            DocumentStore documents,
            IssuingOffice office,
            Press press,
            Clock clock) {
        this(catalogue, intents, documents, office, press, clock, step -> {});
    }

    /// @param reached told of every step as it is done, on the thread that does it
    Issuance(
            Catalogue catalogue,
            Intents intents,
            DocumentStore documents,
            IssuingOffice office,
            Press press,
            Clock clock,
            Consumer<Step> reached) {
        this.catalogue = catalogue;
        this.intents = intents;
        this.documents = documents;
        this.office = office;
        this.press = press;
        this.clock = clock;
        this.reached = reached;
    }

    /// Makes the licence that `request` asks for, once.
    ///
    /// @throws org.yinzheng.signing.InvalidInput nothing was stored
    /// @throws org.yinzheng.signing.Failure.NotDone nothing was issued; repeat with the same key
    /// @throws org.yinzheng.signing.Failure.Unknown it may have been issued; repeating with the same key tells
    public IssueResult issue(IssueRequest request, Actor actor) {
        var taken = intents.take(request.idempotencyKey());
        if (taken.isEmpty()) {
            return new IssueResult.InProgress();
        }
        try (var work = taken.get()) {
            var found = work.find();
            if (found.isPresent() && !found.get().fingerprint().equals(intents.fingerprint(request))) {
                return new IssueResult.KeyReused();
            }
            return carryOut(work, found, request, actor);
        }
    }

    /// @param at when the intent was recorded, or now: the version of the type is that of its day
    /// @throws org.yinzheng.signing.InvalidInput naming the field that is wrong
    private LicenceType validated(IssueRequest request, Instant at) {
        var type = catalogue.type(request.type(), LocalDate.ofInstant(at, ZONE));
        type.validateHolder(request.holder().id());
        request.others().stream()
                .filter(party -> party.role().holds())
                .forEach(party -> type.validateHolder(party.who().id()));
        type.validity().until(request.validFrom(), request.validUntil(), request.data());
        return type;
    }

    /// The ceremony: prepare → record intent → stamp → verify what came back → store → record result.
    /// Whatever of it a crash leaves undone is done again from the recorded request, under the same licence
    /// identifier, by the next call with the same key or by the [Reconciler].
    ///
    /// @param found the intent that an earlier call left, when there is one
    IssueResult carryOut(Intents.Work work, Optional<Intent> found, IssueRequest request, Actor actor) {
        if (found.isPresent() && found.get().state() == Intent.State.DONE) {
            return new IssueResult.AlreadyIssued(work.licence(found.get()));
        }

        // Prepare. Nothing is recorded yet: whatever is wrong with the request ends here. A serial number may be lost.
        var type = validated(request, found.map(Intent::recordedAt).orElseGet(clock::instant));
        var combination = Combination.of(type, request, work);
        var data = combination.fill(type, request.data());
        type.validate(data);
        var ended = combination.refusal();
        if (ended.isPresent()) {
            found.ifPresent(open -> work.cancel(open, "part-not-in-force"));
            return ended.get();
        }
        var predecessor = found.isPresent()
                ? Optional.<Predecessor>empty() // judged when the intent was recorded, and again when all is done
                : request.supersedes().map(wanted -> predecessor(work, wanted, type));
        var refused = predecessor.flatMap(
                before -> refusal(before, request.supersedes().orElseThrow()));
        if (refused.isPresent()) {
            return refused.get();
        }
        var intent = found.orElseGet(() -> predecessor
                .map(before -> replacing(before, request, actor))
                .orElseGet(() -> proposed(work, type, request, actor)));
        var facts = facts(intent, type, request, data);
        var desk = office.desk(intent.authority(), type.code(), intent.actor());
        var draft = press.draw(type, facts, intent.recordedAt());
        reached.accept(Step.DRAWN);

        // Record the intent (commit). From here on a crash leaves an open intent, which holds key, identifier and
        // number.
        if (found.isEmpty()) {
            var keepsNumber = predecessor
                    .filter(before -> before.licence().number().equals(facts.number()))
                    .isPresent();
            switch (work.record(intent, facts.number(), keepsNumber)) {
                case RECORDED -> {}
                case NUMBER_TAKEN -> {
                    return new IssueResult.NumberTaken();
                }
                case REPLACED_BY_ANOTHER -> {
                    return new IssueResult.Overtaken();
                }
            }
        }
        reached.accept(Step.INTENT_RECORDED);

        // Stamp. Signed bytes exist in memory only: after a crash nobody has seen them.
        var at = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var pdf = press.stampPdf(draft, desk, at);
        reached.accept(Step.PDF_STAMPED);
        var ofd = press.stampOfd(draft, desk, at);
        reached.accept(Step.OFD_STAMPED);
        var xml = press.signXml(draft, desk, at);
        reached.accept(Step.XML_SIGNED);
        var credential = press.signCredential(draft, desk, at);
        reached.accept(Step.CREDENTIAL_SIGNED);

        // Verify what came back. If it fails the intent stays open and the error is loud: keys or code are wrong.
        press.verify(Format.PDF, pdf, facts.id());
        press.verify(Format.OFD, ofd, facts.id());
        press.verify(Format.XML, xml, facts.id());
        press.verifyCredential(credential, desk, facts.id());
        reached.accept(Step.VERIFIED);

        // Store. A crash leaves documents that no row names: they are found by nobody, and made again differently.
        var pdfDigest = documents.put(pdf);
        reached.accept(Step.PDF_STORED);
        var renditions = new ArrayList<Rendition>(List.of(new Rendition(Format.PDF, pdfDigest, pdf.size())));
        renditions.addAll(stored(Map.of(Format.OFD, ofd, Format.XML, xml, Format.CREDENTIAL, credential)));
        reached.accept(Step.ALL_STORED);

        // Record the result (commit): licence, renditions, first transition, the predecessor's end and the intent's,
        // all or
        // nothing: the old licence is in force until the new one is, and never both; what a combined licence binds
        // is in force when it is registered.
        // If the answer is lost (Unknown) the next call with this key finds out.
        var licence = new Licence(
                facts.id(),
                facts.number(),
                type.code(),
                type.nameZh(),
                Optional.of(type.version()),
                facts.holder(),
                facts.others(),
                facts.authority(),
                standing(facts),
                facts.validFrom(),
                facts.validUntil(),
                facts.data(),
                renditions.stream().collect(Collectors.toMap(Rendition::format, Rendition::digest)),
                intent.recordedAt(),
                facts.digest(),
                request.provenance(),
                RegisterEntry.first(intent.replaces().map(Intent.Replaced::id), combination.parts()));
        return switch (work.complete(intent, licence, renditions, use(licence, intent, desk, draft, pdfDigest, at))) {
            case Intents.Completion.Overtaken overtaken -> new IssueResult.Overtaken();
            case Intents.Completion.PartEnded part -> new IssueResult.PartNotInForce(part.part(), part.standing());
            case Intents.Completion.Done done -> {
                reached.accept(Step.RESULT_RECORDED);
                yield new IssueResult.Issued(licence);
            }
        };
    }

    /// All at a time: a store waits for its disk, not for its processor.
    private List<Rendition> stored(Map<Format, DocumentBytes> renditions) {
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var puts = new ArrayList<Future<Rendition>>();
            renditions.forEach((format, document) ->
                    puts.add(threads.submit(() -> new Rendition(format, documents.put(document), document.size()))));
            var stored = new ArrayList<Rendition>();
            for (var put : puts) {
                stored.add(put.get());
            }
            return stored;
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure ? failure : new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Failure.NotDone("interrupted while the documents were stored", e);
        }
    }

    /// The licence as a use of its seal. Of the renditions the PDF stands in the log: the licence leads to all.
    private SealUse use(
            Licence licence, Intent intent, IssuingOffice.Desk desk, Press.Draft draft, Digest stamped, Instant at) {
        var pdf = draft.pdf();
        var document = new SealUse.Digests(
                pdf.sha256(), new Digest(HexFormat.of().formatHex(Cryptography.sm3(pdf.toByteArray()))));
        return new SealUse(
                UUID.randomUUID(),
                desk.seal().id(),
                desk.sealRound(),
                intent.actor(),
                licence.authority().code(),
                PURPOSE,
                DocumentKind.LICENCE,
                Optional.of(licence.typeCode()),
                Optional.of(licence.id()),
                licence.provenance().map(Provenance::batch),
                document,
                at,
                Optional.of(new SealUse.Stamped(stamped, Optional.of(Level.B), List.of(), clock.instant())));
    }

    private Intent proposed(Intents.Work work, LicenceType type, IssueRequest request, Actor actor) {
        var authority = office.authorityFor(type.code(), actor);
        var now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        var serial = "%d%09d".formatted(now.atZone(ZONE).getYear(), work.nextSerial());
        return new Intent(
                request.idempotencyKey(),
                intents.fingerprint(request),
                LicenceId.of(type.code(), authority.code(), serial, 1),
                Intent.State.OPEN,
                authority,
                actor,
                now,
                Optional.of(request),
                Optional.empty());
    }

    /// The same serial, one version on (GB/T 36904), by the same authority, or by the one that it was
    /// merged into.
    private Intent replacing(Predecessor before, IssueRequest request, Actor actor) {
        var authority = office.current(before.licence().authority());
        return new Intent(
                request.idempotencyKey(),
                intents.fingerprint(request),
                before.successor(authority),
                Intent.State.OPEN,
                authority,
                actor,
                clock.instant().truncatedTo(ChronoUnit.SECONDS),
                Optional.of(request),
                Optional.of(new Intent.Replaced(
                        before.licence().id(), before.licence().entry().version())));
    }

    private static Predecessor predecessor(Intents.Work work, Supersession wanted, LicenceType type) {
        return work.predecessor(wanted.licence())
                .filter(before -> before.licence().typeCode().equals(type.code()))
                .orElseThrow(() ->
                        new InvalidInput("licence-unknown", "supersedes", "there is no such licence of this type"));
    }

    private static Optional<IssueResult> refusal(Predecessor before, Supersession wanted) {
        if (before.recorded() != Standing.IN_FORCE) {
            return Optional.of(new IssueResult.NotReplaceable(before.recorded()));
        }
        return wanted.seen()
                .filter(seen -> seen != before.licence().entry().version())
                .map(other -> new IssueResult.Overtaken());
    }

    private static LicenceFacts facts(Intent intent, LicenceType type, IssueRequest request, JsonNode data) {
        return new LicenceFacts(
                intent.licenceId(),
                Intent.number(request, intent.licenceId()),
                request.holder(),
                request.others(),
                intent.authority(),
                request.validFrom(),
                type.validity().until(request.validFrom(), request.validUntil(), request.data()),
                intent.recordedAt().atZone(ZONE).toLocalDate(),
                data);
    }

    private Standing standing(LicenceFacts facts) {
        var today = clock.instant().atZone(ZONE).toLocalDate();
        return Standing.inForceBetween(facts.validFrom(), facts.validUntil(), today);
    }
}
