package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Period;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.yinzheng.hsm.token.TokenProfile;
import org.yinzheng.registry.audit.LogKey;
import org.yinzheng.registry.postgres.PostgresErasures;
import org.yinzheng.registry.verification.Retention;
import org.yinzheng.registry.witness.KnownLogs;
import org.yinzheng.registry.witness.WitnessKey;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.policy.AlgorithmPolicy;

/// `yinzheng.yaml` of a data folder. A key that is not known is an error: a mistyped setting must not pass for an
/// absent one.
///
/// @param policy until when algorithms and keys prove anything, instead of the built-in policy
record Settings(
        Server server,
        Optional<JsonNode> token,
        Optional<DatabaseSettings> database,
        SignInSettings signIn,
        Optional<TimestampSettings> timestamps,
        Optional<Path> trust,
        Optional<RevocationSettings> revocation,
        Optional<Path> policy,
        Optional<String> verifyingBody,
        Optional<Integer> keepVerifications,
        Optional<Integer> mostVerifications,
        Optional<Integer> keepEndedLicences,
        Optional<DisputeSettings> disputes,
        Optional<WebhookSettings> webhooks,
        Optional<AuditSettings> audit,
        List<OfficeSettings> authorities) {
    private static final String DEMONSTRATION_BODY = "云泽市证照核验中心";

    AlgorithmPolicy algorithmPolicy() {
        return policy.map(AlgorithmPolicy::load).orElse(AlgorithmPolicy.standard());
    }

    /// As receipts name it.
    String verifyingBodyName() {
        return verifyingBody.orElse(DEMONSTRATION_BODY);
    }

    /// What is kept of verifications.
    ///
    /// @throws InvalidInput `retention`
    Retention retention() {
        return new Retention(
                keepVerifications.map(Duration::ofDays).orElse(Retention.STANDARD.keep()),
                mostVerifications.orElse(Retention.STANDARD.most()));
    }

    /// How long a licence is kept after its end, before its holder's data may be erased.
    Period endedLicences() {
        return keepEndedLicences.map(Period::ofYears).orElse(PostgresErasures.STANDARD_RETENTION);
    }

    /// @param publicUrl what QR codes lead to
    record Server(String host, int port, URI publicUrl) {}

    /// @param passwordFile holds the password and nothing else
    /// @param lookups a streaming standby of it
    record DatabaseSettings(String url, String user, Path passwordFile, Optional<LookupSettings> lookups) {}

    /// @param mostLag how many milliseconds a lookup may be behind; absent: one second
    record LookupSettings(String url, Optional<Integer> mostLag) {
        private static final int SHORTEST = 100;
        private static final int STANDARD = 1000;

        /// @throws InvalidInput `settings`
        Duration lag() {
            int lag = mostLag.orElse(STANDARD);
            if (lag < SHORTEST) {
                throw new InvalidInput("settings", "database.lookups.mostLag", "100 milliseconds or more");
            }
            return Duration.ofMillis(lag);
        }
    }

    /// Somebody else's timestamp authority (RFC 3161 over HTTP).
    ///
    /// @param anchor the certificates (PEM or DER) to which its own leads
    record TimestampSettings(URI url, Path anchor) {}

    /// Hosts from which revocation lists and OCSP responses may be fetched; without any nothing is.
    record RevocationSettings(List<String> hosts) {}

    /// Hosts to which notices may go; without any nobody can subscribe.
    record WebhookSettings(List<String> hosts) {}

    /// Who watches whose audit log: see `yinzheng audit keys` for what to exchange.
    ///
    /// @param witnesses other cities', which co-sign our checkpoints
    /// @param watchedLogs keys of other cities' logs, which we co-sign
    record AuditSettings(Optional<List<WitnessSettings>> witnesses, Optional<List<String>> watchedLogs) {
        static final AuditSettings ALONE = new AuditSettings(Optional.empty(), Optional.empty());

        /// @throws InvalidInput when one is no such key
        KnownLogs known() {
            return new KnownLogs(
                    watchedLogs().orElse(List.of()).stream().map(LogKey::parse).toList(),
                    witnesses().orElse(List.of()).stream()
                            .map(witness -> WitnessKey.parse(witness.key()))
                            .toList());
        }
    }

    /// @param key `name+id+base64`
    /// @param url of the witness, before `/add-checkpoint`
    record WitnessSettings(String key, URI url) {}

    /// How long an authority has to decide a dispute, and which days count.
    record DisputeSettings(Optional<Integer> daysToDecide, Optional<Path> calendar) {}

    /// Either the built-in demonstration identity provider, or an OpenID Connect issuer.
    ///
    /// @param securityAdministrators with them, roles come from the registry's grants and not from tokens:
    /// these subjects give the first ones, so there are two at least
    record SignInSettings(
            boolean demonstration,
            Optional<String> issuer,
            Optional<String> audience,
            Optional<URI> jwks,
            Optional<List<String>> securityAdministrators) {}

    /// An authority that issues here, and the Chinese names of the types that it issues.
    ///
    /// @param sealId 14 digits: division, then serial
    record OfficeSettings(String name, String creditCode, String sealId, List<String> types) {}

    private static final YAMLMapper YAML = YAMLMapper.builder(new YAMLFactory())
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_NULL_CREATOR_PROPERTIES)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .addModule(new Jdk8Module())
            .build();

    /// Reads the file, and writes the one of the demonstration first when there is none.
    static Settings load(Path file) {
        try {
            if (!Files.exists(file)) {
                try (var initial = Settings.class.getResourceAsStream("yinzheng.yaml")) {
                    Files.copy(java.util.Objects.requireNonNull(initial), file);
                }
            }
            return YAML.readValue(Files.readString(file), Settings.class);
        } catch (UnrecognizedPropertyException e) {
            var path = e.getPath().stream()
                    .map(JsonMappingException.Reference::getFieldName)
                    .collect(Collectors.joining("."));
            throw new InvalidInput("unknown-key", path, file + " knows no such key");
        } catch (JsonProcessingException e) {
            var at = e.getLocation();
            throw new InvalidInput(
                    "settings",
                    "",
                    file + (at == null ? "" : " line " + at.getLineNr()) + ": " + firstLine(e.getOriginalMessage()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    TokenProfile tokenProfile() {
        return TokenProfile.of(token.orElse(MissingNode.getInstance()));
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse(message);
    }
}
