package org.yinzheng.api.client;

import static org.yinzheng.api.client.ServerConnection.segment;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.yinzheng.registry.copy.CopyFacts;
import org.yinzheng.registry.copy.CopyId;
import org.yinzheng.registry.copy.CopyUse;
import org.yinzheng.registry.copy.Purpose;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Part;
import org.yinzheng.registry.licence.Parts;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.licence.StandingFact;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// 在案状态: what the registry says of a licence or of a copy, to anybody who has its identifier.
public final class StandingRoutes {
    private final ServerConnection server;

    StandingRoutes(ServerConnection server) {
        this.server = server;
    }

    /// What the registry says of a licence; empty when it does not know the identifier.
    public Optional<StandingFact> of(String licenceId) {
        return server.find("/api/v1/standing/" + segment(licenceId)).map(StandingRoutes::fact);
    }

    /// A copy for one use as the registry has it.
    ///
    /// @param licence the standing of the licence behind it
    public record CopyAnswer(CopyFacts copy, StandingFact licence, boolean expired) {}

    /// What the registry says of a copy; empty when it does not know the identifier.
    public Optional<CopyAnswer> ofCopy(CopyId id) {
        return server.find("/api/v1/standing/" + id).map(json -> copy(id, json));
    }

    private static CopyAnswer copy(CopyId id, JsonNode json) {
        var copy = json.path("copy");
        try {
            var use = new CopyUse(
                    new Purpose(copy.path("purpose").asText()),
                    copy.path("recipient").asText(),
                    LocalDate.parse(copy.path("lastDay").asText()));
            var facts = new CopyFacts(
                    id,
                    use,
                    copy.path("madeAs").asText().equals("HOLDER"),
                    Instant.parse(copy.path("madeAt").asText()),
                    copy.path("body").asText());
            return new CopyAnswer(facts, fact(json), copy.path("expired").asBoolean());
        } catch (InvalidInput | DateTimeException e) {
            throw unexpected(e);
        }
    }

    private static StandingFact fact(JsonNode json) {
        try {
            return new StandingFact(
                    new LicenceId(json.path("licenceId").asText()),
                    json.path("typeName").asText(),
                    json.path("authorityName").asText(),
                    Optional.ofNullable(json.path("succeededBy").textValue()),
                    json.has("because") ? Standing.IN_FORCE : standing(json),
                    json.path("disputed").asBoolean(),
                    Optional.ofNullable(json.path("supersededBy").textValue()).map(LicenceId::new),
                    LocalDate.parse(json.path("validFrom").asText()),
                    Optional.ofNullable(json.path("validUntil").textValue()).map(LocalDate::parse),
                    parts(json),
                    Instant.parse(json.path("asOf").asText()));
        } catch (IllegalArgumentException | DateTimeException e) {
            throw unexpected(e);
        }
    }

    private static Standing standing(JsonNode json) {
        return Standing.valueOf(json.path("standing").asText());
    }

    private static Parts parts(JsonNode json) {
        return new Parts(StreamSupport.stream(json.path("parts").spliterator(), false)
                .map(part -> new Part(
                        new LicenceId(part.path("licenceId").asText()),
                        part.path("typeName").asText(),
                        part.path("maskedNumber").asText(),
                        standing(part),
                        part.path("disputed").asBoolean(),
                        Optional.ofNullable(part.path("supersededBy").textValue())
                                .map(LicenceId::new)))
                .toList());
    }

    private static Failure.Unknown unexpected(Exception e) {
        return new Failure.Unknown("the server's answer does not follow openapi.yaml", e);
    }
}
