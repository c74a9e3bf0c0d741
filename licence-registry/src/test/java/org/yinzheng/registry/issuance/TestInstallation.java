package org.yinzheng.registry.issuance;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.yinzheng.hsm.custody.SealedSecrets;
import org.yinzheng.hsm.custody.TokenCustodian;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.hsm.token.TokenProfile;
import org.yinzheng.registry.atrest.KeptDataKeys;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.dispute.WorkingDays;
import org.yinzheng.registry.document.DirectoryStore;
import org.yinzheng.registry.document.DocumentStore;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.HolderKind;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.postgres.Database;
import org.yinzheng.registry.postgres.PostgresDataKeys;
import org.yinzheng.registry.postgres.PostgresDisputes;
import org.yinzheng.registry.postgres.PostgresIntents;
import org.yinzheng.registry.postgres.PostgresLicenceLife;
import org.yinzheng.registry.postgres.PostgresLicences;
import org.yinzheng.signing.certificate.DemonstrationAuthority;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.seal.PermittedSigners;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.signing.seal.SealKind;
import org.yinzheng.signing.seal.SealMaker;
import org.yinzheng.signing.seal.SealOrder;
import org.yinzheng.signing.verification.DocumentVerifier;
import org.yinzheng.testdata.DemoPeople;
import org.yinzheng.testdata.SampleCatalogue;

/// A whole registry in a directory, on real parts: SoftHSM, PostgreSQL, the demonstration's catalogue and authorities.
/// Opened by the tests, and by the JVMs that they start and kill.
public final class TestInstallation implements AutoCloseable {
    /// After how long a process of the tests that was killed is taken for dead: their rounds are five a second.
    public static final Duration ALIVE = Duration.ofSeconds(3);

    public static final Actor CLERK = new Actor("clerk-1", "issuer");

    private static final ObjectMapper JSON = new ObjectMapper();

    public final Clock clock = Clock.systemUTC();
    public final Catalogue catalogue = Catalogue.of(SampleCatalogue.files());
    public final Database database;
    public final DocumentStore documents;
    public final Vault vault;
    public final PostgresDataKeys dataKeys;
    public final PostgresLicences licences;
    public final PostgresIntents intents;
    public final PostgresLicenceLife life;
    public final PostgresDisputes disputes;
    public final Press press;
    public final IssuingOffice office;
    public final DemonstrationAuthority demonstration;
    public final TokenCustodian custodian;

    private final Token token;
    private final RegistryKeys keys;
    private final SealedSecrets secrets;

    public TestInstallation(Path directory, Database database, DocumentStore documents) {
        this.database = database;
        this.documents = documents;
        this.token = Token.init(TokenProfile.softHsm(), directory);
        this.secrets = new SealedSecrets(token, directory.resolve("keys"));
        this.keys = keysAgain();
        this.vault = new Vault(keys);
        this.dataKeys = new PostgresDataKeys(database, vault, clock, ALIVE);
        dataKeys.open();
        database.sealRows(vault);
        this.licences = new PostgresLicences(database, vault, documents, clock);
        this.intents = new PostgresIntents(database, vault, clock);
        this.life = new PostgresLicenceLife(database, vault, clock);
        this.disputes = new PostgresDisputes(database, vault, WorkingDays.weekendsOnly(), 5, clock);
        var typefaces = Typefaces.find();
        this.custodian = new TokenCustodian(token, directory.resolve("keys"));
        this.demonstration = DemonstrationAuthority.open(custodian, directory.resolve("pki"), clock);
        this.office = new Office(demonstration, new SealArtist(typefaces), clock);
        this.press = new Press(typefaces, selfCheck(demonstration), URI.create("https://licences.example/"), clock);
    }

    public static TestInstallation open(Path directory, Database database) {
        return new TestInstallation(directory, database, new DirectoryStore(directory.resolve("documents")));
    }

    static SelfCheck selfCheck(DemonstrationAuthority authority) {
        return new DocumentVerifier(authority.trust())::verify;
    }

    /// As another process of this registry has them.
    public RegistryKeys keysAgain() {
        return KeptDataKeys.registryKeys(secrets);
    }

    public Issuance issuance() {
        return issuance(step -> {});
    }

    /// One that dies when the intent is recorded.
    public Issuance issuanceDyingAfterItsIntent(Runnable death) {
        return issuance(step -> {
            if (step == Step.INTENT_RECORDED) {
                death.run();
            }
        });
    }

    Issuance issuance(Consumer<Step> reached) {
        return new Issuance(catalogue, intents, documents, office, press, clock, reached);
    }

    /// Makes what is made on first use, so that JVMs that follow find it.
    void desks() {
        for (var type : catalogue.types()) {
            office.desk(office.authorityFor(type.code(), CLERK), type.code(), CLERK);
        }
    }

    public Reconciler reconciler() {
        return new Reconciler(intents, issuance());
    }

    /// A residence permit for one of the demonstration's citizens.
    public static IssueRequest permit(String key, String number, int citizen) {
        var who = DemoPeople.citizens().get(citizen);
        return new IssueRequest(
                key,
                "居住证",
                Optional.of(new LicenceNumber(number)),
                new Holder(HolderId.of(HolderKind.CITIZEN_ID, "holderId", who.id()), who.name()),
                json(Map.of(
                        "KZ_XB",
                        who.sex(),
                        "KZ_MZ",
                        who.nation(),
                        "KZ_CSRQ",
                        who.birth().toString(),
                        "KZ_ZZ",
                        who.address())),
                LocalDate.now(Issuance.ZONE),
                Optional.empty(),
                Optional.empty());
    }

    public static JsonNode json(Object value) {
        return JSON.valueToTree(value);
    }

    @Override
    public void close() {
        keys.close();
        token.close();
        database.close();
    }

    /// 云泽市公安局 issues permits, 云泽市市场监督管理局 business licences.
    private static final class Office implements IssuingOffice {
        private final DemonstrationAuthority authority;
        private final SealArtist artist;
        private final Clock clock;
        private final Map<CreditCode, Desk> desks = new ConcurrentHashMap<>();

        Office(DemonstrationAuthority authority, SealArtist artist, Clock clock) {
            this.authority = authority;
            this.artist = artist;
            this.clock = clock;
        }

        @Override
        public Authority authorityFor(String typeCode, Actor actor) {
            var body = typeCode.endsWith("001") ? DemoPeople.MARKET_SUPERVISION : DemoPeople.PUBLIC_SECURITY;
            return new Authority(new CreditCode(body.creditCode()), body.name());
        }

        @Override
        public Desk desk(Authority of, String typeCode, Actor actor) {
            return desks.computeIfAbsent(of.code(), code -> {
                var rsa = authority.signer(of.name(), Suite.RSA_SHA256);
                var sm2 = authority.signer(of.name(), Suite.SM2_SM3);
                var picture = artist.round(of.name(), "电子证照专用章", 42);
                var from = clock.instant().minus(Duration.ofMinutes(1));
                var seal = new SealMaker(authority.sealMaker())
                        .make(new SealOrder(
                                "seal-" + code.value(),
                                of.name(),
                                SealKind.STATUTORY_NAME,
                                picture,
                                PermittedSigners.listed(List.of(sm2.certificate())),
                                from,
                                from,
                                from.plus(Duration.ofDays(365))));
                return new Desk(of, rsa, sm2, seal, 1, picture);
            });
        }
    }
}
