package org.yinzheng.api.routes;

import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.DisputeJson;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.JsonBody;
import org.yinzheng.api.http.LicenceJson;
import org.yinzheng.api.http.LifeJson;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.dispute.Dispute;
import org.yinzheng.registry.dispute.Disputes;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.life.Change;
import org.yinzheng.registry.life.ChangeResult;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.LicenceLife;
import org.yinzheng.registry.life.Passage;
import org.yinzheng.registry.life.Transition;

/// Suspend, resume, revoke, and what happened to a licence.
public final class LifeRoutes {
    private final LicenceLife life;
    private final Disputes disputes;
    private final Access access;
    private final Bodies bodies;
    private final Bridge bridge;

    public LifeRoutes(LicenceLife life, Disputes disputes, Access access, Bodies bodies, Bridge bridge) {
        this.life = life;
        this.disputes = disputes;
        this.access = access;
        this.bodies = bodies;
        this.bridge = bridge;
    }

    public void register(Contract contract) {
        contract.on("suspendLicence", request -> change(request, Transition.SUSPEND));
        contract.on("resumeLicence", request -> change(request, Transition.RESUME));
        contract.on("revokeLicence", request -> change(request, Transition.REVOKE));
        contract.on("getHistory", this::history);
    }

    static Grounds grounds(JsonBody body) {
        body.only("reasonCode", "legalBasis", "note");
        return new Grounds(
                body.text("reasonCode"),
                body.text("legalBasis"),
                body.optionalText("note").orElse(""));
    }

    private void change(RoutingContext request, Transition transition) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        var seen = VersionTag.seen(request);
        var actor = identity.as(Role.ISSUER);
        IdempotencyKey.optional(request, actor)
                .compose(key -> bodies.json(request)
                        .compose(body -> bridge.run(() -> {
                            var change = new Change(transition, grounds(body), actor, seen, key);
                            return life.change(access.issued(identity, id).id(), change);
                        })))
                .onSuccess(result -> answer(request, result))
                .onFailure(request::fail);
    }

    private static void answer(RoutingContext request, ChangeResult result) {
        switch (result) {
            case ChangeResult.Done done -> answer(request, done.licence());
            case ChangeResult.AlreadyDone before -> answer(request, before.licence());
            case ChangeResult.NotAllowed state -> request.fail(new Refused(ProblemCode.NOT_IN_FORCE));
            case ChangeResult.Overtaken other -> request.fail(new Refused(ProblemCode.LICENCE_CHANGED));
            case ChangeResult.KeyReused reused -> request.fail(new Refused(ProblemCode.IDEMPOTENCY_KEY_REUSED));
            case ChangeResult.NotFound missing -> request.fail(new Refused(ProblemCode.NOT_FOUND));
        }
    }

    private static void answer(RoutingContext request, Licence licence) {
        VersionTag.put(request, licence.entry().version());
        Replies.json(request, 200, LicenceJson.of(licence));
    }

    /// @param forAuthority whether who acted is told: the authority knows its people, holders need not
    private record Told(Licence licence, List<Passage> passages, List<Dispute> disputes, boolean forAuthority) {}

    private void history(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        bridge.run(() -> told(identity, access.own(identity, id), id))
                .onSuccess(told -> {
                    var json = LifeJson.history(told.licence(), told.passages(), told.forAuthority());
                    var list = json.putArray("disputes");
                    told.disputes().forEach(dispute -> list.add(DisputeJson.of(dispute, told.forAuthority())));
                    VersionTag.put(request, told.licence().entry().version());
                    Replies.json(request, 200, json);
                })
                .onFailure(request::fail);
    }

    private Told told(Identity identity, Optional<Licence> own, String id) {
        var licence = own.orElseGet(() -> access.issued(identity, id));
        return new Told(
                licence,
                life.history(licence.id()),
                disputes.ofLicence(licence.id()),
                access.issues(identity, licence));
    }
}
