package org.yinzheng.registry.issuance;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.HolderKind;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.CanonicalJson;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.Party;
import org.yinzheng.registry.licence.Provenance;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.signing.Digest;

/// A request as bytes, for the record of an intent, and what of it makes two requests the same.
public final class RequestJson {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(com.fasterxml.jackson.databind.DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private RequestJson() {}

    /// Equal for requests that ask for the same licence, whoever asks and in whichever batch.
    public static byte[] canonical(IssueRequest request) {
        var json = asked(request);
        request.provenance().ifPresent(from -> json.put("scan", from.scan().hex()));
        return CanonicalJson.bytes(json);
    }

    public static byte[] write(IssueRequest request) {
        var json = asked(request);
        json.put("idempotencyKey", request.idempotencyKey());
        request.provenance().ifPresent(from -> json.putObject("provenance")
                .put("scan", from.scan().hex())
                .put("batch", from.batch())
                .put("operator", from.operator()));
        try {
            return JSON.writeValueAsBytes(json);
        } catch (JsonProcessingException e) {
            throw new AssertionError("a tree can be written", e);
        }
    }

    public static IssueRequest read(byte[] bytes) {
        try {
            var json = JSON.readTree(bytes);
            return new IssueRequest(
                    json.path("idempotencyKey").asText(),
                    json.path("type").asText(),
                    text(json, "number").map(LicenceNumber::new),
                    holder(json),
                    json.path("data"),
                    LocalDate.parse(json.path("validFrom").asText()),
                    text(json, "validUntil").map(LocalDate::parse),
                    Optional.of(json.path("provenance"))
                            .filter(JsonNode::isObject)
                            .map(from -> new Provenance(
                                    new Digest(from.path("scan").asText()),
                                    from.path("batch").asText(),
                                    from.path("operator").asText())),
                    others(json.path("others")),
                    Optional.of(json.path("supersedes"))
                            .filter(JsonNode::isObject)
                            .map(RequestJson::supersession),
                    StreamSupport.stream(json.path("parts").spliterator(), false)
                            .map(part -> new LicenceId(part.asText()))
                            .toList());
        } catch (IOException e) {
            throw new IllegalStateException("a recorded request cannot be read", e);
        }
    }

    private static Holder holder(JsonNode json) {
        return new Holder(
                HolderId.of(
                        HolderKind.valueOf(json.path("holderKind").asText()),
                        "holderId",
                        json.path("holderId").asText()),
                json.path("holderName").asText());
    }

    private static List<Party> others(JsonNode json) {
        return StreamSupport.stream(json.spliterator(), false)
                .map(party -> new Party(
                        holder(party), Party.Role.valueOf(party.path("role").asText())))
                .toList();
    }

    private static Supersession supersession(JsonNode json) {
        return new Supersession(
                new LicenceId(json.path("licence").asText()),
                Optional.of(json.path("version")).filter(JsonNode::isNumber).map(JsonNode::asLong),
                new Grounds(
                        json.path("reasonCode").asText(),
                        json.path("legalBasis").asText(),
                        json.path("note").asText()));
    }

    private static ObjectNode asked(IssueRequest request) {
        var json = JSON.createObjectNode();
        json.put("type", request.type());
        request.number().ifPresent(number -> json.put("number", number.value()));
        json.put("holderKind", request.holder().id().kind().name());
        json.put("holderId", request.holder().id().value());
        json.put("holderName", request.holder().name());
        if (!request.others().isEmpty()) { // requests recorded before there were others have the same fingerprint
            var others = json.putArray("others");
            request.others().forEach(party -> others.addObject()
                    .put("role", party.role().name())
                    .put("holderKind", party.who().id().kind().name())
                    .put("holderId", party.who().id().value())
                    .put("holderName", party.who().name()));
        }
        request.supersedes().ifPresent(replaced -> {
            var grounds = replaced.grounds();
            var node = json.putObject("supersedes")
                    .put("licence", replaced.licence().value())
                    .put("reasonCode", grounds.reasonCode())
                    .put("legalBasis", grounds.legalBasis())
                    .put("note", grounds.note());
            replaced.seen().ifPresent(version -> node.put("version", version));
        });
        if (!request.parts().isEmpty()) {
            var parts = json.putArray("parts");
            request.parts().forEach(part -> parts.add(part.value()));
        }
        json.set("data", request.data());
        json.put("validFrom", request.validFrom().toString());
        request.validUntil().ifPresent(day -> json.put("validUntil", day.toString()));
        return json;
    }

    private static Optional<String> text(JsonNode json, String name) {
        return Optional.of(json.path(name)).filter(JsonNode::isTextual).map(JsonNode::asText);
    }
}
