package org.yinzheng.api.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import org.yinzheng.api.answer.ReportJson;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.Params;
import org.yinzheng.registry.copy.AnnotatedCopy;
import org.yinzheng.registry.copy.CopyDesk;
import org.yinzheng.registry.copy.Purpose;
import org.yinzheng.registry.licence.Format;

/// 加注件: make, look, fetch.
public final class CopyRoutes {
    private final CopyDesk desk;
    private final CopyOrders orders;
    private final Bodies bodies;
    private final Bridge bridge;

    public CopyRoutes(CopyDesk desk, CopyOrders orders, Bodies bodies, Bridge bridge) {
        this.desk = desk;
        this.orders = orders;
        this.bodies = bodies;
        this.bridge = bridge;
    }

    public void register(Contract contract) {
        contract.on("makeCopy", this::make);
        contract.on("listCopies", this::list);
        contract.on("getCopy", this::get);
        contract.on("getCopyDocument", this::document);
    }

    private void make(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        IdempotencyKey.sent(request)
                .compose(key -> bodies.json(request)
                        .compose(body -> bridge.run(() -> {
                            body.only("purpose", "recipient", "lastDay");
                            return orders.make(
                                    identity,
                                    id,
                                    new Purpose(body.text("purpose")),
                                    body.text("recipient"),
                                    body.date("lastDay"),
                                    key);
                        })))
                .onSuccess(made -> {
                    request.response()
                            .putHeader(
                                    "Location", "/api/v1/copies/" + made.copy().id());
                    Replies.json(request, made.now() ? 201 : 200, json(made.copy()));
                })
                .onFailure(request::fail);
    }

    private void list(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        bridge.run(() -> orders.ofLicence(identity, id))
                .onSuccess(copies -> {
                    var json = JsonNodeFactory.instance.objectNode();
                    var items = json.putArray("items");
                    copies.forEach(copy -> items.add(json(copy)));
                    Replies.json(request, 200, json);
                })
                .onFailure(request::fail);
    }

    private void get(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        bridge.run(() -> json(orders.find(identity, id)))
                .onSuccess(json -> Replies.json(request, 200, json))
                .onFailure(request::fail);
    }

    private void document(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        bridge.run(() -> desk.document(orders.find(identity, id)))
                .onSuccess(document -> request.response()
                        .putHeader(HttpHeaders.CONTENT_TYPE, Format.PDF.mediaType())
                        .putHeader(HttpHeaders.CACHE_CONTROL, "private, no-cache")
                        .putHeader(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id + ".pdf\"")
                        .end(Buffer.buffer(document.toByteArray())))
                .onFailure(request::fail);
    }

    private ObjectNode json(AnnotatedCopy copy) {
        var json = ReportJson.copy(copy.facts(), copy.expired(desk.today()));
        json.put("licenceId", copy.licence().value());
        json.put("href", "/api/v1/copies/" + copy.id() + "/document");
        json.put("digest", copy.document().hex());
        json.put("size", copy.size());
        return json;
    }
}
