package org.yinzheng.api.routes;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.Gate;
import org.yinzheng.api.http.JsonBody;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.http.SealJson;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.seals.Move;
import org.yinzheng.registry.seals.RailsJson;
import org.yinzheng.registry.seals.Round;
import org.yinzheng.registry.seals.SealOffice;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.Seals;
import org.yinzheng.registry.seals.Step;
import org.yinzheng.registry.seals.StepResult;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.seal.SealArtist;

/// The life of seals: apply, look, and each step by whoever may do it.
public final class SealRoutes {
    private static final int PAGE = 50;

    private final Seals seals;
    private final SealOffice office;
    private final SealApplications applications;
    private final SealAccess access;
    private final Gate tokenSessions;
    private final Bodies bodies;
    private final Bridge bridge;
    private final Clock clock;

    public SealRoutes(
            Seals seals,
            SealOffice office,
            SealArtist artist,
            SealAccess access,
            Gate tokenSessions,
            Bodies bodies,
            Bridge bridge,
            Clock clock) {
        this.seals = seals;
        this.office = office;
        this.applications = new SealApplications(artist);
        this.access = access;
        this.tokenSessions = tokenSessions;
        this.bodies = bodies;
        this.bridge = bridge;
        this.clock = clock;
    }

    public void register(Contract contract) {
        contract.on("applyForSeal", this::apply);
        contract.on("listSeals", this::list);
        contract.on("getSeal", this::get);
        contract.on("takeSealStep", this::step);
        contract.on("changeGuardRails", this::changeRails);
    }

    private void apply(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        bodies.json(request)
                .compose(body -> bridge.run(
                        () -> office.apply(applications.read(body, identity), identity.as(Role.SEAL_CUSTODIAN))))
                .onSuccess(result -> answer(request, 201, result))
                .onFailure(request::fail);
    }

    private void list(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var cursor = Optional.ofNullable(request.request().getParam("cursor"));
        bridge.run(() -> seals.list(SealAccess.keepers(identity), PAGE + 1, cursor))
                .onSuccess(found -> {
                    var more = found.size() > PAGE;
                    var page = more ? found.subList(0, PAGE) : found;
                    var next = more ? Optional.of(page.getLast().id()) : Optional.<String>empty();
                    Replies.json(request, 200, SealJson.page(page, next, clock.instant()));
                })
                .onFailure(request::fail);
    }

    private record Shown(SealRecord seal, List<Round.Done> history) {}

    private void get(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        bridge.run(() -> new Shown(access.seal(identity, id), seals.history(id)))
                .onSuccess(shown -> {
                    tag(request, shown.seal());
                    Replies.json(request, 200, SealJson.of(shown.seal(), shown.history(), clock.instant()));
                })
                .onFailure(request::fail);
    }

    private void step(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        var seen = VersionTag.seen(request);
        bodies.json(request)
                .compose(body -> bridge.run(() -> step(identity, id, body.only("step", "reason", "validUntil"), seen)))
                .onSuccess(result -> answer(request, 200, result))
                .onFailure(request::fail);
    }

    private StepResult step(Identity identity, String id, JsonBody body, Optional<Long> seen) throws Exception {
        var step = Step.find(body.text("step"))
                .filter(known -> known != Step.APPLY && known != Step.CHANGE_RAILS)
                .orElseThrow(() -> new InvalidInput("seal-step", "step", "there is no such step"));
        var seal = access.seal(identity, id);
        var move = Move.of(
                        step,
                        SealAccess.actor(identity, step),
                        body.optionalText("reason").orElse(""))
                .expecting(seen);
        if (step == Step.RENEW) {
            return office.renew(seal.id(), body.date("validUntil"), move);
        }
        Callable<StepResult> work = () -> office.step(seal.id(), move);
        return step == Step.APPROVE || step == Step.MAKE ? tokenSessions.pass(work) : work.call();
    }

    private void changeRails(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        var seen = VersionTag.seen(request);
        bodies.json(request)
                .compose(body -> bridge.run(() -> {
                    body.only("guardRails", "reason");
                    var rails = RailsJson.read(body.object("guardRails"));
                    var seal = access.seal(identity, id);
                    var actor = SealAccess.actor(identity, Step.CHANGE_RAILS);
                    var move = Move.of(Step.CHANGE_RAILS, actor, body.text("reason"))
                            .expecting(seen);
                    return office.changeRails(seal.id(), rails, move);
                }))
                .onSuccess(result -> answer(request, 200, result))
                .onFailure(request::fail);
    }

    private void answer(RoutingContext request, int status, StepResult result) {
        switch (result) {
            case StepResult.Done done -> {
                tag(request, done.seal());
                if (status == 201) {
                    request.response()
                            .putHeader(
                                    HttpHeaders.LOCATION,
                                    "/api/v1/seals/" + done.seal().id());
                }
                Replies.json(request, status, SealJson.of(done.seal(), clock.instant()));
            }
            case StepResult.WrongState wrong -> request.fail(new Refused(ProblemCode.SEAL_STATE));
            case StepResult.SamePerson same -> request.fail(new Refused(ProblemCode.SAME_PERSON));
            case StepResult.Changed changed -> request.fail(new Refused(ProblemCode.SEAL_CHANGED));
            case StepResult.IdTaken taken -> request.fail(new Refused(ProblemCode.SEAL_ID_TAKEN));
            case StepResult.NotFound missing -> request.fail(new Refused(ProblemCode.NOT_FOUND));
        }
    }

    static void tag(RoutingContext request, SealRecord seal) {
        VersionTag.put(request, seal.version());
    }
}
