package org.yinzheng.api.routes;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.Optional;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.JsonBody;
import org.yinzheng.api.http.LicenceJson;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.LicencePage;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;

/// Find and fetch.
public final class LicenceRoutes {
    private static final int PAGE = 20;

    private final Licences licences;
    private final Catalogue catalogue;
    private final Access access;
    private final Bodies bodies;
    private final Bridge bridge;

    public LicenceRoutes(Licences licences, Catalogue catalogue, Access access, Bodies bodies, Bridge bridge) {
        this.licences = licences;
        this.catalogue = catalogue;
        this.access = access;
        this.bodies = bodies;
        this.bridge = bridge;
    }

    public void register(Contract contract) {
        contract.on("searchLicences", this::search);
        contract.on("getLicence", this::get);
        contract.on("getRendition", this::rendition);
        contract.on("listMyLicences", this::mine);
    }

    private void search(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        bodies.json(request)
                .compose(body -> bridge.run(() -> search(identity, body.only("holderId", "type", "number", "cursor"))))
                .onSuccess(page -> Replies.json(request, 200, LicenceJson.of(page)))
                .onFailure(request::fail);
    }

    private LicencePage search(Identity identity, JsonBody body) {
        var holder = body.optionalText("holderId");
        LicencePage page;
        if (holder.isPresent()) {
            page = licences.ofHolder(
                    HolderId.guess("holderId", holder.orElseThrow()), PAGE, body.optionalText("cursor"));
        } else {
            var type = catalogue.code(body.text("type"));
            var found = licences.byNumber(type, new LicenceNumber(body.text("number")));
            page = new LicencePage(found.map(List::of).orElseGet(List::of), Optional.empty());
        }
        // a page may come out short, never with another authority's licence on it
        return new LicencePage(
                page.licences().stream()
                        .filter(licence -> access.issues(identity, licence))
                        .toList(),
                page.next());
    }

    private void get(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        bridge.run(() -> access.licence(identity, id))
                .onSuccess(licence -> {
                    VersionTag.put(request, licence.entry().version());
                    Replies.json(request, 200, LicenceJson.of(licence));
                })
                .onFailure(request::fail);
    }

    /// @param document absent when the caller has it already
    private record Sent(Licence licence, Format format, Optional<DocumentBytes> document) {}

    private void rendition(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        var format = List.of(Format.values()).stream()
                .filter(known -> known.extension().equals(Params.path(request, "format")))
                .findFirst();
        var known = Optional.ofNullable(request.request().getHeader(HttpHeaders.IF_NONE_MATCH));
        bridge.run(() -> {
                    var licence = access.licence(identity, id);
                    var wanted = format.filter(licence.renditions()::containsKey)
                            .orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND));
                    if (known.filter(etag(licence, wanted)::equals).isPresent()) {
                        return new Sent(licence, wanted, Optional.empty());
                    }
                    var document = licences.rendition(licence.id(), wanted)
                            .orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND));
                    return new Sent(licence, wanted, Optional.of(document));
                })
                .onSuccess(sent -> send(request, sent))
                .onFailure(request::fail);
    }

    private static void send(RoutingContext request, Sent sent) {
        var response = request.response()
                .putHeader(HttpHeaders.ETAG, etag(sent.licence(), sent.format()))
                .putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache");
        if (sent.document().isEmpty()) {
            response.setStatusCode(304).end();
            return;
        }
        response.putHeader(HttpHeaders.CONTENT_TYPE, sent.format().mediaType())
                .putHeader(
                        HttpHeaders.CONTENT_DISPOSITION,
                        "attachment; filename=\"" + sent.licence().id().value() + "."
                                + sent.format().extension() + "\"")
                .end(io.vertx.core.buffer.Buffer.buffer(
                        sent.document().orElseThrow().toByteArray()));
    }

    private static String etag(Licence licence, Format format) {
        return "\"" + licence.renditions().get(format) + "\"";
    }

    private void mine(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var cursor = Optional.ofNullable(request.request().getParam("cursor"));
        bridge.run(() -> mine(identity, cursor))
                .onSuccess(page -> Replies.json(request, 200, LicenceJson.of(page)))
                .onFailure(request::fail);
    }

    private LicencePage mine(Identity identity, Optional<String> cursor) {
        return identity.holder()
                .map(holder -> licences.ofHolder(holder, PAGE, cursor))
                .orElseThrow(() -> new InvalidInput("no-holder", "", "the sign-in names no holder"));
    }
}
