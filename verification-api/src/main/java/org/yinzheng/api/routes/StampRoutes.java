package org.yinzheng.api.routes;

import io.vertx.core.Future;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.Gate;
import org.yinzheng.api.http.JsonBody;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.http.Spool;
import org.yinzheng.api.http.StampJson;
import org.yinzheng.api.problem.Problem;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.document.DocumentStore;
import org.yinzheng.registry.seals.Refusal;
import org.yinzheng.registry.stamping.Batch;
import org.yinzheng.registry.stamping.Batches;
import org.yinzheng.registry.stamping.Outcome;
import org.yinzheng.registry.stamping.Rehearsal;
import org.yinzheng.registry.stamping.StampRequest;
import org.yinzheng.registry.stamping.StampResult;
import org.yinzheng.registry.stamping.Stamping;
import org.yinzheng.signing.InvalidInput;

/// Stamps documents, hands them out, and lets a second person release many at once.
public final class StampRoutes {
    private static final int RETRY_SECONDS = 2;
    private static final int REHEARSED = 100;
    private static final String[] MEMBERS = {
        "seal", "purpose", "at", "level", "shortfall", "signatures", "allowedChanges", "closes", "accept"
    };

    private final Stamping stamping;
    private final Batches batches;
    private final Rehearsal rehearsal;
    private final DocumentStore documents;
    private final SealAccess access;
    private final Gate tokenSessions;
    private final Spool spool;
    private final Bodies bodies;
    private final Bridge bridge;

    public StampRoutes(
            Stamping stamping,
            Batches batches,
            Rehearsal rehearsal,
            DocumentStore documents,
            SealAccess access,
            Gate tokenSessions,
            Spool spool,
            Bodies bodies,
            Bridge bridge) {
        this.stamping = stamping;
        this.batches = batches;
        this.rehearsal = rehearsal;
        this.documents = documents;
        this.access = access;
        this.tokenSessions = tokenSessions;
        this.spool = spool;
        this.bodies = bodies;
        this.bridge = bridge;
    }

    public void register(Contract contract) {
        contract.on("stampDocuments", this::stamp);
        contract.on("getStamping", this::get);
        contract.on("getStampedDocument", this::document);
        contract.on("listAwaitingRelease", this::awaiting);
        contract.on("decideRelease", this::decide);
        contract.on("rehearseStamping", this::rehearse);
    }

    private void stamp(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var key = request.request().getHeader("Idempotency-Key");
        if (key == null || !key.matches("[!-~]{8,128}")) {
            request.fail(new Refused(ProblemCode.HEADER_MISSING));
            return;
        }
        var own = IdempotencyKey.own(identity.as(Role.ISSUER), key);
        var type = request.request().getHeader(HttpHeaders.CONTENT_TYPE);
        Future<StampResult> result = type != null && type.startsWith("multipart/form-data")
                ? spool.receive(request)
                        .compose(received -> bridge.run(() -> {
                            try (received) {
                                return stamp(identity, own, received);
                            }
                        }))
                : bodies.json(request).compose(body -> bridge.run(() -> stampDigests(identity, own, body)));
        result.map(done -> {
                    answer(request, done);
                    return done;
                })
                .onFailure(request::fail);
    }

    private StampResult stamp(Identity identity, String key, Spool.Received received) throws Exception {
        var body = StampJson.parse(received.request()).only(MEMBERS);
        var sent = received.files().stream()
                .map(file -> StampRequest.Document.of(file.name(), file.file()))
                .toList();
        return stamp(identity, StampJson.request(key, body, sent), received.folder());
    }

    private StampResult stampDigests(Identity identity, String key, JsonBody body) throws Exception {
        body.only("seal", "purpose", "level", "shortfall", "signatures", "digests");
        var folder = spool.folder();
        try {
            return stamp(identity, StampJson.request(key, body, StampJson.digests(body)), folder);
        } finally {
            Spool.delete(folder);
        }
    }

    private StampResult stamp(Identity identity, StampRequest asked, Path folder) throws Exception {
        var authority = access.actingFor(identity, asked.sealId())
                .orElseThrow(() -> new InvalidInput("seal-unknown", "seal", "there is no such seal"));
        return tokenSessions.pass(() -> stamping.stamp(asked, identity.as(Role.ISSUER), authority, folder));
    }

    private static void answer(RoutingContext request, StampResult result) {
        switch (result) {
            case StampResult.Done done -> {
                // one document that was asked for and cannot be stamped is the request's own fault
                if (done.batch().outcomes().size() == 1
                        && done.batch().outcomes().getFirst() instanceof Outcome.Refused refused) {
                    throw new InvalidInput(refused.code(), refused.field(), refused.rule());
                }
                request.response()
                        .putHeader("Location", "/api/v1/stamps/" + done.batch().id());
                Replies.json(request, 201, StampJson.of(done.batch()));
            }
            case StampResult.AlreadyDone already -> Replies.json(request, 200, StampJson.of(already.batch()));
            case StampResult.AwaitingRelease awaiting -> Replies.json(request, 202, StampJson.of(awaiting.batch()));
            case StampResult.ReleaseRefused refused -> request.fail(new Refused(ProblemCode.RELEASE_REFUSED));
            case StampResult.Refused refused -> request.fail(new Refused(problem(refused.refusal())));
            case StampResult.KeyReused reused -> request.fail(new Refused(ProblemCode.IDEMPOTENCY_KEY_REUSED));
            case StampResult.InProgress inProgress ->
                request.fail(
                        new Refused(Problem.of(ProblemCode.STAMP_IN_PROGRESS).after(RETRY_SECONDS)));
        }
    }

