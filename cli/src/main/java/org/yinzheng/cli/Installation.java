package org.yinzheng.cli;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.api.AuditParts;
import org.yinzheng.api.LifeParts;
import org.yinzheng.api.Limits;
import org.yinzheng.api.NoticeParts;
import org.yinzheng.api.RightsParts;
import org.yinzheng.api.SealParts;
import org.yinzheng.api.Service;
import org.yinzheng.api.ServiceConfig;
import org.yinzheng.api.ServiceParts;
import org.yinzheng.api.SignIn;
import org.yinzheng.api.StampingParts;
import org.yinzheng.api.VerificationParts;
import org.yinzheng.api.client.AllowedHosts;
import org.yinzheng.api.client.RemoteTimestampSource;
import org.yinzheng.api.client.WitnessClient;
import org.yinzheng.api.http.Readiness.Probe;
import org.yinzheng.api.receipt.ReceiptKeys;
import org.yinzheng.api.receipt.ReceiptSigning;
import org.yinzheng.api.receipt.VerifyingBody;
import org.yinzheng.api.signin.Rights;
import org.yinzheng.api.worker.VerifierPool;
import org.yinzheng.hsm.custody.SealedSecrets;
import org.yinzheng.hsm.custody.TokenCustodian;
import org.yinzheng.hsm.token.DurableFile;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.registry.audit.RegistryAudit;
import org.yinzheng.registry.audit.Rounds;
import org.yinzheng.registry.bulk.BulkChanges;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.conversion.Conversion;
import org.yinzheng.registry.conversion.ConversionOptions;
import org.yinzheng.registry.copy.CopyDesk;
import org.yinzheng.registry.copy.CopyMaker;
import org.yinzheng.registry.dispute.WorkingDays;
import org.yinzheng.registry.document.DirectoryStore;
import org.yinzheng.registry.issuance.Issuance;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.issuance.LicenceRehearsal;
import org.yinzheng.registry.issuance.MergedOffice;
import org.yinzheng.registry.issuance.Press;
import org.yinzheng.registry.issuance.Reconciler;
import org.yinzheng.registry.issuance.SealDesks;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.registry.merger.Mergers;
import org.yinzheng.registry.notice.Outbox;
import org.yinzheng.registry.postgres.ConversionLedger;
import org.yinzheng.registry.postgres.Database;
import org.yinzheng.registry.postgres.PostgresAuditLog;
import org.yinzheng.registry.postgres.PostgresBatches;
import org.yinzheng.registry.postgres.PostgresBulkChanges;
import org.yinzheng.registry.postgres.PostgresCopies;
import org.yinzheng.registry.postgres.PostgresDataKeys;
import org.yinzheng.registry.postgres.PostgresDisputes;
import org.yinzheng.registry.postgres.PostgresErasures;
import org.yinzheng.registry.postgres.PostgresGrants;
import org.yinzheng.registry.postgres.PostgresIntents;
import org.yinzheng.registry.postgres.PostgresLicenceLife;
import org.yinzheng.registry.postgres.PostgresLicences;
import org.yinzheng.registry.postgres.PostgresMergers;
import org.yinzheng.registry.postgres.PostgresOutbox;
import org.yinzheng.registry.postgres.PostgresQuota;
import org.yinzheng.registry.postgres.PostgresRegistryAudit;
import org.yinzheng.registry.postgres.PostgresSealUses;
import org.yinzheng.registry.postgres.PostgresSeals;
import org.yinzheng.registry.postgres.PostgresSeenLogs;
import org.yinzheng.registry.postgres.PostgresVerifications;
import org.yinzheng.registry.seals.Quota;
import org.yinzheng.registry.seals.SealOffice;
import org.yinzheng.registry.seals.SealSigners;
import org.yinzheng.registry.seals.Seals;
import org.yinzheng.registry.stamping.Rehearsal;
import org.yinzheng.registry.stamping.StampPress;
import org.yinzheng.registry.stamping.Stamping;
import org.yinzheng.registry.verification.Verifications;
import org.yinzheng.registry.witness.Cosigner;
import org.yinzheng.registry.witness.Cosigning;
import org.yinzheng.registry.witness.KnownLogs;
import org.yinzheng.registry.witness.Witness;
import org.yinzheng.registry.witness.WitnessKey;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.certificate.Certificates;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.certificate.Evidence;
import org.yinzheng.signing.certificate.KnownSigners;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.certificate.TrustFolder;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.SigningKey;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.signing.time.TimestampAuthority;
import org.yinzheng.signing.time.TimestampSource;
import org.yinzheng.testdata.SampleCatalogue;

