package org.yinzheng.api;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.yinzheng.api.http.Readiness;
import org.yinzheng.hsm.custody.SealedSecrets;
import org.yinzheng.hsm.custody.TokenCustodian;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.hsm.token.TokenProfile;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.document.DirectoryStore;
import org.yinzheng.registry.issuance.Issuance;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.issuance.Press;
import org.yinzheng.registry.postgres.Database;
import org.yinzheng.registry.postgres.PostgresIntents;
import org.yinzheng.registry.postgres.PostgresLicences;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.verification.DocumentVerifier;
import org.yinzheng.testdata.DemoPeople;

/// Everything below the service, real: SoftHSM, PostgreSQL, the demonstration's certificates, the catalogue. One for
/// all tests of a process, because a process can have one token only; made on first use, kept till the process ends.
final class Machine {
    private static final Machine ONLY = new Machine();

    private final Clock clock = Clock.systemUTC();
    private final Path data = temporary();
    private final Token token = Token.init(TokenProfile.softHsm(), data);
    private final TokenCustodian custodian = new TokenCustodian(token, data.resolve("keys"));
    private final SigningKey signInKey = custodian.findOrMake("demo-sign-in", KeyKind.P_256);
    private final Database database = Database.embedded(data.resolve("postgres"));
    private final Typefaces typefaces = Typefaces.find();
    private final DemonstrationAuthority authority = DemonstrationAuthority.open(custodian, data.resolve("pki"), clock);
    private final ServiceParts parts = wire();

    private Machine() {
        Runtime.getRuntime().addShutdownHook(new Thread(database::close));
    }

    static Machine get() {
        return ONLY;
    }

    Path data() {
        return data;
    }

    SigningKey signInKey() {
        return signInKey;
    }

    ServiceParts parts() {
        return parts;
    }

    /// The same parts, with another office.
    ServiceParts with(IssuingOffice office) {
        return wire(office);
    }

    private ServiceParts wire() {
        return wire(new DemoOffice(authority, typefaces, clock));
    }

    private ServiceParts wire(IssuingOffice office) {
        var verifier = new DocumentVerifier(authority.trust());
        var secrets = new SealedSecrets(token, data.resolve("keys"));
        var vault = new Vault(new RegistryKeys(
                secrets.findOrMake("registry-data", RegistryKeys.DATA_KEY_LENGTH),
                secrets.findOrMake("registry-lookup", RegistryKeys.LOOKUP_KEY_LENGTH)));
        var documents = new DirectoryStore(data.resolve("documents"));
        var catalogue = catalogue();
        var press = new Press(typefaces, verifier::verify, URI.create("https://yinzheng.example"), clock);
        var issuance =
                new Issuance(catalogue, new PostgresIntents(database, vault, clock), documents, office, press, clock);
        return new ServiceParts(
                catalogue,
                new PostgresLicences(database, vault, documents, clock),
                issuance,
                office,
                verifier::verify,
                List.of(
                        new Readiness.Probe(
                                "token",
                                () -> Optional.of(token.status().message()).filter(message -> !message.isEmpty())),
                        new Readiness.Probe(
                                "database",
                                () -> database.ready() ? Optional.empty() : Optional.of("the database is away")),
                        new Readiness.Probe(
                                "documents",
                                () -> Files.isWritable(data.resolve("documents"))
                                        ? Optional.empty()
                                        : Optional.of("the document store cannot be written"))),
                clock,
                Optional.of(signInKey));
    }

    static Catalogue catalogue() {
        return Catalogue.of(Stream.of("business-licence", "residence-permit")
                .map(name -> {
                    try (var pack = Objects.requireNonNull(
                            DemoPeople.class.getResourceAsStream("/catalogue/" + name + ".yaml"))) {
                        return new String(pack.readAllBytes(), StandardCharsets.UTF_8);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList());
    }

    private static Path temporary() {
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "machine-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
