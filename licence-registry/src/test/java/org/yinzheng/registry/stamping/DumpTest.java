package org.yinzheng.registry.stamping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.json;
import static org.yinzheng.registry.issuance.TestInstallation.permit;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.LocalDate;
import java.time.Period;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.registry.conversion.Conversion;
import org.yinzheng.registry.conversion.ConversionOptions;
import org.yinzheng.registry.copy.CopyDesk;
import org.yinzheng.registry.copy.CopyMaker;
import org.yinzheng.registry.copy.CopyOrder;
import org.yinzheng.registry.copy.CopyResult;
import org.yinzheng.registry.copy.Purpose;
import org.yinzheng.registry.dispute.Claim;
import org.yinzheng.registry.dispute.Dispute;
import org.yinzheng.registry.dispute.FilingResult;
import org.yinzheng.registry.document.DocumentStore;
import org.yinzheng.registry.erasure.ErasureResult;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.issuance.Issuance;
import org.yinzheng.registry.issuance.IssueRequest;
import org.yinzheng.registry.issuance.IssueResult;
import org.yinzheng.registry.issuance.Supersession;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.Party;
import org.yinzheng.registry.life.Change;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Transition;
import org.yinzheng.registry.postgres.ConversionLedger;
import org.yinzheng.registry.postgres.PostgresAuditLog;
import org.yinzheng.registry.postgres.PostgresCopies;
import org.yinzheng.registry.postgres.PostgresErasures;
import org.yinzheng.registry.postgres.PostgresOutbox;
import org.yinzheng.registry.postgres.PostgresVerifications;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.registry.seals.SealHouse;
import org.yinzheng.registry.verification.Retention;
import org.yinzheng.registry.verification.VerificationId;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.key.KeyKind;
import org.yinzheng.signing.key.Suite;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.seal.SealArtist;
import org.yinzheng.signing.verification.DocumentVerifier;
import org.yinzheng.testdata.DemoPeople;
import org.yinzheng.testdata.SampleStock;

