package org.yinzheng.api.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.ext.web.RoutingContext;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.LicenceJson;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.http.ReportJson;
import org.yinzheng.api.http.Verification;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.licence.Licences;

/// What anybody may ask: verify a document, a licence's standing, the catalogue.
public final class PublicRoutes {
    private final Verification verification;
    private final Licences licences;
    private final Catalogue catalogue;
    private final Bodies bodies;
    private final Bridge bridge;

    public PublicRoutes(
            Verification verification, Licences licences, Catalogue catalogue, Bodies bodies, Bridge bridge) {
        this.verification = verification;
        this.licences = licences;
        this.catalogue = catalogue;
        this.bodies = bodies;
        this.bridge = bridge;
    }

    public void register(Contract contract) {
        contract.on("verifyDocument", this::verify);
        contract.on("getStanding", this::standing);
        contract.on("listLicenceTypes", this::types);
    }

    private void verify(RoutingContext request) {
        bodies.file(request)
                .compose(upload -> bridge.run(() -> {
                    var outcome = verification.verify(upload);
                    return ReportJson.of(upload.name(), outcome.report(), outcome.lookup());
                }))
                .onSuccess(json -> Replies.json(request, 200, json))
                .onFailure(request::fail);
    }

    private void standing(RoutingContext request) {
        var id = Params.path(request, "id");
        bridge.run(() -> licences.standing(id).orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND)))
                .onSuccess(fact -> Replies.json(request, 200, ReportJson.standing(fact)))
                .onFailure(request::fail);
    }

    private void types(RoutingContext request) {
        var json = JsonNodeFactory.instance.objectNode();
        var items = json.putArray("items");
        catalogue.types().forEach(type -> items.add(LicenceJson.of(type)));
        Replies.json(request, 200, json);
    }
}
