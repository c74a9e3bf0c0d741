package org.yinzheng.api.routes;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.ErasureJson;
import org.yinzheng.api.http.JsonBody;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.problem.Problem;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.registry.erasure.ErasurePlan;
import org.yinzheng.registry.erasure.ErasureResult;
import org.yinzheng.registry.erasure.Erasures;
import org.yinzheng.registry.erasure.Obstacle;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.signing.InvalidInput;

/// Erasure of a person: proposed by a system administrator, confirmed by a security administrator who brings the number
/// again.
public final class ErasureRoutes {
    private static final int PAGE = 50;

    private final Erasures erasures;
    private final Bodies bodies;
    private final Bridge bridge;

    public ErasureRoutes(Erasures erasures, Bodies bodies, Bridge bridge) {
        this.erasures = erasures;
        this.bodies = bodies;
        this.bridge = bridge;
    }

    public void register(Contract contract) {
        contract.on("proposeErasure", this::propose);
        contract.on("listErasures", this::list);
        contract.on("getErasure", this::get);
        contract.on("confirmErasure", this::confirm);
        contract.on("withdrawErasure", this::withdraw);
    }

    private void propose(RoutingContext request) {
        var by = Doorkeeper.identity(request).actor();
        answer(
                request,
                201,
                bodies.json(request).compose(body -> bridge.run(() -> erasures.propose(holder(body), by))));
    }

    private void confirm(RoutingContext request) {
        var by = Doorkeeper.identity(request).actor();
        var id = Params.uuid(Params.path(request, "id"));
        answer(
                request,
                200,
                bodies.json(request).compose(body -> bridge.run(() -> erasures.confirm(id, holder(body), by))));
    }

    private void withdraw(RoutingContext request) {
        var by = Doorkeeper.identity(request).actor();
        var id = Params.uuid(Params.path(request, "id"));
        answer(request, 200, bridge.run(() -> erasures.withdraw(id, by)));
    }

    private static HolderId holder(JsonBody body) {
        var number = body.only("holderId").text("holderId");
        try {
            return HolderId.guess("holderId", number.strip().toUpperCase(Locale.ROOT));
        } catch (InvalidInput noNumber) {
            throw new InvalidInput(
                    ProblemCode.HOLDER_NUMBER_INVALID.wireName(), "holderId", "a citizen ID or a credit code");
        }
    }

    private static void answer(RoutingContext request, int status, Future<ErasureResult> result) {
        result.onSuccess(outcome -> {
                    switch (outcome) {
                        case ErasureResult.Done done -> Replies.json(request, status, ErasureJson.of(done.order()));
                        case ErasureResult.ThereAlready there ->
                            Replies.json(request, 200, ErasureJson.of(there.order()));
                        case ErasureResult.Forbidden why -> request.fail(new Refused(forbidden(why.plan())));
                        case ErasureResult.NothingThere none ->
                            request.fail(new Refused(ProblemCode.ERASURE_NOTHING_THERE));
                        case ErasureResult.SamePerson same -> request.fail(new Refused(ProblemCode.SAME_PERSON));
                        case ErasureResult.OtherHolder other ->
                            request.fail(new Refused(ProblemCode.ERASURE_OTHER_HOLDER));
                        case ErasureResult.NotAllowed state -> request.fail(new Refused(ProblemCode.ERASURE_STATE));
                        case ErasureResult.NotOurs changed -> request.fail(new Refused(ProblemCode.ERASURE_CHANGED));
                        case ErasureResult.NotFound missing -> request.fail(new Refused(ProblemCode.NOT_FOUND));
                    }
                })
                .onFailure(request::fail);
    }

    /// With the licences that forbid it, and why.
    private static Problem forbidden(ErasurePlan plan) {
        return Problem.of(ProblemCode.ERASURE_FORBIDDEN)
                .adding(obstacles(plan, Obstacle::chinese, "，"), obstacles(plan, Obstacle::english, ", "));
    }

    private static String obstacles(ErasurePlan plan, Function<Obstacle, String> name, String comma) {
        return plan.licences().stream()
                .filter(licence -> !licence.obstacles().isEmpty())
                .map(licence -> licence.obstacles().stream()
                        .sorted()
                        .map(name)
                        .collect(Collectors.joining(comma, licence.id() + " " + licence.typeName() + ": ", "")))
                .collect(Collectors.joining("; "));
    }

    private void get(RoutingContext request) {
        var id = Params.uuid(Params.path(request, "id"));
        bridge.run(() -> erasures.find(id).orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND)))
                .onSuccess(order -> Replies.json(request, 200, ErasureJson.of(order)))
                .onFailure(request::fail);
    }

    private void list(RoutingContext request) {
        var after = Optional.ofNullable(request.request().getParam("cursor")).map(Params::uuid);
        bridge.run(() -> erasures.all(PAGE + 1, after))
                .onSuccess(found -> {
                    var more = found.size() > PAGE;
                    var page = more ? found.subList(0, PAGE) : found;
                    var next = Optional.of(page)
                            .filter(any -> more)
                            .map(any -> any.getLast().id().toString());
                    Replies.json(request, 200, ErasureJson.page(page, next));
                })
                .onFailure(request::fail);
    }
}
