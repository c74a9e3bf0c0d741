package org.yinzheng.api.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import java.util.Optional;
import org.yinzheng.api.answer.Lookup;
import org.yinzheng.api.answer.ReportJson;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.LicenceJson;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.copy.CopyDesk;
import org.yinzheng.registry.copy.CopyId;
import org.yinzheng.registry.licence.Licences;

/// What anybody may ask beside verifying: the standing of a licence or of a copy, the catalogue.
public final class PublicRoutes {
    private final Licences licences;
    private final CopyDesk copies;
    private final Catalogue catalogue;
    private final Bridge bridge;

    public PublicRoutes(Licences licences, CopyDesk copies, Catalogue catalogue, Bridge bridge) {
        this.licences = licences;
        this.copies = copies;
        this.catalogue = catalogue;
        this.bridge = bridge;
    }

    public void register(Contract contract) {
        contract.on("getStanding", this::standing);
        contract.on("listLicenceTypes", this::types);
    }

    private void standing(RoutingContext request) {
        var id = Params.path(request, "id");
        bridge.run(() -> standing(id).orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND)))
                .onSuccess(json -> Replies.json(request, 200, json))
                .onFailure(request::fail);
    }

    private Optional<ObjectNode> standing(String id) {
        var copy = CopyId.parse(id).flatMap(copies::find);
        return licences.standing(copy.map(made -> made.licence().value()).orElse(id))
                .map(fact -> copy.map(made -> new Lookup.Copy(made.facts(), fact, false, made.expired(copies.today())))
                        .map(ReportJson::standing)
                        .orElseGet(() -> ReportJson.standing(fact)));
    }

    private void types(RoutingContext request) {
        var json = JsonNodeFactory.instance.objectNode();
        var items = json.putArray("items");
        catalogue.types().forEach(type -> items.add(LicenceJson.of(type)));
        Replies.json(request, 200, json);
    }
}
