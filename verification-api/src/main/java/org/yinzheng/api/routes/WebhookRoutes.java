package org.yinzheng.api.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.UUID;
import org.yinzheng.api.client.AllowedHosts;
import org.yinzheng.api.http.Bodies;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.http.Doorkeeper;
import org.yinzheng.api.http.JsonBody;
import org.yinzheng.api.http.Params;
import org.yinzheng.api.notice.Courier;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.api.signin.Identity;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.notice.Outbox;
import org.yinzheng.registry.notice.Webhook;
import org.yinzheng.signing.InvalidInput;

/// Who is told when a licence changes, and who relied on one.
public final class WebhookRoutes {
    private static final int MOST = 10;
    private static final int LONGEST_URL = 1000;

    private final Outbox outbox;
    private final AllowedHosts hosts;
    private final Courier courier;
    private final Access access;
    private final Bodies bodies;
    private final Bridge bridge;

    public WebhookRoutes(
            Outbox outbox, AllowedHosts hosts, Courier courier, Access access, Bodies bodies, Bridge bridge) {
        this.outbox = outbox;
        this.hosts = hosts;
        this.courier = courier;
        this.access = access;
        this.bodies = bodies;
        this.bridge = bridge;
    }

    public void register(Contract contract) {
        contract.on("subscribe", this::subscribe);
        contract.on("listWebhooks", this::list);
        contract.on("unsubscribe", this::unsubscribe);
        contract.on("listReliance", this::reliance);
        contract.on(
                "getNoticeKeys",
                request -> Replies.text(request, "application/jwk-set+json; charset=utf-8", courier.keys()));
    }

    private void subscribe(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        bodies.json(request)
                .compose(body -> bridge.run(() -> subscribe(identity, body.only("url", "authority"))))
                .onSuccess(webhook -> Replies.json(request, 201, json(webhook)))
                .onFailure(request::fail);
    }

    private Webhook subscribe(Identity identity, JsonBody body) {
        var url = url(body.text("url"));
        var issuedBy = body.optionalText("authority").map(code -> CreditCode.of("authority", code));
        if (issuedBy.isPresent() && !access.authorities(identity).contains(issuedBy.get())) {
            throw new InvalidInput("no-authority", "authority", "you do not issue for this authority");
        }
        if (outbox.webhooks(identity.subject()).size() >= MOST) {
            throw new InvalidInput("webhooks", "url", "at most " + MOST + " webhooks: end one first");
        }
        return outbox.subscribe(identity.subject(), issuedBy, url);
    }

    private URI url(String text) {
        try {
            var url = new URI(text);
            if (text.length() <= LONGEST_URL && url.getRawFragment() == null && hosts.allow(url)) {
                return url;
            }
        } catch (URISyntaxException e) {
            // falls through: one rule
        }
        throw new InvalidInput(
                "webhook-host", "url", "an http(s) address on a host that this installation's settings list");
    }

    private void list(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        bridge.run(() -> outbox.webhooks(identity.subject()))
                .onSuccess(all -> {
                    var json = JsonNodeFactory.instance.objectNode();
                    var items = json.putArray("items");
                    all.forEach(webhook -> items.add(json(webhook)));
                    Replies.json(request, 200, json);
                })
                .onFailure(request::fail);
    }

    private void unsubscribe(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        bridge.run(() -> uuid(id).map(known -> outbox.unsubscribe(identity.subject(), known))
                        .orElse(false))
                .onSuccess(ended -> {
                    if (ended) {
                        request.response().setStatusCode(204).end();
                    } else {
                        request.fail(new Refused(ProblemCode.NOT_FOUND));
                    }
                })
                .onFailure(request::fail);
    }

    private void reliance(RoutingContext request) {
        var identity = Doorkeeper.identity(request);
        var id = Params.path(request, "id");
        bridge.run(() -> outbox.relyingOn(access.issued(identity, id).id()))
                .onSuccess(all -> {
                    var json = JsonNodeFactory.instance.objectNode();
                    var items = json.putArray("items");
                    all.forEach(one -> items.addObject()
                            .put("subject", one.subject())
                            .put("firstAt", one.first().toString())
                            .put("lastAt", one.last().toString())
                            .put("times", one.times())
                            .put("noticesDelivered", one.told())
                            .put("noticesWaiting", one.waiting()));
                    Replies.json(request, 200, json);
                })
                .onFailure(request::fail);
    }

    private static ObjectNode json(Webhook webhook) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", webhook.id().toString());
        json.put("url", webhook.url().toString());
        webhook.issuedBy().ifPresent(code -> json.put("authority", code.value()));
        json.put("since", webhook.since().toString());
        return json;
    }

    /// Text that is no identifier names no webhook.
    private static Optional<UUID> uuid(String text) {
        try {
            return Optional.of(UUID.fromString(text));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
