package org.yinzheng.registry.stamping;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import org.yinzheng.registry.licence.CanonicalJson;

/// What is kept of a batch, as JSON.
public final class BatchJson {
    private static final JsonMapper JSON =
            JsonMapper.builder().addMixIn(Outcome.class, Kinds.class).build();

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "outcome")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Outcome.Stamped.class, name = "stamped"),
        @JsonSubTypes.Type(value = Outcome.Refused.class, name = "refused")
    })
    private interface Kinds {}

    private BatchJson() {}

    /// Equal for requests that ask for the same stamps, whoever asks.
    public static byte[] canonical(StampRequest request) {
        var options = request.options();
        var json = JSON.createObjectNode()
                .put("seal", request.sealId())
                .put("purpose", request.purpose())
                .put("level", options.level().name())
                .put("shortfall", options.shortfall().name())
                .put("signatures", options.signatures().name())
                .put("allowedChanges", options.allowedChanges().name())
                .put("closes", options.closes());
        var places = json.putArray("places");
        options.places().forEach(place -> places.add(place.toString()));
        var accepted = json.putArray("accepted");
        options.accepted().stream().sorted().forEach(kind -> accepted.add(kind.name()));
        var documents = json.putArray("documents");
        request.documents()
                .forEach(document -> documents.add(document.digests().sha256().hex()));
        return CanonicalJson.bytes(json);
    }

    public static byte[] documents(List<Batch.Asked> documents) {
        return write(documents);
    }

    public static List<Batch.Asked> documents(byte[] json) {
        return read(json, new TypeReference<>() {});
    }

    public static byte[] outcomes(List<Outcome> outcomes) {
        try {
            return JSON.writerFor(new TypeReference<List<Outcome>>() {}).writeValueAsBytes(outcomes);
        } catch (JsonProcessingException e) {
            throw new AssertionError("outcomes can be written", e);
        }
    }

    public static List<Outcome> outcomes(byte[] json) {
        return read(json, new TypeReference<>() {});
    }

    private static byte[] write(Object value) {
        try {
            return JSON.writeValueAsBytes(value);
        } catch (JsonProcessingException e) {
            throw new AssertionError("plain records can be written", e);
        }
    }

    private static <T> T read(byte[] json, TypeReference<T> type) {
        try {
            return JSON.readValue(json, type);
        } catch (IOException e) {
            throw new IllegalStateException("a recorded batch cannot be read", e);
        }
    }
}
