package org.yinzheng.api.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.DisputeJson;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.JsonBody;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.dispute.Claim;
import org.yinzheng.registry.dispute.DecisionResult;
import org.yinzheng.registry.dispute.Dispute;
import org.yinzheng.registry.dispute.Disputes;

/// 异议: file, look, reject. Correcting is issuing in place of the old licence.
public final class DisputeRoutes {
    private static final int PAGE = 50;

    private final Disputes disputes;
    private final DisputeDesk desk;
    private final Access access;
    private final Bodies bodies;
    private final Bridge bridge;
    private final Clock clock;
    private final ZoneId zone;

    public DisputeRoutes(
            Disputes disputes,
            DisputeDesk desk,
            Access access,
            Bodies bodies,
            Bridge bridge,
            Clock clock,
            ZoneId zone) {
        this.disputes = disputes;
        this.desk = desk;
        this.access = access;
        this.bodies = bodies;
        this.bridge = bridge;
        this.clock = clock;
        this.zone = zone;
    }

    public void register(Contract contract) {
        contract.on("fileDispute", this::file);
        contract.on("listDisputes", this::list);
        contract.on("getDispute", this::get);
        contract.on("rejectDispute", this::reject);
        contract.on("withdrawDispute", this::withdraw);
    }

    private void file(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        IdempotencyKey.sent(request)
                .compose(key -> bodies.json(request)
                        .compose(body -> bridge.run(() -> desk.file(identity, id, claim(body), key))))
                .onSuccess(filed -> {
                    request.response()
                            .putHeader(
                                    "Location",
                                    "/api/v1/disputes/" + filed.dispute().id());
                    Replies.json(
                            request, filed.now() ? 201 : 200, DisputeJson.of(filed.dispute(), filed.forAuthority()));
                })
                .onFailure(request::fail);
    }

    private static Claim claim(JsonBody body) {
        body.only("fields", "reason");
        return new Claim(
                body.objects("fields").stream()
                        .map(point -> point.only("field", "shouldBe"))
                        .map(point -> new Claim.Point(
                                point.text("field"),
                                point.optionalText("shouldBe").orElse("")))
                        .toList(),
                body.text("reason"));
    }

    private void list(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var overdue = "true".equals(request.request().getParam("overdue"));
        var after = Optional.ofNullable(request.request().getParam("cursor")).map(DisputeRoutes::uuid);
        bridge.run(() -> disputes.open(
                        access.authorities(identity),
                        overdue ? Optional.of(today()) : Optional.empty(),
                        PAGE + 1,
                        after))
                .onSuccess(found -> {
                    var more = found.size() > PAGE;
                    var page = more ? found.subList(0, PAGE) : found;
                    var json = JsonNodeFactory.instance.objectNode();
                    var items = json.putArray("items");
                    page.forEach(dispute -> items.add(shown(dispute)));
                    if (more) {
                        json.put("next", page.getLast().id().toString());
                    }
                    Replies.json(request, 200, json);
                })
                .onFailure(request::fail);
    }

    private ObjectNode shown(Dispute dispute) {
        return DisputeJson.of(dispute, true).put("overdue", dispute.overdue(today()));
    }

    private void get(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = uuid(Params.path(request, "id"));
        bridge.run(() -> {
                    var dispute = disputes.find(id).orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND));
                    var licence = access.licence(identity, dispute.licence().value());
                    return DisputeJson.of(dispute, access.issues(identity, licence));
                })
                .onSuccess(json -> Replies.json(request, 200, json))
                .onFailure(request::fail);
    }

    private void reject(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = uuid(Params.path(request, "id"));
        bodies.json(request)
                .compose(body -> bridge.run(() -> reject(identity, id, body.only("reason"))))
                .onSuccess(result -> answer(request, result, true))
                .onFailure(request::fail);
    }

    /// By whoever filed it, and nobody else.
    private void withdraw(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = uuid(Params.path(request, "id"));
        bridge.run(() -> desk.withdraw(identity, id))
                .onSuccess(result -> answer(request, result, identity.roles().contains(Role.ISSUER)))
                .onFailure(request::fail);
    }

    private void answer(RoutingContext request, DecisionResult result, boolean forAuthority) {
        switch (result) {
            case DecisionResult.Decided decided ->
                Replies.json(
                        request,
                        200,
                        forAuthority ? shown(decided.dispute()) : DisputeJson.of(decided.dispute(), false));
            case DecisionResult.DecidedBefore before -> request.fail(new Refused(ProblemCode.DISPUTE_DECIDED));
            case DecisionResult.NotTheirs others -> request.fail(new Refused(ProblemCode.DISPUTE_NOT_YOURS));
            case DecisionResult.NotFound missing -> request.fail(new Refused(ProblemCode.NOT_FOUND));
        }
    }

    private DecisionResult reject(Identity identity, UUID id, JsonBody body) {
        var dispute = disputes.find(id);
        if (dispute.isEmpty()) {
            return new DecisionResult.NotFound();
        }
        access.issued(identity, dispute.get().licence().value());
        return disputes.reject(id, body.text("reason"), identity.as(Role.ISSUER));
    }

    private LocalDate today() {
        return clock.instant().atZone(zone).toLocalDate();
    }

    /// Text that is no identifier names no dispute.
    private static UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            return new UUID(0, 0);
        }
    }
}
