package org.yinzheng.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.yinzheng.api.client.AllowedHosts;
import org.yinzheng.api.http.Readiness;
import org.yinzheng.api.receipt.ReceiptKeys;
import org.yinzheng.api.receipt.VerifyingBody;
import org.yinzheng.api.signin.Rights;
import org.yinzheng.api.signin.Role;
import org.yinzheng.hsm.custody.SealedSecrets;
import org.yinzheng.hsm.custody.TokenCustodian;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.hsm.token.TokenProfile;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.copy.CopyDesk;
import org.yinzheng.registry.copy.CopyMaker;
import org.yinzheng.registry.dispute.WorkingDays;
import org.yinzheng.registry.document.DirectoryStore;
import org.yinzheng.registry.document.DocumentStore;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.issuance.Issuance;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.issuance.LicenceRehearsal;
import org.yinzheng.registry.issuance.Press;
import org.yinzheng.registry.issuance.SelfCheck;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.postgres.Database;
import org.yinzheng.registry.postgres.PostgresAuditLog;
import org.yinzheng.registry.postgres.PostgresBatches;
import org.yinzheng.registry.postgres.PostgresCopies;
import org.yinzheng.registry.postgres.PostgresDisputes;
import org.yinzheng.registry.postgres.PostgresErasures;
import org.yinzheng.registry.postgres.PostgresGrants;
import org.yinzheng.registry.postgres.PostgresIntents;
import org.yinzheng.registry.postgres.PostgresLicenceLife;
import org.yinzheng.registry.postgres.PostgresLicences;
import org.yinzheng.registry.postgres.PostgresOutbox;
import org.yinzheng.registry.postgres.PostgresQuota;
import org.yinzheng.registry.postgres.PostgresSealUses;
import org.yinzheng.registry.postgres.PostgresSeals;
import org.yinzheng.registry.postgres.PostgresSeenLogs;
import org.yinzheng.registry.postgres.PostgresVerifications;
import org.yinzheng.registry.seals.GuardRails;
import org.yinzheng.registry.seals.Move;
import org.yinzheng.registry.seals.Quota;
import org.yinzheng.registry.seals.SealApplication;
import org.yinzheng.registry.seals.SealHolder;
import org.yinzheng.registry.seals.SealOffice;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealSigners;
import org.yinzheng.registry.seals.Step;
import org.yinzheng.registry.seals.StepResult;
import org.yinzheng.registry.stamping.Rehearsal;
import org.yinzheng.registry.stamping.StampPress;
import org.yinzheng.registry.stamping.Stamping;
import org.yinzheng.registry.verification.Retention;
import org.yinzheng.registry.witness.Cosigner;
import org.yinzheng.registry.witness.Witness;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.certificate.Evidence;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.key.KeyCustodian;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.signing.seal.SealKind;
import org.yinzheng.signing.time.TimestampAuthority;
import org.yinzheng.signing.verification.DocumentVerifier;
import org.yinzheng.testdata.DemoPeople;
import org.yinzheng.testdata.SampleCatalogue;

/// Everything below the service, real: SoftHSM, PostgreSQL, the demonstration's certificates, the catalogue. One for
/// all tests of a process, because a process can have one token only; made on first use, kept till the process ends.
final class Machine {
    /// Where tests listen for notices.
    static final int WEBHOOK_PORT = freePort();

    private static final Machine ONLY = new Machine();

    private final Clock clock = Clock.systemUTC();
    private final Path data = temporary();
    private final Token token = Token.init(TokenProfile.softHsm(), data);
    private final TokenCustodian custodian = new TokenCustodian(token, data.resolve("keys"));
    private final SigningKey signInKey = custodian.findOrMake("demo-sign-in", KeyKind.P_256);
    private final Database database = Database.embedded(data.resolve("postgres"));
    private final Typefaces typefaces = Typefaces.find();
    private final DemonstrationAuthority authority = DemonstrationAuthority.open(custodian, data.resolve("pki"), clock);
    private final TimestampAuthority timestamps = new TimestampAuthority(
            authority.timestamper(Suite.RSA_SHA256),
            authority.timestamper(Suite.SM2_SM3),
            TimestampAuthority.DEMONSTRATION_POLICY,
            clock);
    private final VerifyingBody body = new VerifyingBody(
            "云泽市政务服务核验中心",
            receiptKeys(authority::trust),
            () -> authority.signer("云泽市政务服务核验中心", Suite.RSA_SHA256),
            new SealArtist(typefaces).round("云泽市政务服务核验中心", "核验专用章", 42),
            "yinzheng (test)");
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

