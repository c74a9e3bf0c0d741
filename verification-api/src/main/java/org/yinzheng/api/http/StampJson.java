package org.yinzheng.api.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.registry.stamping.Batch;
import org.yinzheng.registry.stamping.Outcome;
import org.yinzheng.registry.stamping.Rehearsal;
import org.yinzheng.registry.stamping.StampOptions;
import org.yinzheng.registry.stamping.StampRequest;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.stamping.Warning;

/// Requests to stamp and what became of them, as JSON.
public final class StampJson {
    private static final int MOST_PLACES = 50;

    private StampJson() {}

    /// @param text a multipart body's part `request`
    public static JsonBody parse(String text) {
        return JsonBody.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    /// @throws InvalidInput naming the member
    public static StampRequest request(String key, JsonBody body, List<StampRequest.Document> documents) {
        return new StampRequest(key, body.text("seal"), body.text("purpose"), options(body), documents);
    }

    private static StampOptions options(JsonBody body) {
        var places = body.texts("at");
        if (places.size() > MOST_PLACES) {
            throw new InvalidInput("place", "at", "at most " + MOST_PLACES + " places");
        }
        var accepted = EnumSet.noneOf(Warning.Kind.class);
        body.texts("accept").forEach(name -> accepted.add(choice("accept", name, Warning.Kind.values())));
        return new StampOptions(
                places.stream().map(Place::parse).toList(),
                choice(body, "level", Level.B, Level.values()),
                choice(body, "shortfall", Level.Shortfall.REQUIRE, Level.Shortfall.values()),
                choice(body, "signatures", StampOptions.Signatures.BOTH, StampOptions.Signatures.values()),
                choice(
                        body,
                        "allowedChanges",
                        StampOptions.AllowedChanges.UNSAID,
                        StampOptions.AllowedChanges.values()),
                body.flag("closes", false),
                accepted);
    }

    /// Documents that stay with the caller: both digests, because the log of uses is searched by either.
    public static List<StampRequest.Document> digests(JsonBody body) {
        return body.objects("digests").stream()
                .map(one -> new StampRequest.Document(
                        one.only("name", "sha256", "sm3").text("name"),
                        java.util.Optional.empty(),
                        new SealUse.Digests(new Digest(one.text("sha256")), new Digest(one.text("sm3"))),
                        0))
                .toList();
    }

    public static ObjectNode of(Batch batch) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("id", batch.id().toString());
        json.put("seal", batch.sealId());
        json.put("purpose", batch.purpose());
        json.put("requestedBy", batch.actor().subject());
        json.put("recordedAt", batch.recordedAt().toString());
        json.put("state", wire(batch.state()));
        var documents = json.putArray("documents");
        batch.documents().forEach(document -> documents
                .addObject()
                .put("name", document.name())
                .put("sha256", document.sha256().hex())
                .put("size", document.size()));
        batch.decision().ifPresent(decision -> json.putObject("decision")
                .put("by", decision.by())
                .put("at", decision.at().toString())
                .put("reason", decision.reason()));
        if (batch.state() == Batch.State.DONE) {
            var outcomes = json.putArray("outcomes");
            for (int i = 0; i < batch.outcomes().size(); i++) {
                outcomes.add(of(batch, i));
            }
        }
        return json;
    }

    public static ObjectNode of(Rehearsal.Result result) {
        var json = JsonNodeFactory.instance.objectNode();
        json.put("with", result.with()).put("tried", result.tried()).put("fine", result.fine());
        var obstacles = json.putObject("obstacles");
        new java.util.TreeMap<>(result.obstacles()).forEach(obstacles::put);
        return json;
    }

    private static ObjectNode of(Batch batch, int number) {
        var json = JsonNodeFactory.instance.objectNode();
        switch (batch.outcomes().get(number)) {
            case Outcome.Refused refused ->
                json.put("outcome", "refused")
                        .put("name", refused.name())
                        .put("code", refused.code())
                        .put("field", refused.field())
                        .put("rule", refused.rule());
            case Outcome.Stamped stamped -> {
                json.put("outcome", "stamped")
                        .put("name", stamped.name())
                        .put("use", stamped.use().toString())
                        .put("format", stamped.format())
                        .put("originalSha256", stamped.original().hex())
                        .put("sha256", stamped.stamped().hex())
                        .put("size", stamped.size())
                        .put("level", stamped.level().name())
                        .put("checked", stamped.checked())
                        .put("href", "/api/v1/stamps/" + batch.id() + "/documents/" + number);
                var placed = json.putArray("placed");
                stamped.placed().forEach(spot -> placed.addObject()
                        .put("page", spot.page())
                        .put("x", spot.area().x())
                        .put("y", spot.area().y())
                        .put("width", spot.area().width())
                        .put("height", spot.area().height()));
                var warnings = json.putArray("warnings");
                stamped.warnings().forEach(warning -> warnings.addObject()
                        .put("kind", wire(warning.kind()))
                        .put("detail", warning.detail()));
            }
        }
        return json;
    }

    private static <E extends Enum<E>> E choice(JsonBody body, String member, E otherwise, E[] values) {
        return body.optionalText(member)
                .map(name -> choice(member, name, values))
                .orElse(otherwise);
    }

    private static <E extends Enum<E>> E choice(String member, String name, E[] values) {
        return Stream.of(values)
                .filter(value -> wire(value).equalsIgnoreCase(name))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("not-a-choice", member, "is one of " + names(values)));
    }

    private static <E extends Enum<E>> Set<String> names(E[] values) {
        return Stream.of(values).map(StampJson::wire).collect(Collectors.toCollection(java.util.TreeSet::new));
    }

    /// `hidden-layer`, `awaiting-release`.
    static String wire(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
