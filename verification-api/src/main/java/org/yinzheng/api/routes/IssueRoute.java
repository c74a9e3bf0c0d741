package org.yinzheng.api.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.Gate;
import org.yinzheng.api.http.JsonBody;
import org.yinzheng.api.http.LicenceJson;
import org.yinzheng.api.http.Meters;
import org.yinzheng.api.problem.Problem;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.issuance.Issuance;
import org.yinzheng.registry.issuance.IssueRequest;
import org.yinzheng.registry.issuance.IssueResult;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Issues a licence: reads the request, passes the gate at the token, hands over to the registry's ceremony.
public final class IssueRoute {
    private static final int RETRY_SECONDS = 2;

    private final Issuance issuance;
    private final Catalogue catalogue;
    private final Access access;
    private final Gate tokenSessions;
    private final Meters meters;
    private final Bodies bodies;
    private final Bridge bridge;

    public IssueRoute(
            Issuance issuance,
            Catalogue catalogue,
            Access access,
            Gate tokenSessions,
            Meters meters,
            Bodies bodies,
            Bridge bridge) {
        this.issuance = issuance;
        this.catalogue = catalogue;
        this.access = access;
        this.tokenSessions = tokenSessions;
        this.meters = meters;
        this.bodies = bodies;
        this.bridge = bridge;
    }

    public void register(Contract contract) {
        contract.on("issueLicence", this::issue);
    }

    private void issue(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var actor = identity.as(Role.ISSUER);
        var key = request.request().getHeader("Idempotency-Key");
        if (key == null || !key.matches("[!-~]{8,128}")) {
            request.fail(new Refused(ProblemCode.HEADER_MISSING));
            return;
        }
        bodies.json(request)
                .compose(body -> bridge.run(() -> {
                    var asked = read(ownKey(actor, key), body);
                    return visible(identity, tokenSessions.pass(() -> issuance.issue(asked, actor)));
                }))
                .onSuccess(result -> answer(request, result))
                .onFailure(failure -> {
                    meters.issue(outcome(failure));
                    request.fail(failure);
                });
    }

    /// A key names a request of one client: another's equal key is another request.
    static String ownKey(Actor actor, String key) {
        return Digest.sha256((actor.subject() + "\0" + key).getBytes(UTF_8)).hex();
    }

    private IssueRequest read(String key, JsonBody body) {
        body.only("type", "number", "holderId", "holderName", "data", "validFrom", "validUntil");
        var type = catalogue.type(body.text("type"));
        return new IssueRequest(
                key,
                type.code(),
                body.optionalText("number").map(LicenceNumber::new),
                new Holder(type.holderId("holderId", body.text("holderId")), body.text("holderName")),
                body.object("data"),
                body.date("validFrom"),
                body.optionalDate("validUntil"),
                Optional.empty());
    }

    /// A key that another authority's issuer used is taken, and what it made is not shown.
    private IssueResult visible(Identity identity, IssueResult result) {
        return result instanceof IssueResult.AlreadyIssued already && !access.issues(identity, already.licence())
                ? new IssueResult.KeyReused()
                : result;
    }

    private void answer(RoutingContext request, IssueResult result) {
        switch (result) {
            case IssueResult.Issued issued -> {
                meters.issue(Meters.Issue.ISSUED);
                request.response()
                        .putHeader(
                                "Location",
                                "/api/v1/licences/" + issued.licence().id());
                Replies.json(request, 201, LicenceJson.of(issued.licence()));
            }
            case IssueResult.AlreadyIssued already -> {
                meters.issue(Meters.Issue.ALREADY_ISSUED);
                Replies.json(request, 200, LicenceJson.of(already.licence()));
            }
            case IssueResult.KeyReused reused -> refuse(request, Problem.of(ProblemCode.IDEMPOTENCY_KEY_REUSED));
            case IssueResult.NumberTaken taken -> refuse(request, Problem.of(ProblemCode.NUMBER_TAKEN));
            case IssueResult.InProgress inProgress ->
                refuse(request, Problem.of(ProblemCode.ISSUE_IN_PROGRESS).after(RETRY_SECONDS));
        }
    }

    private void refuse(RoutingContext request, Problem problem) {
        meters.issue(Meters.Issue.REFUSED);
        request.fail(new Refused(problem));
    }

    private static Meters.Issue outcome(Throwable failure) {
        return switch (failure) {
            case Failure.NotDone notDone -> Meters.Issue.NOT_DONE;
            case Refused refused -> Meters.Issue.REFUSED;
            case InvalidInput invalid -> Meters.Issue.REFUSED;
            default -> Meters.Issue.UNKNOWN;
        };
    }
}