/// Everything that a registry can hold is put into one, and then every row of every table is read, as a thief
/// of a dump would: nobody's number, name, telephone or address is in it, in no encoding.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DumpTest {
    private static final String TELEPHONE = "13957100042";
    private static final Actor HOLDER = new Actor("subject-7f3a", "citizen");
    private static final Grounds GROUNDS = new Grounds("request", "依申请", "");

    private final List<String> secrets = new ArrayList<>(List.of(TELEPHONE));
    private TestInstallation here;
    private AuditLog log;
    private Map<String, String> dump;

    @BeforeAll
    void useEverything(@TempDir Path directory) throws Exception {
        here = TestInstallation.open(directory, TestPostgres.fresh().open());
        var key = here.custodian.findOrMake("audit-log-p256", KeyKind.P_256);
        log = new PostgresAuditLog(here.database, "audit.example/dump", key, here.clock);
        var house = new StampHouse(here);
        var people = DemoPeople.citizens();
        people.forEach(citizen -> secrets.addAll(List.of(citizen.id(), citizen.name(), citizen.address())));
        var outbox = new PostgresOutbox(here.database, here.clock);
        outbox.subscribe("subject-bank", Optional.empty(), URI.create("https://bank.example/notices"));

        var licence = issued(withOthers(permit("dump-key-1", "D-1", 0)));
        outbox.relied(licence.id(), "subject-bank");
        here.life.change(licence.id(), new Change(Transition.SUSPEND, GROUNDS, CLERK));
        here.life.change(licence.id(), new Change(Transition.RESUME, GROUNDS, CLERK));
        here.disputes.reject(dispute(licence, "dump-dispute-1").id(), "已电话告知 " + TELEPHONE, CLERK);
        dispute(licence, "dump-dispute-2");
        copy(licence);
        issued(correcting(licence));
        waitingForItsReconciler();
        stall();

        house.seals.office.apply(house.seals.personal(people.getLast()), SealHouse.CUSTODIAN);
        secrets.remove(people.getLast().name()); // stands in a seal, which is made to be shown
        stamp(house, directory);
        convert(directory);
        verification();
        erasureThatIsProposed();
        log.advance();
        dump = dump();
    }

    @AfterAll
    void close() {
        here.close();
    }

    /// Otherwise nothing is shown. Of all tables these hold something about people.
    @Test
    void tablesAboutPeople_haveRows() {
        for (var table : List.of(
                "issuance_intent",
                "licence",
                "licence_holder",
                "holder_entry",
                "licence_transition",
                "rendition",
                "dispute",
                "annotated_copy",
                "reliance",
                "licence_notice",
                "batch_item",
                "stamping_batch",
                "seal",
                "seal_use",
                "verification",
                "erasure_order",
                "audit_entry")) {
            assertThat(dump.get(table)).as(table).isNotEmpty();
        }
    }

    @Test
    void dump_holdsNobodysNumberNameTelephoneOrAddress() {
        assertThat(secrets).hasSizeGreaterThan(20);
        dump.forEach((table, rows) -> {
            for (var secret : secrets) {
                assertThat(encodings(secret)).as(table).noneMatch(rows::contains);
            }
        });
    }

    /// That the test would see one.
    @Test
    void encodings_areRecognised() {
        var row = "(\\x" + HexFormat.of().formatHex(("x" + TELEPHONE).getBytes(UTF_8)) + ")";
        assertThat(encodings(TELEPHONE)).anyMatch(row::contains);
        var text = Base64.getEncoder().encodeToString(("xx" + TELEPHONE + "yy").getBytes(UTF_8));
        assertThat(encodings(TELEPHONE)).anyMatch(text::contains);
    }

    /// As text, as bytes (PostgreSQL shows them in hexadecimal), and in Base64 at any of its three places.
    private static List<String> encodings(String secret) {
        var bytes = secret.getBytes(UTF_8);
        var base64 = Stream.of(0, 1, 2).map(shift -> {
            var moved = new byte[shift + bytes.length];
            System.arraycopy(bytes, 0, moved, shift, bytes.length);
            var text = Base64.getEncoder().withoutPadding().encodeToString(moved);
            // the first and last characters share bits with their neighbours
            return text.substring(shift == 0 ? 0 : 4, text.length() - 2);
        });
        return Stream.concat(Stream.of(secret, HexFormat.of().formatHex(bytes)), base64)
                .toList();
    }

    private Map<String, String> dump() {
        var tables = TestPostgres.dump(
                        here.database,
                        "(SELECT c.relname FROM pg_class c WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition"
                                + " AND c.relnamespace = 'public'::regnamespace)")
                .replaceAll("[()]", "");
        var dump = new TreeMap<String, String>();
        for (var table : tables.lines().toList()) {
            dump.put(table, TestPostgres.dump(here.database, table));
        }
        return dump;
    }

    private void erasureThatIsProposed() {
        var licence = issued(permit("dump-key-4", "D-4", 3));
        here.life.change(licence.id(), new Change(Transition.REVOKE, GROUNDS, CLERK));
        log.advance();
        var later = Clock.offset(here.clock, Duration.ofDays(5 * 366));
        var erasures = new PostgresErasures(here.database, here.vault, here.documents, Period.ofYears(5), later);
        assertThat(erasures.propose(licence.holder().id(), new Actor("system-1", "system-admin")))
                .isInstanceOf(ErasureResult.Done.class);
    }

    private Licence issued(IssueRequest request) {
        return ((IssueResult.Issued) here.issuance().issue(request, CLERK)).licence();
    }

    /// What a copy is for and who gets it tell of a person as much as a telephone number does.
    private void copy(Licence licence) {
        var purpose = new Purpose("为" + DemoPeople.citizens().getFirst().name() + "申请临时救助");
        var recipient = "云泽市第三人民医院肿瘤科";
        secrets.addAll(List.of(purpose.text(), "申请临时救助", recipient));
        var order = new CopyOrder(
                licence.id(), purpose, recipient, LocalDate.now(CopyDesk.ZONE), HOLDER, true, "dump-copy-key-1");
        var typefaces = Typefaces.find();
        var maker = new CopyMaker(
                "云泽市政务服务中心",
                () -> here.demonstration.signer("云泽市政务服务中心", Suite.RSA_SHA256),
                new SealArtist(typefaces).round("云泽市政务服务中心", "核验专用章", 42));
        var desk = new CopyDesk(
                here.licences,
                here.catalogue,
                new PostgresCopies(here.database, here.vault, here.clock),
                here.documents,
                maker,
                new DocumentVerifier(here.demonstration.trust())::verify,
                here.press,
                typefaces,
                here.clock);
        assertThat(desk.make(order)).isInstanceOf(CopyResult.Made.class);
    }

    private static IssueRequest withOthers(IssueRequest asked) {
        var spouse = DemoPeople.citizens().get(1);
        var agent = DemoPeople.citizens().get(2);
        return new IssueRequest(
                asked.idempotencyKey(),
                asked.type(),
                asked.number(),
                asked.holder(),
                asked.data(),
                asked.validFrom(),
                asked.validUntil(),
                Optional.empty(),
                List.of(
                        new Party(new Holder(new CitizenId(spouse.id()), spouse.name()), Party.Role.SPOUSE),
                        new Party(new Holder(new CitizenId(agent.id()), agent.name()), Party.Role.AGENT)),
                Optional.empty(),
                List.of());
    }

    private static IssueRequest correcting(Licence old) {
        var data = (ObjectNode) old.data().deepCopy();
        data.put("KZ_ZZ", DemoPeople.citizens().get(3).address());
        return new IssueRequest(
                "dump-correct-1",
                old.typeName(),
                Optional.of(old.number()),
                old.holder(),
                data,
                old.validFrom(),
                Optional.empty(),
                Optional.empty(),
                old.others(),
                Optional.of(new Supersession(old.id(), Optional.empty(), GROUNDS)),
                List.of());
    }

    private Dispute dispute(Licence licence, String key) {
        var claim = new Claim(
                List.of(new Claim.Point("KZ_ZZ", DemoPeople.citizens().get(3).address())),
                DemoPeople.citizens().getFirst().name() + "，电话 " + TELEPHONE);
        return ((FilingResult.Filed) here.disputes.file(licence.id(), claim, Dispute.FiledAs.HOLDER, HOLDER, key))
                .dispute();
    }

    /// An intent that broke off holds the whole request.
    private void waitingForItsReconciler() {
        var broken = new Issuance(
                here.catalogue,
                here.intents,
                new DocumentStore() {
                    @Override
                    public Digest put(DocumentBytes document) {
                        throw new Failure.NotDone("the disk is full", null);
                    }

                    @Override
                    public Digest put(Path document) {
                        throw new Failure.NotDone("the disk is full", null);
                    }

                    @Override
                    public void fetch(Digest digest, Path into) {
                        throw new Failure.NotDone("the disk is full", null);
                    }

                    @Override
                    public void delete(Digest digest) {
                        here.documents.delete(digest);
                    }

                    @Override
                    public DocumentBytes get(Digest digest) {
                        throw new Failure.NotDone("the disk is full", null);
                    }
                },
                here.office,
                here.press,
                here.clock);
        assertThatExceptionOfType(Failure.NotDone.class)
                .isThrownBy(() -> broken.issue(permit("dump-key-2", "D-2", 1), CLERK));
    }

    /// A business of one person is named and numbered as that person is found.
    private void stall() {
        var company = DemoPeople.companies().getFirst();
        secrets.add(company.creditCode());
        secrets.add(company.representative());
        secrets.add(company.address());
        issued(new IssueRequest(
                "dump-key-3",
                "营业执照",
                Optional.empty(),
                new Holder(new CreditCode(company.creditCode()), company.name()),
                json(Map.of(
                        "KZ_LX", company.kind(),
                        "KZ_FDDBR", company.representative(),
                        "KZ_ZCZB", company.capital(),
                        "KZ_CLRQ", company.founded().toString(),
                        "KZ_ZS", company.address(),
                        "KZ_JYFW", company.scope())),
                LocalDate.now(java.time.ZoneOffset.UTC),
                Optional.empty(),
                Optional.empty()));
    }

    private void stamp(StampHouse house, Path directory) throws Exception {
        var seal = house.seals.inUse();
        var name = DemoPeople.citizens().getFirst().name() + "的批复.xml";
        var file = Files.writeString(directory.resolve("approval.xml"), "<approval><project>a</project></approval>\n");
        var options = StampingTest.options();
        var request = new StampRequest(
                "dump-stamping", seal.id(), "批复", options, List.of(StampRequest.Document.of(name, file)));
        var folder = Files.createTempDirectory(directory, "stamping");
        assertThat(house.stamping.stamp(request, CLERK, SealHouse.BODY.code(), folder))
                .isInstanceOf(StampResult.Done.class);
    }

    private void convert(Path directory) throws Exception {
        var stock = directory.resolve("stock");
        SampleStock.write(stock, 7, SampleStock.LEAST);
        Files.readAllLines(stock.resolve("index.csv")).stream().skip(1).forEach(line -> Stream.of(line.split(",", -1))
                .filter(cell -> cell.matches("[0-9]{17}[0-9X]"))
                .forEach(secrets::add));
        new Conversion(
                        here.catalogue,
                        here.issuance(),
                        here.licences,
                        new ConversionLedger(here.database, here.vault, here.clock),
                        new ConversionOptions(2, false, Duration.ofSeconds(20)))
                .run(
                        stock.resolve("index.csv"),
                        stock.resolve("scans"),
                        directory.resolve("output"),
                        new Actor("operator-7", "converter"),
                        (done, total, accepted, rejected) -> {});
    }

    private void verification() {
        var verifications = new PostgresVerifications(here.database, here.vault, Retention.STANDARD, here.clock);
        var result = json(Map.of("file", DemoPeople.citizens().getFirst().name() + ".pdf"));
        var id = VerificationId.random();
        verifications.record(id, result);
        verifications.keepReceipt(id, "a.b.c");
        verifications.accept(VerificationId.random(), result);
    }
}