    private static Problem problem(Refusal refusal) {
        return new Problem(409, refusal.code(), refusal.chinese(), refusal.english(), "", Optional.empty(), "");
    }

    private void get(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        bridge.run(() -> visible(identity, request))
                .onSuccess(batch -> Replies.json(request, 200, StampJson.of(batch)))
                .onFailure(request::fail);
    }

    private void document(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var number = Params.path(request, "number");
        bridge.run(() -> fetch(visible(identity, request), number))
                .compose(file -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, "application/octet-stream")
                        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
                        .sendFile(file.toString())
                        .onComplete(sent -> Spool.delete(file)))
                .onFailure(request::fail);
    }

    private Path fetch(Batch batch, String number) {
        var outcome = number.matches("[0-9]{1,4}")
                        && Integer.parseInt(number) < batch.outcomes().size()
                ? batch.outcomes().get(Integer.parseInt(number))
                : null;
        if (!(outcome instanceof Outcome.Stamped stamped)) {
            throw new Refused(ProblemCode.NOT_FOUND);
        }
        var file = spool.file();
        documents.fetch(stamped.stamped(), file);
        return file;
    }

    private void awaiting(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var seal = request.queryParam("seal").stream().findFirst().orElse("");
        bridge.run(() -> access.keeps(identity, seal) ? batches.awaitingRelease(seal) : List.<Batch>of())
                .onSuccess(found -> {
                    var json = com.fasterxml.jackson.databind.node.JsonNodeFactory.instance.objectNode();
                    var items = json.putArray("items");
                    found.forEach(batch -> items.add(StampJson.of(batch)));
                    Replies.json(request, 200, json);
                })
                .onFailure(request::fail);
    }

    private void decide(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        bodies.json(request)
                .compose(body -> bridge.run(() -> decide(identity, request, body.only("decision", "reason"))))
                .onSuccess(batch -> Replies.json(request, 200, StampJson.of(batch)))
                .onFailure(request::fail);
    }

    private Batch decide(Identity identity, RoutingContext request, JsonBody body) {
        var batch = visible(identity, request);
        if (!access.keeps(identity, batch.sealId())) {
            throw new Refused(ProblemCode.NOT_FOUND);
        }
        var release =
                switch (body.text("decision")) {
                    case "release" -> true;
                    case "refuse" -> false;
                    default -> throw new InvalidInput("not-a-choice", "decision", "is release or refuse");
                };
        var reason = body.text("reason");
        if (reason.isBlank() || reason.length() > 500) {
            throw new InvalidInput("reason", "reason", "has 1 to 500 characters");
        }
        return switch (batches.decide(batch.id(), identity.as(Role.SEAL_CUSTODIAN), release, reason)) {
            case DONE -> batches.find(batch.id()).orElseThrow();
            case OWN_REQUEST -> throw new Refused(ProblemCode.SAME_PERSON);
            case NOT_WAITING -> throw new Refused(ProblemCode.RELEASE_NOT_AWAITED);
            case NOT_FOUND -> throw new Refused(ProblemCode.NOT_FOUND);
        };
    }

    private void rehearse(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var seal = Params.path(request, "id");
        bodies.json(request)
                .compose(body -> bridge.run(() -> rehearse(identity, seal, body.only("with", "most"))))
                .onSuccess(result -> Replies.json(request, 200, StampJson.of(result)))
                .onFailure(request::fail);
    }

    private Rehearsal.Result rehearse(Identity identity, String seal, JsonBody body) throws Exception {
        if (!access.sees(identity, seal)) {
            throw new Refused(ProblemCode.NOT_FOUND);
        }
        var folder = spool.folder();
        try {
            var with = body.text("with");
            var most = body.number("most", REHEARSED);
            return tokenSessions.pass(() -> rehearsal.rehearse(seal, with, most, folder));
        } finally {
            Spool.delete(folder);
        }
    }

    /// Those who asked for it, and the custodians of the seal. To everybody else it is not there.
    private Batch visible(Identity identity, RoutingContext request) {
        UUID id;
        try {
            id = UUID.fromString(Params.path(request, "id"));
        } catch (IllegalArgumentException notAnIdentifier) {
            throw new Refused(ProblemCode.NOT_FOUND);
        }
        return batches.find(id)
                .filter(batch ->
                        batch.actor().subject().equals(identity.subject()) || access.keeps(identity, batch.sealId()))
                .orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND));
    }
}
