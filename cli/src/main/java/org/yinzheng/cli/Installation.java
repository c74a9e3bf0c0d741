package org.yinzheng.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.yinzheng.api.Limits;
import org.yinzheng.api.Service;
import org.yinzheng.api.ServiceConfig;
import org.yinzheng.api.ServiceParts;
import org.yinzheng.api.worker.VerifierPool;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.registry.audit.RegistryAudit;
import org.yinzheng.registry.audit.Rounds;
import org.yinzheng.registry.bulk.BulkChanges;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.conversion.Conversion;
import org.yinzheng.registry.conversion.ConversionOptions;
import org.yinzheng.registry.copy.CopyDesk;
import org.yinzheng.registry.copy.CopyMaker;
import org.yinzheng.registry.issuance.Issuance;
import org.yinzheng.registry.issuance.IssuingOffice;
import org.yinzheng.registry.issuance.Press;
import org.yinzheng.registry.issuance.Reconciler;
import org.yinzheng.registry.licence.Licences;
import org.yinzheng.registry.merger.Mergers;
import org.yinzheng.registry.notice.Outbox;
import org.yinzheng.registry.postgres.ConversionLedger;
import org.yinzheng.registry.postgres.PostgresBulkChanges;
import org.yinzheng.registry.postgres.PostgresCopies;
import org.yinzheng.registry.postgres.PostgresDataKeys;
import org.yinzheng.registry.postgres.PostgresIntents;
import org.yinzheng.registry.postgres.PostgresLicenceLife;
import org.yinzheng.registry.postgres.PostgresLicences;
import org.yinzheng.registry.postgres.PostgresOutbox;
import org.yinzheng.registry.postgres.PostgresRegistryAudit;
import org.yinzheng.registry.witness.Witness;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.certificate.KnownSigners;
import org.yinzheng.signing.certificate.TrustFolder;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.testdata.SampleCatalogue;