    DemonstrationAuthority authority() {
        return authority;
    }

    ServiceParts parts() {
        return parts;
    }

    /// With keys that no authority certified yet, unless somebody brings a chain in.
    ReceiptKeys receiptKeys(Supplier<Trust> trust) {
        return new ReceiptKeys(custodian, data.resolve("receipts"), trust, clock);
    }

    KeyCustodian custodian() {
        return custodian;
    }

    /// The same parts, with another office.
    ServiceParts with(IssuingOffice office) {
        return wire(office, clock);
    }

    /// The same parts, with another clock for the last days of copies.
    ServiceParts countingCopiesBy(Clock other) {
        return wire(new DemoOffice(authority, typefaces, clock), other);
    }

    /// By a clock of its own, since the licences of tests have just been issued.
    PostgresErasures erasures(Clock ofErasures) {
        return new PostgresErasures(database, vault(), documents(), PostgresErasures.STANDARD_RETENTION, ofErasures);
    }

    /// As in another city, which has no record of the copy.
    void withoutRecordOf(UUID copy, Runnable work) {
        var elsewhere = UUID.randomUUID();
        rename(copy, elsewhere);
        try {
            work.run();
        } finally {
            rename(elsewhere, copy);
        }
    }

    private void rename(UUID copy, UUID to) {
        asOwner("UPDATE annotated_copy SET copy_id = ? WHERE copy_id = ?", to, copy);
    }