/// Everything that one data folder makes up, opened and wired: the one place where the modules meet.
public final class Installation implements AutoCloseable {
    /// Processes that judge uploads.
    private static final int WORKERS = 2;
    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    private static final Duration TIMESTAMP_PATIENCE = Duration.ofSeconds(20);
    private static final int DIGESTS_AT_ONCE = 500;
    private static final int EXPIRY_DAYS = 30;
    private static final int NOTICES_AT_ONCE = 1000;
    /// 5 working days.
    private static final int DAYS_TO_DECIDE = 5;

    private final Deque<Runnable> opened = new ArrayDeque<>();
    private final DataDirectory directory;
    private final Settings settings;
    private final Clock clock;

    private final Token token;
    private final TokenCustodian custodian;
    private final Database database;
    private final DirectoryStore documents;
    private final Catalogue catalogue;
    private final Mergers mergers;
    private final IssuingOffice office;
    private final Typefaces typefaces;
    private final Vault vault;
    private final Licences licences;
    private final Press press;
    private final Issuance issuance;
    private final Reconciler reconciler;
    private final AuditLog auditLog;
    private final Seals seals;
    private final SealOffice sealOffice;
    private final DemonstrationSeals demonstrationSeals;
    private final Quota quota;
    private final DemonstrationAuthority authority;
    private final TimestampAuthority timestamps;
    private final InstallationTrust trust;
    private final ReceiptKeys receiptKeys;
    private final StampingParts stamping;
    private final Verifications verifications;
    private final Outbox outbox;

