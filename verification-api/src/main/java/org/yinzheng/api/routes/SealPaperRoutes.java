package org.yinzheng.api.routes;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.time.Clock;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.JsonBody;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.http.SealJson;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.api.signin.Role;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.seals.SealOffice;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealUses;
import org.yinzheng.registry.seals.StepResult;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.CertificateRequest;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.seal.SealPicture;

/// What belongs to a seal: its picture, certificate requests and certificates, and the log of its uses.
public final class SealPaperRoutes {
    private static final int PAGE = 50;
    private static final Map<String, Suite> SUITES = Map.of("rsa", Suite.RSA_SHA256, "sm2", Suite.SM2_SM3);

    private final SealOffice office;
    private final SealUses uses;
    private final Optional<Function<SealRecord, List<DocumentBytes>>> demonstration;
    private final SealAccess access;
    private final Bodies bodies;
    private final Bridge bridge;
    private final Clock clock;

    /// @param demonstration answers certificate requests at once, 仅供演示
    public SealPaperRoutes(
            SealOffice office,
            SealUses uses,
            Optional<Function<SealRecord, List<DocumentBytes>>> demonstration,
            SealAccess access,
            Bodies bodies,
            Bridge bridge,
            Clock clock) {
        this.office = office;
        this.uses = uses;
        this.demonstration = demonstration;
        this.access = access;
        this.bodies = bodies;
        this.bridge = bridge;
        this.clock = clock;
    }

    public void register(Contract contract) {
        contract.on("getSealPicture", this::picture);
        contract.on("getCertificateRequest", this::request);
        contract.on("putCertificates", this::certificates);
        contract.on("listSealUses", this::uses);
        contract.on("searchSealUses", this::search);
        contract.on("getBlastRadius", this::blastRadius);
    }

    private record Sent(String type, DocumentBytes bytes) {}

    private void picture(RoutingContext request) {
        var format = Params.path(request, "format");
        send(request, seal -> picture(seal.picture(), format));
    }

    private static Optional<Sent> picture(SealPicture picture, String format) {
        return switch (format) {
            case "png" -> Optional.of(new Sent("image/png", picture.png()));
            case "svg" ->
                picture.svg().map(svg -> new Sent("image/svg+xml", DocumentBytes.owning(svg.getBytes(UTF_8))));
            default -> Optional.empty();
        };
    }

    private void request(RoutingContext request) {
        var suite = Optional.ofNullable(SUITES.get(Params.path(request, "suite")));
        send(request, seal -> suite.flatMap(known -> office.request(seal.id(), known))
                .map(der -> new Sent(
                        "application/x-pem-file",
                        DocumentBytes.owning(
                                CertificateRequest.pem(der.toByteArray()).getBytes(UTF_8)))));
    }

    private void send(RoutingContext request, Function<SealRecord, Optional<Sent>> from) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        bridge.run(() -> from.apply(access.seal(identity, id)).orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND)))
                .onSuccess(sent -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, sent.type())
                        .putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                        .end(Buffer.buffer(sent.bytes().toByteArray())))
                .onFailure(request::fail);
    }

    private void certificates(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        bodies.json(request)
                .compose(body -> bridge.run(() -> certify(identity, id, body.only("certificates", "demonstration"))))
                .onSuccess(seal -> {
                    SealRoutes.tag(request, seal);
                    Replies.json(request, 200, SealJson.of(seal, clock.instant()));
                })
                .onFailure(request::fail);
    }

    private SealRecord certify(Identity identity, String id, JsonBody body) {
        var seal = access.seal(identity, id);
        var result = office.certify(seal.id(), certificates(seal, body), identity.as(Role.SEAL_CUSTODIAN));
        return switch (result) {
            case StepResult.Done done -> done.seal();
            case StepResult.WrongState wrong -> throw new Refused(ProblemCode.SEAL_STATE);
            case StepResult.SamePerson same -> throw new Refused(ProblemCode.SAME_PERSON);
            case StepResult.Changed changed -> throw new Refused(ProblemCode.SEAL_CHANGED);
            case StepResult.IdTaken taken -> throw new Refused(ProblemCode.SEAL_ID_TAKEN);
            case StepResult.NotFound missing -> throw new Refused(ProblemCode.NOT_FOUND);
        };
    }

    private List<DocumentBytes> certificates(SealRecord seal, JsonBody body) {
        if (body.flag("demonstration", false)) {
            return demonstration
                    .orElseThrow(() -> new InvalidInput(
                            "demonstration-only", "demonstration", "a licensed authority has to be asked here"))
                    .apply(seal);
        }
        var sent = body.texts("certificates").stream()
                .map(text -> DocumentBytes.owning(text.getBytes(UTF_8)))
                .toList();
        if (sent.isEmpty() || sent.size() > SUITES.size()) {
            throw new InvalidInput("required", "certificates", "one or two certificates, each with its chain, in PEM");
        }
        return sent;
    }

    private void uses(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        bridge.run(() -> search(request, Optional.of(access.seal(identity, id).id()), identity))
                .onSuccess(page -> Replies.json(request, 200, SealJson.of(page)))
                .onFailure(request::fail);
    }

    private void search(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        bridge.run(() -> search(request, Optional.empty(), identity))
                .onSuccess(page -> Replies.json(request, 200, SealJson.of(page)))
                .onFailure(request::fail);
    }

    private SealUses.Page search(RoutingContext request, Optional<String> sealId, Identity identity) {
        var query = new SealUses.Query(
                SealAccess.keepers(identity),
                sealId,
                parameter(request, "actor"),
                parameter(request, "digest").map(Digest::new),
                parameter(request, "licence").map(LicenceId::new),
                time(request, "from"),
                time(request, "until"));
        return uses.search(query, PAGE, parameter(request, "cursor"));
    }

    private void blastRadius(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        bridge.run(() -> uses.blastRadius(access.seal(identity, id).id()))
                .onSuccess(radius -> Replies.json(request, 200, SealJson.of(radius)))
                .onFailure(request::fail);
    }

    private static Optional<String> parameter(RoutingContext request, String name) {
        return Optional.ofNullable(request.request().getParam(name)).filter(value -> !value.isBlank());
    }

    private static Optional<Instant> time(RoutingContext request, String name) {
        return parameter(request, name).map(text -> {
            try {
                return Instant.parse(text);
            } catch (DateTimeParseException e) {
                throw new InvalidInput("not-a-time", name, "must be a time such as 2026-11-21T08:00:00Z");
            }
        });
    }
}