    /// Behind the service's back, to one row.
    void asOwner(String sql, Object... values) {
        try (var owner = DriverManager.getConnection(
                        "jdbc:postgresql://" + database.address(),
                        "yinzheng",
                        Files.readString(data.resolve("postgres/password")).strip());
                var statement = owner.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            assertThat(statement.executeUpdate()).isEqualTo(1);
        } catch (IOException | SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private DirectoryStore documents() {
        return new DirectoryStore(data.resolve("documents"));
    }

    private Vault vault() {
        var secrets = new SealedSecrets(token, data.resolve("keys"));
        return new Vault(new RegistryKeys(
                secrets.findOrMake("registry-data", RegistryKeys.DATA_KEY_LENGTH),
                secrets.findOrMake("registry-lookup", RegistryKeys.LOOKUP_KEY_LENGTH)));
    }

    private ServiceParts wire() {
        return countingCopiesBy(clock);
    }

    private ServiceParts wire(IssuingOffice office, Clock ofCopies) {
        var verifier = new DocumentVerifier(authority.trust());
        var secrets = new SealedSecrets(token, data.resolve("keys"));
        var vault = vault();
        database.sealRows(vault);
        var documents = documents();
        var catalogue = catalogue();
        var press = new Press(typefaces, verifier::verify, URI.create("https://yinzheng.example"), clock);
        var issuance =
                new Issuance(catalogue, new PostgresIntents(database, vault, clock), documents, office, press, clock);
        return new ServiceParts(
                catalogue,
                new PostgresLicences(database, vault, documents, clock),
                new LifeParts(
                        new PostgresLicenceLife(database, vault, clock),
                        new PostgresDisputes(database, vault, WorkingDays.weekendsOnly(), 5, clock),
                        new NoticeParts(
                                new PostgresOutbox(database, clock),
                                custodian.findOrMake("notices-p256", KeyKind.P_256),
                                new AllowedHosts(List.of("127.0.0.1", "127.0.0.1:" + WEBHOOK_PORT))),
                        new CopyDesk(
                                new PostgresLicences(database, vault, documents, clock),
                                catalogue,
                                new PostgresCopies(database, vault, clock),
                                documents,
                                new CopyMaker(body.name(), () -> body.signing().onPaper(), body.seal()),
                                verifier::verify,
                                press,
                                typefaces,
                                ofCopies),
                        erasures(clock)),
                issuance,
                office,
                verifier::verify,
                new VerificationParts(
                        new PostgresVerifications(database, vault, Retention.STANDARD, clock),
                        body,
                        typefaces,
                        data.resolve("waiting"),
                        VerificationParts.AT_ONCE),
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
                stamping(vault, documents, verifier::verify, press),
                timestamps,
                audit(secrets),
                seals(vault),
                new RightsParts(new PostgresGrants(database, vault, clock), Rights.Source.TOKEN_AND_GRANTS, Set.of()),
                Optional.of(signInKey));
    }

    /// A witness that watches its own log: what another city's would see.
    private AuditParts audit(SealedSecrets secrets) {
        var log = new PostgresAuditLog(
                database, "audit.example/test", custodian.findOrMake("audit-log-p256", KeyKind.P_256), clock);
        var cosigner = new Cosigner("witness.example/test", () -> secrets.findOrMake("witness", 32), clock);
        return new AuditParts(log, new Witness(List.of(log.key()), new PostgresSeenLogs(database), cosigner));
    }

    private StampingParts stamping(Vault vault, DocumentStore documents, SelfCheck selfCheck, Press licencePress) {
        var press = new StampPress(
                new SealSigners(custodian, authority::trust, clock),
                Optional.of(timestamps),
                Evidence.from(authority::trust),
                selfCheck,
                clock);
        var seals = new PostgresSeals(database, vault, clock);
        var batches = new PostgresBatches(database, vault, clock);
        var quota = new Quota(new PostgresQuota(database), clock);
        var stamping = new Stamping(seals, quota, batches, documents, press, clock);
        var licences = new LicenceRehearsal(
                new PostgresLicences(database, vault, documents, clock),
                catalogue(),
                licencePress,
                new SealSigners(custodian, authority::trust, clock),
                clock);
        var rehearsal =
                new Rehearsal(seals, new PostgresSealUses(database), documents, press, licences::rehearse, clock);
        return new StampingParts(stamping, batches, rehearsal, seals, documents, data.resolve("spool"));
    }

    private SealParts seals(Vault vault) {
        var seals = new PostgresSeals(database, vault, clock);
        return new SealParts(
                seals,
                new SealOffice(seals, custodian, authority::trust, authority::sealMaker, "339900", clock),
                new PostgresSealUses(database),
                new SealArtist(typefaces),
                Optional.of(seal -> certificates(seal)));
    }

    /// By the demonstration's authority, for the keys that the seal has on the token.
    List<DocumentBytes> certificates(SealRecord seal) {
        return seal.making().orElseThrow().signers().stream()
                .map(key -> authority.certify(custodian.find(key.label()).orElseThrow(), seal.name()))
                .map(signer -> signer.chain().stream().map(Certificates::pem).collect(Collectors.joining()))
                .map(pem -> DocumentBytes.of(pem.getBytes(StandardCharsets.US_ASCII)))
                .toList();
    }

    /// A seal in use, made by three people.
    SealRecord seal(GuardRails rails) {
        var body = new Authority(
                new CreditCode(DemoPeople.MARKET_SUPERVISION.creditCode()), DemoPeople.MARKET_SUPERVISION.name());
        var office = new SealOffice(
                parts.stamping().seals(), custodian, authority::trust, authority::sealMaker, "339900", clock);
        var custodianActor = new Actor("seal-custodian-1", Role.SEAL_CUSTODIAN.wireName());
        var applied = done(office.apply(
                new SealApplication(
                        Optional.empty(),
                        SealKind.STATUTORY_NAME,
                        body.name(),
                        new SealHolder(SealHolder.Kind.AUTHORITY, new Holder(body.code(), body.name())),
                        "",
                        body,
                        new SealArtist(typefaces).round(body.name(), "", 42),
                        LocalDate.now(clock).plusYears(3),
                        rails),
                custodianActor));
        var approved =
                done(office.step(applied.id(), Move.of(Step.APPROVE, new Actor("security-1", "security-admin"), "同意")));
        done(office.certify(applied.id(), certificates(approved), custodianActor));
        done(office.step(applied.id(), Move.of(Step.MAKE, new Actor("maker-1", "seal-maker"), "制作")));
        return done(
                office.step(applied.id(), Move.of(Step.ACCEPT, new Actor("seal-custodian-2", "seal-custodian"), "接收")));
    }

    private static SealRecord done(StepResult result) {
        if (result instanceof StepResult.Done done) {
            return done.seal();
        }
        throw new AssertionError(result);
    }

    static Catalogue catalogue() {
        return Catalogue.of(SampleCatalogue.files());
    }

    /// Where a process that shall be killed and started again has its data; anywhere new, when it is not set.
    static final String FOLDER = "yinzheng.test.machine";

    private static int freePort() {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path temporary() {
        var given = System.getProperty(FOLDER);
        if (given != null) {
            return Path.of(given);
        }
        try {
            return Files.createTempDirectory(
                    Files.createDirectories(Path.of("target").toAbsolutePath()), "machine-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