    private Installation(Path data, Clock clock, Consumer<String> say) throws IOException {
        try {
            this.clock = clock;
            directory = closing(DataDirectory.open(data), DataDirectory::close);
            settings = Settings.load(directory.settings());
            if (!Files.isDirectory(directory.catalogue())) {
                SampleCatalogue.write(directory.catalogue());
            }
            catalogue = Catalogue.load(directory.catalogue());
            typefaces = Typefaces.find();

            say.accept("密码设备 token ...");
            token = closing(Token.init(settings.tokenProfile(), directory.root()), Token::close);
            custodian = new TokenCustodian(token, directory.keys());
            vault = new Vault(closing(TokenDataKeys.registryKeys(token, directory.keys()), RegistryKeys::close));

            say.accept("数据库 database ...");
            database = closing(openDatabase(settings, directory.root()), Database::close);
            var dataKeys = new PostgresDataKeys(database, vault, clock);
            dataKeys.open();
            closing(Rounds.start("data-keys", dataKeys::round, PostgresDataKeys.EVERY), Rounds::close);
            database.sealRows(vault);
            documents = new DirectoryStore(directory.documents());
            licences = new PostgresLicences(database, vault, documents, clock);

            say.accept("密钥、演示证书、印章 keys, demonstration certificates, seals ...");
            authority = DemonstrationAuthority.open(custodian, directory.pki(), clock);
            authority.exportTrust(DataDirectory.trust(directory.root()));
            trust = trust();
            var artist = new SealArtist(typefaces);
            seals = new PostgresSeals(database, vault, clock);
            sealOffice = new SealOffice(
                    seals, custodian, trust, authority::sealMaker, division(settings.authorities()), clock);
            demonstrationSeals = new DemonstrationSeals(seals, sealOffice, custodian, authority, artist, clock);
            settings.authorities().forEach(demonstrationSeals::bringIntoUse);
            receiptKeys = ReceiptCommand.keys(custodian, directory, trust, clock);
            trust.know(ownSigners());
            quota = new Quota(new PostgresQuota(database), clock);
            mergers = new PostgresMergers(database, clock);
            office = new MergedOffice(
                    new DemonstrationOffice(
                            settings.authorities(),
                            catalogue,
                            new SealDesks(seals, new SealSigners(custodian, trust, clock), quota, clock)),
                    mergers);
            var intents = new PostgresIntents(database, vault, clock);
            press = new Press(typefaces, trust::verify, settings.server().publicUrl(), clock);
            issuance = new Issuance(catalogue, intents, documents, office, press, clock);
            reconciler = new Reconciler(intents, issuance);

            outbox = new PostgresOutbox(database, clock);
            auditLog = openAuditLog();
            tellLogKey();
            timestamps = timestampAuthority();
            stamping = stamping();
            verifications = new PostgresVerifications(database, vault, settings.retention(), clock);
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /// @throws Failure.NotDone when the folder is in use, or a part that is needed is away
    public static Installation open(Path data, Clock clock, Consumer<String> say) {
        try {
            var installation = new Installation(data, clock, say);
            installation.reconcile(say);
            return installation;
        } catch (IOException e) {
            throw new Failure.NotDone("the data folder cannot be used: " + data + ": " + e.getMessage(), e);
        }
    }

    Settings settings() {
        return settings;
    }

    public Issuance issuance() {
        return issuance;
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    AuditLog auditLog() {
        return auditLog;
    }

    RegistryAudit registryAudit() {
        return new PostgresRegistryAudit(database, vault);
    }

    public Licences licences() {
        return licences;
    }

    public IssuingOffice office() {
        return office;
    }

    Mergers mergers() {
        return mergers;
    }

    BulkChanges bulkChanges() {
        return new PostgresBulkChanges(database, new PostgresLicenceLife(database, vault, clock), clock);
    }

    private PostgresErasures erasures() {
        return new PostgresErasures(database, vault, documents, settings.endedLicences(), clock);
    }

    Conversion conversion() {
        var ledger = new ConversionLedger(database, vault, clock);
        return new Conversion(catalogue, issuance, licences, ledger, ConversionOptions.standard());
    }

    /// Finishes what a crash left, and says so. What cannot be finished now stays for the next call.
    void reconcile(Consumer<String> say) {
        try {
            var outcome = reconciler.reconcile();
            if (outcome.finished() + outcome.cancelled() > 0) {
                say.accept(
                        "对账 reconciled: 完成 finished " + outcome.finished() + ", 取消 cancelled " + outcome.cancelled());
            }
            var abandoned = stamping.batches().cancelAbandoned();
            if (abandoned > 0) {
                say.accept("对账 reconciled: 中断的用印 stamping that broke off " + abandoned);
            }
            verifications.purge();
            erasures().finish();
            outbox.announceExpiring(EXPIRY_DAYS, NOTICES_AT_ONCE);
            licences.addMissingDigests(DIGESTS_AT_ONCE);
        } catch (Failure.NotDone later) {
            LOG.warn("not reconciled yet: {}", later.getMessage());
        }
    }

    private TimestampAuthority timestampAuthority() {
        return new TimestampAuthority(
                authority.timestamper(Suite.RSA_SHA256),
                authority.timestamper(Suite.SM2_SM3),
                TimestampAuthority.DEMONSTRATION_POLICY,
                clock);
    }

    private StampingParts stamping() {
        var signers = new SealSigners(custodian, trust, clock);
        var source = settings.timestamps()
                .<TimestampSource>map(other -> closing(
                        new RemoteTimestampSource(other.url(), TIMESTAMP_PATIENCE), RemoteTimestampSource::close))
                .orElse(timestamps);
        var stampPress = new StampPress(signers, Optional.of(source), Evidence.from(trust), trust::verify, clock);
        var batches = new PostgresBatches(database, vault, clock);
        var licenceRehearsal = new LicenceRehearsal(licences, catalogue, press, signers, clock);
        return new StampingParts(
                new Stamping(seals, quota, batches, documents, stampPress, clock),
                batches,
                new Rehearsal(
                        seals,
                        new PostgresSealUses(database),
                        documents,
                        stampPress,
                        licenceRehearsal::rehearse,
                        clock),
                seals,
                documents,
                directory.root().resolve("spool"));
    }

    private InstallationTrust trust() throws IOException {
        var policy = settings.algorithmPolicy();
        var fetching = OperatorTrust.source(settings.revocation(), directory.root(), policy, clock);
        var operators = new OperatorTrust(settings.trust().stream().toList(), directory.root(), fetching);
        var timestampAnchors = timestampAnchors();
        return new InstallationTrust(List.of(authority::trust, () -> timestampAnchors, operators), policy);
    }

    /// Whom credentials and receipts name by their key only. Written down for who verifies beside the service.
    private KnownSigners ownSigners() {
        var authorities = settings.authorities().stream()
                .flatMap(office -> seals.find(office.sealId()).stream())
                .flatMap(seal -> seal.current().stream())
                .flatMap(made -> made.signer(Suite.SM2_SM3).stream())
                .map(key -> key.chain().getFirst())
                .collect(Collectors.toSet());
        var receipts = DocumentBytes.owning(receiptKeys.pinned().getBytes(StandardCharsets.UTF_8));
        var signers = new KnownSigners(authorities, List.of(receipts));
        TrustFolder.add(DataDirectory.trust(directory.root()), signers);
        return signers;
    }

    /// Another timestamp authority's, beside the demonstration's.
    private Trust timestampAnchors() throws IOException {
        if (settings.timestamps().isEmpty()) {
            return Trust.NONE;
        }
        var anchors = Certificates.parseAll(
                Files.readAllBytes(settings.timestamps().get().anchor()));
        return new Trust(Set.copyOf(anchors), Set.of(), List.of());
    }

    /// @param port instead of the one in the settings; null: that one
    Service service(@Nullable Integer port) {
        var server = settings.server();
        var config = new ServiceConfig(
                server.host(),
                port == null ? server.port() : port,
                port == null ? Optional.of(server.publicUrl()) : Optional.empty(),
                signIn(),
                Limits.defaults());
        var verifiers = closing(new VerifierPool(WORKERS, trust), VerifierPool::close);
        if (port == null || port != 0) {
            verifiers.start(); // a service for one command judges rarely: its workers start when they are needed
            tellOfReceipts();
        }
        var parts = new ServiceParts(
                catalogue,
                licences,
                lifeParts(),
                issuance,
                office,
                verifiers,
                new VerificationParts(
                        verifications,
                        verifyingBody(),
                        typefaces,
                        directory.root().resolve("waiting"),
                        VerificationParts.AT_ONCE),
                List.of(
                        new Probe("token", this::tokenTrouble),
                        new Probe("database", this::databaseTrouble),
                        new Probe("documents", this::documentsTrouble)),
                clock,
                stamping,
                timestamps,
                new AuditParts(auditLog, witness()),
                new SealParts(
                        seals,
                        sealOffice,
                        new PostgresSealUses(database),
                        new SealArtist(typefaces),
                        Optional.of(demonstrationSeals::certificates)),
                rights(),
                demonstrationKey());
        // stopped before database and token are closed
        closing(Rounds.start("audit-sequencer", auditLog::advance, AuditLog.EVERY), Rounds::close);
        if (!audit().witnesses().orElse(List.of()).isEmpty()) {
            closing(Rounds.start("audit-witnesses", cosigning()::round, Cosigning.EVERY), Rounds::close);
        }
        return new Service(parts, config);
    }

    /// With security administrators in the settings, nobody's token is believed in what they may do.
    private RightsParts rights() {
        var grants = new PostgresGrants(database, clock);
        var first = settings.signIn().securityAdministrators();
        if (first.isEmpty()) {
            return new RightsParts(grants, Rights.Source.TOKEN_AND_GRANTS, Set.of());
        }
        var subjects = Set.copyOf(first.get());
        if (subjects.size() < 2) {
            throw new InvalidInput(
                    "security-administrators",
                    "signIn.securityAdministrators",
                    "two at least: one proposes a right, another confirms it");
        }
        return new RightsParts(grants, Rights.Source.GRANTS, subjects);
    }

    private LifeParts lifeParts() {
        var disputes = settings.disputes();
        return new LifeParts(
                new PostgresLicenceLife(database, vault, clock),
                new PostgresDisputes(
                        database,
                        vault,
                        disputes.flatMap(Settings.DisputeSettings::calendar)
                                .map(WorkingDays::load)
                                .orElseGet(WorkingDays::weekendsOnly),
                        disputes.flatMap(Settings.DisputeSettings::daysToDecide).orElse(DAYS_TO_DECIDE),
                        clock),
                new NoticeParts(
                        outbox,
                        custodian.findOrMake("licence-notices-p256", KeyKind.P_256),
                        new AllowedHosts(settings.webhooks()
                                .map(Settings.WebhookSettings::hosts)
                                .orElse(List.of()))),
                copies());
    }

    private CopyDesk copies() {
        var body = verifyingBody();
        return new CopyDesk(
                licences,
                catalogue,
                new PostgresCopies(database, vault, clock),
                documents,
                new CopyMaker(body.name(), () -> body.signing().onPaper(), body.seal()),
                trust::verify,
                press,
                typefaces,
                clock);
    }

    private void tellOfReceipts() {
        try {
            switch (verifyingBody().signing()) {
                case ReceiptSigning.Demonstration _ ->
                    LOG.warn(
                            "核验回执仅供演示 receipts are a demonstration's: no certification authority vouches for their key."
                                    + " To do: yinzheng receipt csr, then yinzheng receipt certificate");
                case ReceiptSigning.Certified(var signer) ->
                    LOG.info(
                            "核验回执签名证书 receipts are signed as {} until {}",
                            Certificates.subject(signer.certificate()),
                            signer.certificate().getNotAfter().toInstant());
            }
        } catch (Failure.NotDone unusable) {
            LOG.error("核验回执不能签发 {}", unusable.getMessage());
        }
    }

    private VerifyingBody verifyingBody() {
        var name = settings.verifyingBodyName();
        return new VerifyingBody(
                name,
                receiptKeys,
                () -> authority.signer(name, Suite.RSA_SHA256),
                new SealArtist(typefaces).round(name, "核验专用章", 42),
                Version.text());
    }

    private SignIn signIn() {
        var signIn = settings.signIn();
        if (!signIn.demonstration()) {
            return new SignIn.Provider(
                    required(signIn.issuer(), "issuer"),
                    required(signIn.audience(), "audience"),
                    required(signIn.jwks(), "jwks"));
        }
        if (!isLoopback(settings.server().host())) {
            throw new InvalidInput(
                    "demonstration-sign-in",
                    "server.host",
                    "the demonstration's sign-in lets anybody be anybody: it is allowed on the loopback address only");
        }
        return new SignIn.Demonstration(DemoUsers.all());
    }

    private Optional<SigningKey> demonstrationKey() {
        return settings.signIn().demonstration()
                ? Optional.of(custodian.findOrMake("demo-identity-provider-p256", KeyKind.P_256))
                : Optional.empty();
    }

    private Optional<String> tokenTrouble() {
        return token.ready() ? Optional.empty() : Optional.of(token.status().message());
    }

    private Optional<String> databaseTrouble() {
        return database.ready()
                ? Optional.empty()
                : Optional.of("PostgreSQL does not answer at " + database.address() + ": see that it runs");
    }

    private Optional<String> documentsTrouble() {
        return Files.isWritable(directory.documents())
                ? Optional.empty()
                : Optional.of("the folder of documents cannot be written: " + directory.documents());
    }

    static Database openDatabase(Settings settings, Path root) throws IOException {
        if (settings.database().isEmpty()) {
            return Database.embedded(root.resolve("postgres"));
        }
        var other = settings.database().get();
        var database = Database.at(
                other.url(),
                other.user(),
                Files.readString(other.passwordFile()).strip());
        other.lookups().ifPresent(standby -> database.lookUpAt(standby.url(), standby.lag()));
        return database;
    }

    /// The log is named by its key, so that nobody can give it another name by a setting.
    private AuditLog openAuditLog() {
        var key = custodian.findOrMake("audit-log-p256", KeyKind.P_256);
        var name = Digest.sha256(key.publicKey().getEncoded()).hex().substring(0, 16);
        return new PostgresAuditLog(database, "yinzheng-audit/" + name, key, clock);
    }

    /// For who judges proofs beside the service.
    private void tellLogKey() throws IOException {
        var own = new KnownLogs(List.of(auditLog.key()), List.of()).text().getBytes(StandardCharsets.US_ASCII);
        var folder = DataDirectory.trust(directory.root()).resolve(OperatorTrust.LOGS);
        var file = folder.resolve("own.vkey");
        if (!Files.exists(file) || !Arrays.equals(Files.readAllBytes(file), own)) {
            Files.createDirectories(folder);
            DurableFile.write(file, own);
        }
    }

    private Settings.AuditSettings audit() {
        return settings.audit().orElse(Settings.AuditSettings.ALONE);
    }

    Witness witness() {
        return new Witness(audit().known().logs(), new PostgresSeenLogs(database), cosigner());
    }

    /// Named by its key, as the log is.
    private Cosigner cosigner() {
        var secrets = new SealedSecrets(token, directory.keys());
        return Cosigner.named("yinzheng-witness/", () -> secrets.findOrMake("audit-witness-ed25519", 32), clock);
    }

    private Cosigning cosigning() {
        var peers = audit().witnesses().orElse(List.of()).stream()
                .map(other -> {
                    var client = closing(new WitnessClient(other.url()), WitnessClient::close);
                    return new Cosigning.Peer(WitnessKey.parse(other.key()), client::ask);
                })
                .toList();
        return new Cosigning(auditLog, peers);
    }

    /// Seals that are allotted an identifier here get it in the division of the first authority.
    private static String division(List<Settings.OfficeSettings> authorities) {
        var id = authorities.isEmpty() ? "" : authorities.getFirst().sealId();
        return id.length() < 6 ? "000000" : id.substring(0, 6);
    }

    private static boolean isLoopback(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private static <T> T required(Optional<T> setting, String name) {
        return setting.orElseThrow(
                () -> new InvalidInput("settings", "signIn." + name, "is required without the demonstration"));
    }

    private <T> T closing(T part, Consumer<T> close) {
        opened.push(() -> close.accept(part));
        return part;
    }

    /// In the reverse order of opening; safe to call twice.
    @Override
    public synchronized void close() {
        while (!opened.isEmpty()) {
            opened.pop().run();
        }
    }
}