/// Everything that one data folder makes up, opened and wired: the one place where the modules meet. What a `Setup`
/// wires stands there.
public final class Installation implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Installation.class);

    /// Processes that judge uploads.
    private static final int WORKERS = 2;
    private static final int DIGESTS_AT_ONCE = 500;
    private static final int EXPIRY_DAYS = 30;
    private static final int NOTICES_AT_ONCE = 1000;

    private final OpenParts opened = new OpenParts();
    private final Foundation base;
    private final Catalogue catalogue;
    private final Typefaces typefaces;
    private final InstallationTrust trust;
    private final SealSetup seals;
    private final Licences licences;
    private final Press press;
    private final Issuance issuance;
    private final Reconciler reconciler;
    private final Outbox outbox;
    private final AuditSetup audit;
    private final StampingSetup stamping;
    private final VerificationSetup verification;

    private Installation(Path data, Clock clock, Consumer<String> say) throws IOException {
        try {
            var directory = opened.add(DataDirectory.open(data), DataDirectory::close);
            var settings = Settings.load(directory.settings());
            if (!Files.isDirectory(directory.catalogue())) {
                SampleCatalogue.write(directory.catalogue());
            }
            catalogue = Catalogue.load(directory.catalogue());
            typefaces = Typefaces.find();

            say.accept("密码设备 token ...");
            var token = Token.init(settings.tokenProfile(), directory.root());
            say.accept("数据库 database ...");
            base = Foundation.lay(directory.root(), settings, clock, token, opened);
            opened.add(Rounds.start("data-keys", base.dataKeys()::round, PostgresDataKeys.EVERY), Rounds::close);
            licences = new PostgresLicences(base.database(), base.vault(), base.documents(), clock);

            say.accept("密钥、演示证书、印章 keys, demonstration certificates, seals ...");
            var authority = DemonstrationAuthority.open(base.custodian(), directory.pki(), clock);
            authority.exportTrust(DataDirectory.trust(base.root()));
            trust = InstallationTrust.of(settings, base.root(), authority, clock);
            seals = new SealSetup(base, authority, trust, new SealArtist(typefaces), catalogue);
            verification = new VerificationSetup(base, authority, trust, typefaces);
            trust.know(ownSigners());
            var intents = new PostgresIntents(base.database(), base.vault(), clock);
            press = new Press(typefaces, trust::selfCheck, settings.server().publicUrl(), clock);
            issuance = new Issuance(catalogue, intents, base.documents(), seals.issuing(), press, clock);
            reconciler = new Reconciler(intents, issuance);

            outbox = new PostgresOutbox(base.database(), clock);
            audit = new AuditSetup(base);
            audit.tellLogKey();
            stamping = new StampingSetup(base, authority, trust, seals, licences, catalogue, press);
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
        return base.settings();
    }

    public Issuance issuance() {
        return issuance;
    }

    public Catalogue catalogue() {
        return catalogue;
    }

    AuditLog auditLog() {
        return audit.log();
    }

    Witness witness() {
        return audit.witness();
    }

    RegistryAudit registryAudit() {
        return new PostgresRegistryAudit(base.database(), base.vault());
    }

    public Licences licences() {
        return licences;
    }

    public IssuingOffice office() {
        return seals.issuing();
    }

    Mergers mergers() {
        return seals.mergers();
    }

    BulkChanges bulkChanges() {
        var life = new PostgresLicenceLife(base.database(), base.vault(), base.clock());
        return new PostgresBulkChanges(base.database(), life, base.clock());
    }

    Conversion conversion() {
        var ledger = new ConversionLedger(base.database(), base.vault(), base.clock());
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
            var abandoned = stamping.parts().batches().cancelAbandoned();
            if (abandoned > 0) {
                say.accept("对账 reconciled: 中断的用印 stamping that broke off " + abandoned);
            }
            verification.verifications().purge();
            base.erasures().round();
            outbox.announceExpiring(EXPIRY_DAYS, NOTICES_AT_ONCE);
            licences.addMissingDigests(DIGESTS_AT_ONCE);
        } catch (Failure.NotDone later) {
            LOG.warn("not reconciled yet: {}", later.getMessage());
        }
    }

    /// @param port instead of the one in the settings; null: that one
    Service service(@Nullable Integer port) {
        var server = settings().server();
        var signIn = new SignInSetup(base);
        var config = new ServiceConfig(
                server.host(),
                port == null ? server.port() : port,
                port == null ? Optional.of(server.publicUrl()) : Optional.empty(),
                signIn.signIn(),
                Limits.defaults());
        var verifiers = opened.add(new VerifierPool(WORKERS, trust), VerifierPool::close);
        if (port == null || port != 0) {
            verifiers.start(); // a service for one command judges rarely: its workers start when they are needed
            verification.tellOfReceipts();
        }
        var parts = new ServiceParts(
                catalogue,
                licences,
                LifeSetup.parts(base, outbox, copies()),
                issuance,
                seals.issuing(),
                verifiers,
                verification.parts(),
                InstallationProbes.of(base),
                base.clock(),
                stamping.parts(),
                stamping.timestamps(),
                audit.parts(),
                seals.parts(),
                signIn.rights(),
                signIn.demonstrationKey());
        audit.startRounds();
        return new Service(parts, config);
    }

    private CopyDesk copies() {
        var body = verification.body();
        return new CopyDesk(
                licences,
                catalogue,
                new PostgresCopies(base.database(), base.vault(), base.clock()),
                base.documents(),
                new CopyMaker(body.name(), () -> body.signing().onPaper(), body.seal()),
                trust::selfCheck,
                press,
                typefaces,
                base.clock());
    }

    /// Whom credentials and receipts name by their key only. Written down for who verifies beside the service.
    private KnownSigners ownSigners() {
        var signers = new KnownSigners(seals.certificates(), List.of(verification.pinnedKeys()));
        TrustFolder.add(DataDirectory.trust(base.root()), signers);
        return signers;
    }

    /// In the reverse order of opening; safe to call twice.
    @Override
    public void close() {
        opened.close();
    }
}
