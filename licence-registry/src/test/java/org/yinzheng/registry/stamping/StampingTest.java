package org.yinzheng.registry.stamping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalTime;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.registry.seals.DocumentKind;
import org.yinzheng.registry.seals.GuardRails;
import org.yinzheng.registry.seals.SealHouse;
import org.yinzheng.registry.seals.SealRecord;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.registry.seals.SealUses;
import org.yinzheng.registry.seals.Step;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Typefaces;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Place;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Integrity;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.testdata.DemoPeople;
import org.yinzheng.testdata.SampleApproval;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StampingTest {
    private static final Typefaces TYPEFACES = Typefaces.find();

    private static final Actor OFFICER = new Actor("officer-1", "issuer");
    private static final CreditCode BODY = SealHouse.BODY.code();
    private static final CreditCode ANOTHER = new CreditCode(DemoPeople.PUBLIC_SECURITY.creditCode());

    private Path directory;
    private TestInstallation here;
    private StampHouse house;
    private SealRecord seal;

    @BeforeAll
    void open(@TempDir Path directory) {
        this.directory = directory;
        here = TestInstallation.open(directory, TestPostgres.fresh().open());
        house = new StampHouse(here);
        seal = house.seals.inUse();
    }

    @AfterAll
    void close() {
        here.close();
    }

    @Test
    void pdfWithBothSignatures_isStampedAtTheKeyword_keptAndRecorded() {
        var request = request(seal, "both", options("keyword:盖章处"), pdf("both"));
        var batch = done(house.stamping.stamp(request, OFFICER, BODY, folder()));

        var stamped = stamped(batch, 0);
        assertThat(stamped.checked()).isTrue();
        assertThat(stamped.placed()).singleElement().satisfies(placed -> {
            assertThat(placed.page()).isEqualTo(1);
            assertThat(placed.area().width()).isEqualTo(42);
        });
        var report = verify(here.documents.get(stamped.stamped()));
        assertThat(report.indication()).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(report.integrity()).isEqualTo(Integrity.INTACT);
        assertThat(report.signatures()).hasSize(2);

        var use = house.uses.find(stamped.use()).orElseThrow();
        assertThat(use.kind()).isEqualTo(DocumentKind.PDF);
        assertThat(use.document()).isEqualTo(request.documents().getFirst().digests());
        assertThat(use.outcome()).containsInstanceOf(SealUse.Stamped.class);
        assertThat(uses(stamped.stamped())).extracting(SealUse::id).containsExactly(stamped.use());
    }

    @Test
    void gbStampInAPdf_passes() {
        var options = with(options("page:last,150,240"), StampOptions.Signatures.SES, Level.B, Level.Shortfall.REQUIRE);
        var batch = done(house.stamping.stamp(request(seal, "ses", options, pdf("ses")), OFFICER, BODY, folder()));
        assertThat(verify(here.documents.get(stamped(batch, 0).stamped())).indication())
                .isEqualTo(Indication.TOTAL_PASSED);
    }

    @Test
    void ofdAndXmlInOneRequest_bothPass() {
        var request = new StampRequest(
                "stamping-ofd-and-xml",
                seal.id(),
                "批复",
                options(),
                List.of(file("批复.ofd", new SampleApproval(TYPEFACES, "two").ofd()), xml("two")));
        var batch = done(house.stamping.stamp(request, OFFICER, BODY, folder()));
        assertThat(batch.outcomes()).hasSize(2).allSatisfy(outcome -> {
            assertThat(outcome).isInstanceOf(Outcome.Stamped.class);
            assertThat(verify(here.documents.get(((Outcome.Stamped) outcome).stamped()))
                            .indication())
                    .isEqualTo(Indication.TOTAL_PASSED);
        });
    }

    @Test
    void openOfd_takesASecondStamp_closedOneDoesNot() {
        var once = stamped(
                done(house.stamping.stamp(
                        request(
                                seal,
                                "ofd-1",
                                options("keyword:盖章处"),
                                file("a.ofd", new SampleApproval(TYPEFACES, "again").ofd())),
                        OFFICER,
                        BODY,
                        folder())),
                0);
        var second = house.stamping.stamp(
                request(
                        seal,
                        "ofd-2",
                        closing(options("page:1,60,240")),
                        file("b.ofd", here.documents.get(once.stamped()))),
                OFFICER,
                BODY,
                folder());
        var twice = here.documents.get(stamped(done(second), 0).stamped());
        assertThat(verify(twice).indication()).isEqualTo(Indication.TOTAL_PASSED);
        assertThat(verify(twice).signatures()).hasSize(2);
        assertThat(refused(house.stamping.stamp(
                                request(seal, "ofd-3", options(), file("c.ofd", twice)), OFFICER, BODY, folder()))
                        .code())
                .isEqualTo("ofd-closed");
    }

    @Test
    void digestAlone_getsAGbStamp_andTheDocumentStaysWhereItIs() {
        var document = new SampleApproval(TYPEFACES, "digest").pdf().toByteArray();
        var digests = StampRequest.Document.of("d", write("d", document)).digests();
        var options = with(options(), StampOptions.Signatures.SES, Level.B, Level.Shortfall.REQUIRE);
        var request = new StampRequest(
                "stamping-digest-1",
                seal.id(),
                "合同",
                options,
                List.of(new StampRequest.Document("合同.pdf", Optional.empty(), digests, 0)));
        var outcome = stamped(done(house.stamping.stamp(request, OFFICER, BODY, folder())), 0);
        var stamp = org.yinzheng.signing.seal.Stamp.parse(here.documents.get(outcome.stamped()));
        assertThat(stamp.dataHash().toByteArray())
                .isEqualTo(java.util.HexFormat.of().parseHex(digests.sm3().hex()));
        assertThat(uses(digests.sha256())).hasSize(1);
    }

    @Test
    void longTermLevel_isReached_andPasses() {
        var options = with(options(), StampOptions.Signatures.BOTH, Level.LTA, Level.Shortfall.REQUIRE);
        var outcome = stamped(
                done(house.stamping.stamp(request(seal, "lta", options, pdf("lta")), OFFICER, BODY, folder())), 0);
        assertThat(outcome.level()).isEqualTo(Level.LTA);
        assertThat(verify(here.documents.get(outcome.stamped())).indication()).isEqualTo(Indication.TOTAL_PASSED);
    }

    @Test
    void timestampsAway_required_isNotDone_andTheUseIsCancelled() {
        var document = pdf("away");
        var options = with(options(), StampOptions.Signatures.RSA, Level.T, Level.Shortfall.REQUIRE);
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> house.withoutTimestamps()
                .stamp(request(seal, "away-1", options, document), OFFICER, BODY, folder()));
        assertThat(uses(document.digests().sha256())).singleElement().satisfies(use -> assertThat(use.outcome())
                .containsInstanceOf(SealUse.Cancelled.class));
        // the same key, once the authority is back
        assertThat(stamped(
                                done(house.stamping.stamp(
                                        request(seal, "away-1", options, document), OFFICER, BODY, folder())),
                                0)
                        .level())
                .isEqualTo(Level.T);
    }

    @Test
    void timestampsAway_degrade_saysWhichLevelWasReached() {
        var options = with(options(), StampOptions.Signatures.BOTH, Level.LTA, Level.Shortfall.DEGRADE);
        var batch = done(house.withoutTimestamps()
                .stamp(request(seal, "degrade", options, pdf("degrade")), OFFICER, BODY, folder()));
        assertThat(stamped(batch, 0).level()).isEqualTo(Level.B);
    }

    @Test
    void sameKeyAgain_isTheSameStamp_andAnotherRequestUnderItIsRefused() {
        var request = request(seal, "again-1", options(), pdf("once"));
        var first = done(house.stamping.stamp(request, OFFICER, BODY, folder()));
        var again = house.stamping.stamp(request, OFFICER, BODY, folder());
        assertThat(again).isInstanceOfSatisfying(StampResult.AlreadyDone.class, same -> assertThat(same.batch())
                .isEqualTo(house.batches.find(first.id()).orElseThrow()));
        assertThat(house.stamping.stamp(request(seal, "again-1", options(), pdf("another")), OFFICER, BODY, folder()))
                .isEqualTo(new StampResult.KeyReused());
        assertThat(uses(request.documents().getFirst().digests().sha256())).hasSize(1);
    }

    @Test
    void documentThatCannotBeStamped_stopsNoOther_andItsUseIsCancelled() {
        var broken = file("坏.pdf", DocumentBytes.of("%PDF-1.7 nothing more".getBytes(StandardCharsets.US_ASCII)));
        var request = new StampRequest("stamping-mixed-1", seal.id(), "批复", options(), List.of(broken, pdf("mixed")));
        var batch = done(house.stamping.stamp(request, OFFICER, BODY, folder()));
        assertThat(batch.outcomes().getFirst()).isInstanceOf(Outcome.Refused.class);
        assertThat(batch.outcomes().getLast()).isInstanceOf(Outcome.Stamped.class);
        assertThat(uses(broken.digests().sha256())).singleElement().satisfies(use -> assertThat(use.outcome())
                .containsInstanceOf(SealUse.Cancelled.class));
    }

    @Test
    void notADocumentThatCanBeStamped_isRefusedBeforeAnythingIsRecorded() {
        var picture = file("章.png", DocumentBytes.of(new byte[] {(byte) 0x89, 'P', 'N', 'G'}));
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(
                        () -> house.stamping.stamp(request(seal, "png", options(), picture), OFFICER, BODY, folder()))
                .satisfies(e -> assertThat(e.code()).isEqualTo("stamp-format"));
        assertThat(uses(picture.digests().sha256())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "seal-kind-not-allowed",
        "seal-outside-hours",
        "seal-not-your-authority",
        "seal-not-in-use",
        "seal-certificate-revoked",
        "seal-quota-used-up"
    })
    void sealThatMayNotBeUsedLikeThis_isRefused_andNothingIsRecorded(String code) {
        var rails = GuardRails.of(BODY);
        var today = LocalTime.now(here.clock.withZone(java.time.ZoneId.of("Asia/Shanghai")));
        var closed = today.getHour() < 12
                ? new GuardRails.Hours(Set.of(DayOfWeek.values()), LocalTime.of(22, 0), LocalTime.of(22, 1))
                : new GuardRails.Hours(Set.of(DayOfWeek.values()), LocalTime.of(1, 0), LocalTime.of(1, 1));
        var limited =
                switch (code) {
                    case "seal-kind-not-allowed" ->
                        rails(Set.of(DocumentKind.OFD), OptionalInt.empty(), Optional.empty());
                    case "seal-outside-hours" -> rails(Set.of(), OptionalInt.empty(), Optional.of(closed));
                    case "seal-quota-used-up" -> rails(Set.of(), OptionalInt.of(1), Optional.empty());
                    default -> rails;
                };
        var mine = house.seals.inUse(limited);
        if (code.equals("seal-not-in-use")) {
            SealHouse.done(house.seals.step(mine, Step.SUSPEND, SealHouse.SECURITY));
        }
        if (code.equals("seal-certificate-revoked")) {
            var certificate =
                    mine.current().orElseThrow().signers().getFirst().chain().getFirst();
            here.demonstration.revoke(certificate, here.clock.instant());
        }
        if (code.equals("seal-quota-used-up")) {
            done(house.stamping.stamp(request(mine, code + "-0", options(), pdf("first")), OFFICER, BODY, folder()));
        }
        var document = pdf(code);
        var asker = code.equals("seal-not-your-authority") ? ANOTHER : BODY;
        var result = house.stamping.stamp(request(mine, code, options(), document), OFFICER, asker, folder());
        assertThat(result).isInstanceOfSatisfying(StampResult.Refused.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(code));
        assertThat(uses(document.digests().sha256())).isEmpty();
    }

    @Test
    void moreThanOnePersonMayStamp_waitsForAnother_whoIsNotTheAsker() {
        var mine = house.seals.inUse(new GuardRails(
                Set.of(), Set.of(), OptionalInt.empty(), Optional.empty(), OptionalInt.of(1), Set.of(BODY)));
        var request = new StampRequest(
                "stamping-release-1", mine.id(), "批量批复", options(), List.of(pdf("first of two"), pdf("second of two")));
        var waiting = (StampResult.AwaitingRelease) house.stamping.stamp(request, OFFICER, BODY, folder());
        var id = waiting.batch().id();
        assertThat(house.batches.awaitingRelease(mine.id()))
                .extracting(Batch::id)
                .containsExactly(id);
        assertThat(house.stamping.stamp(request, OFFICER, BODY, folder()))
                .isInstanceOf(StampResult.AwaitingRelease.class);
        assertThat(house.batches.decide(id, OFFICER, true, "自己放行")).isEqualTo(Batches.Decided.OWN_REQUEST);
        assertThat(house.batches.decide(id, SealHouse.CUSTODIAN, true, "已核对清单")).isEqualTo(Batches.Decided.DONE);
        assertThat(house.batches.decide(id, SealHouse.CUSTODIAN, false, "改变主意")).isEqualTo(Batches.Decided.NOT_WAITING);
        assertThat(house.batches.decide(UUID.randomUUID(), SealHouse.CUSTODIAN, true, "无此请求"))
                .isEqualTo(Batches.Decided.NOT_FOUND);

        var batch = done(house.stamping.stamp(request, OFFICER, BODY, folder()));
        assertThat(batch.id()).isEqualTo(id);
        assertThat(batch.outcomes()).hasSize(2).allMatch(Outcome.Stamped.class::isInstance);
    }

    @Test
    void releaseRefused_staysRefused() {
        var mine = house.seals.inUse(new GuardRails(
                Set.of(), Set.of(), OptionalInt.empty(), Optional.empty(), OptionalInt.of(1), Set.of(BODY)));
        var request = new StampRequest("stamping-release-2", mine.id(), "批量", options(), List.of(pdf("r1"), pdf("r2")));
        var waiting = (StampResult.AwaitingRelease) house.stamping.stamp(request, OFFICER, BODY, folder());
        house.batches.decide(waiting.batch().id(), SealHouse.CUSTODIAN, false, "清单不符");
        assertThat(house.stamping.stamp(request, OFFICER, BODY, folder()))
                .isInstanceOf(StampResult.ReleaseRefused.class);
    }

    @Test
    void twoAtOnceOnOneDocument_oneIsToldToWait() throws Exception {
        var document = pdf("contended");
        var inside = new CountDownLatch(1);
        var leave = new CountDownLatch(1);
        var slow = house.stamping(step -> {
            if (step == StampStep.INTENTS_RECORDED) {
                inside.countDown();
                await(leave);
            }
        });
        try (var threads = Executors.newSingleThreadExecutor()) {
            var first = threads.submit(
                    () -> slow.stamp(request(seal, "contended-1", options(), document), OFFICER, BODY, folder()));
            inside.await();
            assertThat(house.stamping.stamp(request(seal, "contended-2", options(), document), OFFICER, BODY, folder()))
                    .isEqualTo(new StampResult.InProgress());
            leave.countDown();
            done(first.get());
        }
        done(house.stamping.stamp(request(seal, "contended-2", options(), document), OFFICER, BODY, folder()));
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static GuardRails rails(Set<DocumentKind> kinds, OptionalInt quota, Optional<GuardRails.Hours> hours) {
        return new GuardRails(kinds, Set.of(), quota, hours, OptionalInt.empty(), Set.of(BODY));
    }

    private StampRequest request(SealRecord with, String key, StampOptions options, StampRequest.Document document) {
        return new StampRequest("stamping-" + key, with.id(), "建设项目批复", options, List.of(document));
    }

    static StampOptions options(String... places) {
        return new StampOptions(
                List.of(places).stream().map(Place::parse).toList(),
                Level.B,
                Level.Shortfall.REQUIRE,
                StampOptions.Signatures.BOTH,
                StampOptions.AllowedChanges.UNSAID,
                false,
                Set.of());
    }

    private static StampOptions closing(StampOptions options) {
        return new StampOptions(
                options.places(),
                options.level(),
                options.shortfall(),
                options.signatures(),
                options.allowedChanges(),
                true,
                options.accepted());
    }

    private static StampOptions with(
            StampOptions options, StampOptions.Signatures signatures, Level level, Level.Shortfall shortfall) {
        return new StampOptions(
                options.places(),
                level,
                shortfall,
                signatures,
                options.allowedChanges(),
                options.closes(),
                options.accepted());
    }

    private StampRequest.Document pdf(String project) {
        return file(project + ".pdf", new SampleApproval(TYPEFACES, project).pdf());
    }

    private StampRequest.Document xml(String project) {
        var text =
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<approval><project>" + project + "</project></approval>\n";
        return file(project + ".xml", DocumentBytes.of(text.getBytes(StandardCharsets.UTF_8)));
    }

    private StampRequest.Document file(String name, DocumentBytes content) {
        return StampRequest.Document.of(name, write(name, content.toByteArray()));
    }

    private Path write(String name, byte[] content) {
        try {
            return Files.write(folder().resolve(name), content);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private Path folder() {
        try {
            return Files.createTempDirectory(directory, "stamping");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private List<SealUse> uses(Digest digest) {
        var query = new SealUses.Query(
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of(digest),
                Optional.empty(),
                Optional.<Instant>empty(),
                Optional.<Instant>empty());
        return house.uses.search(query, 10, Optional.empty()).uses();
    }

    private Report.Judged verify(DocumentBytes document) {
        return (Report.Judged) house.verifier.verify(document, here.clock.instant());
    }

    static Batch done(StampResult result) {
        assertThat(result).isInstanceOf(StampResult.Done.class);
        return ((StampResult.Done) result).batch();
    }

    static Outcome.Stamped stamped(Batch batch, int number) {
        assertThat(batch.outcomes().get(number)).isInstanceOf(Outcome.Stamped.class);
        return (Outcome.Stamped) batch.outcomes().get(number);
    }

    private static Outcome.Refused refused(StampResult result) {
        return (Outcome.Refused) done(result).outcomes().getFirst();
    }
}
