package org.yinzheng.api.routes;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.yinzheng.api.http.AuditJson;
import org.yinzheng.api.http.Bridge;
import org.yinzheng.api.problem.ProblemCode;
import org.yinzheng.api.problem.Refused;
import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.registry.audit.AuditQuery;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;

/// The audit log: its entries for the audit administrator; checkpoints and proofs, which name nobody, for everybody.
public final class AuditRoutes {
    private static final int PAGE = 50;

    private final AuditLog log;
    private final Bridge bridge;

    public AuditRoutes(AuditLog log, Bridge bridge) {
        this.log = log;
        this.bridge = bridge;
    }

    public void register(Contract contract) {
        contract.on("listAuditEntries", this::entries);
        contract.on("getAuditCheckpoint", this::checkpoint);
        contract.on(
                "getAuditKey",
                request -> Replies.text(request, "text/plain", log.key().text() + "\n"));
        contract.on("getAuditProof", this::proof);
    }

    private void entries(RoutingContext request) {
        bridge.run(() -> log.entries(new AuditQuery(
                        parameter(request, "subject"),
                        parameter(request, "actor"),
                        parameter(request, "action"),
                        time(request, "from"),
                        time(request, "until"),
                        parameter(request, "limit")
                                .map(text -> (int) Math.min(number("limit", text), Integer.MAX_VALUE))
                                .orElse(PAGE),
                        parameter(request, "cursor"))))
                .onSuccess(page -> Replies.json(request, 200, AuditJson.of(page)))
                .onFailure(request::fail);
    }

    private void checkpoint(RoutingContext request) {
        bridge.run(() -> log.checkpoint().orElseThrow(() -> new Refused(ProblemCode.NOT_FOUND)))
                .onSuccess(note -> Replies.text(request, "text/plain; charset=utf-8", note))
                .onFailure(request::fail);
    }

    /// `index` asks for an inclusion proof, `from` for a consistency proof.
    private void proof(RoutingContext request) {
        bridge.run(() -> {
                    long size = number("size", parameter(request, "size").orElse(""));
                    var index = parameter(request, "index");
                    var from = parameter(request, "from");
                    if (index.isPresent() == from.isPresent()) {
                        throw new InvalidInput("audit-proof", "", "either index or from");
                    }
                    return json(
                            index.isPresent()
                                    ? log.inclusion(number("index", index.get()), size)
                                    : log.consistency(number("from", from.orElseThrow()), size));
                })
                .onSuccess(json -> Replies.json(request, 200, json))
                .onFailure(request::fail);
    }

    private static ObjectNode json(List<Digest> hashes) {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("hashes");
        hashes.forEach(hash -> list.add(hash.hex()));
        return json;
    }

    private static Optional<java.time.Instant> time(RoutingContext request, String name) {
        return parameter(request, name).map(text -> {
            try {
                return OffsetDateTime.parse(text).toInstant();
            } catch (DateTimeException e) {
                throw new InvalidInput("time", name, "a time with its zone, such as 2026-11-21T08:00:00+08:00");
            }
        });
    }

    private static long number(String name, String text) {
        if (!text.matches("[0-9]{1,18}")) {
            throw new InvalidInput("number", name, "a number without sign");
        }
        return Long.parseLong(text);
    }

    private static Optional<String> parameter(RoutingContext request, String name) {
        return Optional.ofNullable(request.request().getParam(name));
    }
}
