package org.yinzheng.api.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.ext.web.RoutingContext;
import org.yinzheng.api.answer.ReportJson;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.LicenceJson;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.licence.Licences;

/// What anybody may ask beside verifying: a licence's standing, the catalogue.
public final class PublicRoutes {
    private final Licences licences;
    private final Catalogue catalogue;
    private final Bridge bridge;

    public PublicRoutes(Licences licences, Catalogue catalogue, Bridge bridge) {
        this.licences = licences;
        this.catalogue = catalogue;
        this.bridge = bridge;
    }

    public void register(Contract contract) {
        contract.on("getStanding", this::standing);
        contract.on("listLicenceTypes", this::types);
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
