package org.yinzheng.api.routes;

import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import java.util.stream.Stream;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.Gate;
import org.yinzheng.api.http.JsonBody;
import org.yinzheng.api.http.LicenceJson;
import org.yinzheng.api.http.Meters;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.problem.Problem;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.issuance.Issuance;
import org.yinzheng.registry.issuance.IssueRequest;
import org.yinzheng.registry.issuance.IssueResult;
import org.yinzheng.registry.issuance.Supersession;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.Party;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// Issues a licence: reads the request, passes the gate at the token, hands over to the registry's ceremony.
public final class IssueRoute {
    private static final int RETRY_SECONDS = 2;
    private static final String[] MEMBERS = {
        "type", "number", "holderId", "holderName", "others", "data", "validFrom", "validUntil", "parts"
    };
    private static final String[] CORRECTION_MEMBERS = {
        "grounds", "number", "holderId", "holderName", "others", "data", "validFrom", "validUntil", "parts"
    };

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
        contract.on("correctLicence", this::correct);
    }

    private void issue(RoutingContext request) {
        issue(
                request,
                (key, body) -> read(key, body.only(MEMBERS), catalogue.type(body.text("type")), Optional.empty()));
    }

    /// A new version in place of a licence of the caller's own authority.
    private void correct(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        var seen = VersionTag.seen(request);
        issue(request, (key, body) -> {
            var grounds = LifeRoutes.grounds(body.member("grounds"));
            var old = access.issued(identity, id);
            return read(
                    key,
                    body.only(CORRECTION_MEMBERS),
                    catalogue.type(old.typeCode()),
                    Optional.of(new Supersession(old.id(), seen, grounds)));
        });
    }

    @FunctionalInterface
    private interface Reader {
        IssueRequest read(String key, JsonBody body);
    }

    private void issue(RoutingContext request, Reader reader) {
        var identity = Doorkeeper.identity(request);
        var actor = identity.as(Role.ISSUER);
        IdempotencyKey.required(request, actor)
                .compose(key -> bodies.json(request)
                        .compose(body -> bridge.run(() -> {
                            var asked = reader.read(key, body);
                            return visible(identity, tokenSessions.pass(() -> issuance.issue(asked, actor)));
                        })))
                .onSuccess(result -> answer(request, result))
                .onFailure(failure -> {
                    meters.issue(outcome(failure));
                    request.fail(failure);
                });
    }

    private static IssueRequest read(String key, JsonBody body, LicenceType type, Optional<Supersession> supersedes) {
        return new IssueRequest(
                key,
                type.code(),
                body.optionalText("number").map(LicenceNumber::new),
                new Holder(type.holderId("holderId", body.text("holderId")), body.text("holderName")),
                body.object("data"),
                body.date("validFrom"),
                body.optionalDate("validUntil"),
                Optional.empty(),
                body.objects("others").stream()
                        .map(other -> party(other.only("role", "holderId", "holderName")))
                        .toList(),
                supersedes,
                body.texts("parts").stream().map(IssueRoute::part).toList());
    }

    /// Text that is no identifier is no licence of anybody's.
    private static LicenceId part(String id) {
        try {
            return new LicenceId(id);
        } catch (InvalidInput notAnIdentifier) {
            var fault = new InvalidInput("part-unknown", "parts", "the holder has no such licence");
            fault.initCause(notAnIdentifier);
            throw fault;
        }
    }

    private static Party party(JsonBody other) {
        var role = Stream.of(Party.Role.values())
                .filter(known -> known.name().equals(other.text("role")))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("not-a-choice", "others", "no such role"));
        return new Party(new Holder(HolderId.guess("others", other.text("holderId")), other.text("holderName")), role);
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
            case IssueResult.NotReplaceable state -> refuse(request, Problem.of(ProblemCode.NOT_REPLACEABLE));
            case IssueResult.Overtaken overtaken -> refuse(request, Problem.of(ProblemCode.LICENCE_CHANGED));
            case IssueResult.PartNotInForce part -> refuse(request, Problem.of(ProblemCode.PART_NOT_IN_FORCE));
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
