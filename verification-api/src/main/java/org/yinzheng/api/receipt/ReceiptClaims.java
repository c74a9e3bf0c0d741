package org.yinzheng.api.receipt;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.stream.StreamSupport;
import org.yinzheng.registry.verification.StoredVerification;
import org.yinzheng.signing.verdict.Bilingual;

/// What a receipt states: digests, codes and facts of the registry. No name of a file and nothing of a holder; whether
/// one was compared stands in the answer.
final class ReceiptClaims {
    private static final List<String> OF_DOCUMENT =
            List.of("format", "size", "digests", "indication", "integrity", "reasons", "licenceId");
    private static final List<String> OF_STANDING =
            List.of("licenceId", "known", "unavailable", "standing", "typeName", "authorityName", "asOf");

    private ReceiptClaims() {}

    /// @param issuer under which the keys are published
    /// @param signedBy who vouches for the signature
    static ObjectNode of(StoredVerification stored, VerifyingBody body, Bilingual signedBy, URI issuer) {
        var result = stored.result().orElseThrow();
        var claims = JsonNodeFactory.instance.objectNode();
        claims.put("iss", issuer.toString());
        claims.put("jti", stored.id().value());
        claims.put("iat", Instant.parse(result.path("verifiedAt").asText()).getEpochSecond());
        claims.put("body", body.name());
        claims.putObject("signedBy").put("zh", signedBy.zh()).put("en", signedBy.en());
        claims.put("software", body.software());
        claims.set("verifiedAt", result.path("verifiedAt"));
        if (result.has("validationTime")) {
            claims.set("validationTime", result.path("validationTime"));
        }
        claims.set("asked", result.path("asked"));
        var documents = claims.putArray("documents");
        documents(result).forEach(document -> documents.add(picked(document, OF_DOCUMENT)));
        if (result.has("standing")) {
            claims.set("standing", picked(result.path("standing"), OF_STANDING));
        }
        if (result.has("twins")) {
            claims.set("twins", picked(result.path("twins"), List.of("state", "fields")));
        }
        var answers = claims.putObject("answers");
        for (var question : List.of("genuine", "inForce", "holder")) {
            answers.set(question, picked(result.path("answers").path(question), List.of("value", "code")));
        }
        return claims;
    }

    /// One document stands in the answer itself, several in a list; a digest that nobody knows is all there is of one.
    static List<JsonNode> documents(JsonNode result) {
        if (result.has("documents")) {
            return StreamSupport.stream(result.path("documents").spliterator(), false)
                    .toList();
        }
        return result.has("indication") || result.has("digests") ? List.of(result) : List.of();
    }

    private static ObjectNode picked(JsonNode from, List<String> members) {
        var json = JsonNodeFactory.instance.objectNode();
        members.stream().filter(from::has).forEach(member -> json.set(member, from.path(member)));
        return json;
    }
}
