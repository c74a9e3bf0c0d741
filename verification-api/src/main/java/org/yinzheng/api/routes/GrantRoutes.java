package org.yinzheng.api.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.grant.Grant;
import org.yinzheng.registry.grant.GrantResult;
import org.yinzheng.registry.grant.Grants;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.InvalidInput;

/// Rights: proposed by one security administrator, confirmed by another.
public final class GrantRoutes {
    private static final int PAGE = 50;

    private final Grants grants;
    private final Bodies bodies;
    private final Bridge bridge;

    public GrantRoutes(Grants grants, Bodies bodies, Bridge bridge) {
        this.grants = grants;
        this.bodies = bodies;
        this.bridge = bridge;
    }

    public void register(Contract contract) {
        contract.on("proposeGrant", this::propose);
        contract.on("listGrants", this::list);
        contract.on("confirmGrant", request -> step(request, grants::confirm));
        contract.on("refuseGrant", request -> step(request, grants::refuse));
        contract.on("endGrant", request -> step(request, grants::end));
    }

    private void propose(RoutingContext request) {
        var by = by(request);
        answer(
                request,
                201,
                bodies.json(request)
                        .compose(body -> bridge.run(() -> {
                            body.only("subject", "role");
                            return grants.propose(body.text("subject"), role(body.text("role")), by);
                        })));
    }

    /// Who holds licences, the sign-in provider says: that is no right to be given.
    private static String role(String name) {
        return Role.find(name)
                .filter(role -> role != Role.CITIZEN)
                .map(Role::wireName)
                .orElseThrow(() -> new InvalidInput("not-a-choice", "role", "no such role"));
    }

    @FunctionalInterface
    private interface Step {
        GrantResult take(UUID id, Actor by);
    }

    private void step(RoutingContext request, Step step) {
        var by = by(request);
        var id = Params.uuid(Params.path(request, "id"));
        answer(request, 200, bridge.run(() -> step.take(id, by)));
    }

    private static void answer(RoutingContext request, int status, Future<GrantResult> result) {
        result.onSuccess(outcome -> {
                    switch (outcome) {
                        case GrantResult.Done done -> Replies.json(request, status, json(done.grant()));
                        case GrantResult.SamePerson same -> request.fail(new Refused(ProblemCode.SAME_PERSON));
                        case GrantResult.Exclusive other -> request.fail(new Refused(ProblemCode.GRANT_EXCLUSIVE));
                        case GrantResult.ThereAlready there -> request.fail(new Refused(ProblemCode.GRANT_THERE));
                        case GrantResult.Changed changed -> request.fail(new Refused(ProblemCode.GRANT_CHANGED));
                        case GrantResult.NotAllowed state -> request.fail(new Refused(ProblemCode.GRANT_STATE));
                        case GrantResult.NotFound missing -> request.fail(new Refused(ProblemCode.NOT_FOUND));
                    }
                })
                .onFailure(request::fail);
    }

    private void list(RoutingContext request) {
        var after = Optional.ofNullable(request.request().getParam("cursor")).map(Params::uuid);
        bridge.run(() -> grants.all(PAGE + 1, after))
                .onSuccess(found -> {
                    var more = found.size() > PAGE;
                    var page = more ? found.subList(0, PAGE) : found;
                    var json = JsonNodeFactory.instance.objectNode();
                    var items = json.putArray("items");
                    page.forEach(grant -> items.add(json(grant)));
                    if (more) {
                        json.put("next", page.getLast().id().toString());
                    }
                    Replies.json(request, 200, json);
                })
                .onFailure(request::fail);
    }

    private static ObjectNode json(Grant grant) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", grant.id().toString());
        json.put("subject", grant.subject());
        json.put("role", grant.role());
        json.put("state", grant.state().name());
        deed(json, "proposed", Optional.of(grant.proposed()));
        deed(json, "decided", grant.decided());
        deed(json, "ended", grant.ended());
        return json;
    }

    private static void deed(ObjectNode json, String what, Optional<Grant.Deed> deed) {
        deed.ifPresent(done -> json.put(what + "By", done.by().subject())
                .put(what + "At", done.at().toString()));
    }

    private static Actor by(RoutingContext request) {
        return Doorkeeper.identity(request).as(Role.SECURITY_ADMIN);
    }
}
