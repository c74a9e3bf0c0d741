package org.yinzheng.registry.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.json;
import static org.yinzheng.registry.issuance.TestInstallation.permit;

import java.io.IOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.catalogue.Catalogue;
import org.yinzheng.registry.document.DocumentStore;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.testdata.DemoPeople;
import org.yinzheng.testdata.SampleCatalogue;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class IssuanceTest {
    private static final String PACK = "business-licence.yaml";
    private TestInstallation here;
    private Issuance issuance;

    @BeforeAll
    void open(@TempDir Path directory) {
        here = TestInstallation.open(directory, TestPostgres.fresh().open());
        issuance = here.issuance();
    }

    @AfterAll
    void close() {
        here.close();
    }

    @Test
    void issued_isFoundByEveryKeyAndHasEveryRendition() {
        var licence = issued(issuance.issue(permit("all-ways-1", "JZ-0001", 0), CLERK));

        assertThat(here.licences.find(licence.id())).hasValueSatisfying(found -> {
            assertThat(found.holder()).isEqualTo(licence.holder());
            assertThat(found.data()).isEqualTo(licence.data());
            assertThat(found.dataDigest()).isEqualTo(licence.dataDigest());
            assertThat(found.renditions()).isEqualTo(licence.renditions()).containsOnlyKeys(Format.values());
            assertThat(found.standing()).isEqualTo(Standing.IN_FORCE);
            assertThat(found.validUntil())
                    .hasValue(licence.validFrom().plusYears(1).minusDays(1));
        });
        assertThat(here.licences.byNumber(licence.typeCode(), new LicenceNumber("JZ-0001")))
                .map(Licence::id)
                .hasValue(licence.id());
        assertThat(here.licences
                        .ofHolder(licence.holder().id(), 100, Optional.empty())
                        .licences())
                .extracting(Licence::id)
                .contains(licence.id());
        for (var format : Format.values()) {
            assertThat(here.licences.rendition(licence.id(), format))
                    .hasValueSatisfying(document -> assertThat(document.sha256())
                            .isEqualTo(licence.renditions().get(format)));
        }
    }

    @Test
    void sameKeySameRequest_isTheSameLicence() {
        var first = issued(issuance.issue(permit("same-key-1", "JZ-0002", 1), CLERK));
        var again = issuance.issue(permit("same-key-1", "JZ-0002", 1), CLERK);
        assertThat(again).isInstanceOfSatisfying(IssueResult.AlreadyIssued.class, result -> assertThat(
                        result.licence().id())
                .isEqualTo(first.id()));
        assertThat(licencesOfNumber("JZ-0002")).hasValue(first.id());
    }

    @Test
    void sameKeyOtherData_isRefused() {
        issued(issuance.issue(permit("reused-key-1", "JZ-0003", 1), CLERK));
        assertThat(issuance.issue(permit("reused-key-1", "JZ-0004", 1), CLERK)).isEqualTo(new IssueResult.KeyReused());
        assertThat(issuance.issue(permit("reused-key-1", "JZ-0003", 2), CLERK)).isEqualTo(new IssueResult.KeyReused());
        assertThat(licencesOfNumber("JZ-0004")).isEmpty();
    }

    @Test
    void numberOfTheTypeTaken_isRefused() {
        issued(issuance.issue(permit("number-taken-1", "JZ-0005", 0), CLERK));
        assertThat(issuance.issue(permit("number-taken-2", "JZ-0005", 1), CLERK))
                .isEqualTo(new IssueResult.NumberTaken());
    }

    @Test
    void noNumberGiven_theSerialIsTheNumber() {
        var asked = permit("no-number-1", "unused", 2);
        var licence = issued(issuance.issue(
                new IssueRequest(
                        asked.idempotencyKey(),
                        asked.type(),
                        Optional.empty(),
                        asked.holder(),
                        asked.data(),
                        asked.validFrom(),
                        asked.validUntil(),
                        asked.provenance()),
                CLERK));
        assertThat(licence.number().value()).isEqualTo(licence.id().serial());
    }

    @Test
    void manyAtOnceWithOneKey_makeOneLicence() throws Exception {
        int threads = 8;
        var start = new CountDownLatch(1);
        var results = new ArrayList<Future<IssueResult>>();
        try (var executor = Executors.newFixedThreadPool(threads)) {
            for (int i = 0; i < threads; i++) {
                Callable<IssueResult> issue = () -> {
                    start.await();
                    return issuance.issue(permit("one-key-many", "JZ-0006", 3), CLERK);
                };
                results.add(executor.submit(issue));
            }
            start.countDown();
        }
        var made = new ArrayList<LicenceId>();
        for (var result : results) {
            switch (result.get()) {
                case IssueResult.Issued issued -> made.add(issued.licence().id());
                case IssueResult.AlreadyIssued again ->
                    assertThat(licencesOfNumber("JZ-0006"))
                            .hasValue(again.licence().id());
                case IssueResult.InProgress wait -> assertThat(wait).isNotNull();
                case IssueResult.KeyReused wrong -> throw new AssertionError(wrong);
                case IssueResult.NumberTaken wrong -> throw new AssertionError(wrong);
                case IssueResult.NotReplaceable wrong -> throw new AssertionError(wrong);
                case IssueResult.Overtaken wrong -> throw new AssertionError(wrong);
                case IssueResult.PartNotInForce wrong -> throw new AssertionError(wrong);
            }
        }
        assertThat(made).hasSize(1);
    }

    @Test
    void manyAtOnceWithOneNumber_makeOneLicence() throws Exception {
        var results = new ArrayList<Future<IssueResult>>();
        try (var executor = Executors.newFixedThreadPool(4)) {
            for (int i = 0; i < 4; i++) {
                var request = permit("one-number-" + i, "JZ-0007", 3);
                results.add(executor.submit(() -> issuance.issue(request, CLERK)));
            }
        }
        var answers = new ArrayList<IssueResult>();
        for (var result : results) {
            answers.add(result.get());
        }
        assertThat(answers).filteredOn(IssueResult.Issued.class::isInstance).hasSize(1);
        assertThat(answers)
                .filteredOn(IssueResult.NumberTaken.class::isInstance)
                .hasSize(3);
    }

    @Test
    void dataAgainstTheSchema_namesTheField_andNothingIsStored() {
        var asked = permit("bad-data-1", "JZ-0008", 0);
        var data = Map.of("KZ_XB", "不详", "KZ_MZ", "汉族", "KZ_CSRQ", "1988-04-12", "KZ_ZZ", "临湖区听雨路18号");
        assertRefused(with(asked, asked.holder(), json(data)), "schema-enum", "data.KZ_XB");
        assertRefused(with(asked, asked.holder(), json(Map.of("KZ_XB", "女"))), "schema-required", "data.KZ_CSRQ");
        assertThat(licencesOfNumber("JZ-0008")).isEmpty();
        assertThat(here.intents.open()).doesNotContain("bad-data-1");
    }

    @Test
    void holderOfTheWrongKind_isRefused() {
        var asked = permit("wrong-kind-1", "JZ-0009", 0);
        var company = DemoPeople.companies().getFirst();
        var holder = new Holder(HolderId.guess("holderId", company.creditCode()), company.name());
        assertRefused(with(asked, holder, asked.data()), "holder-kind", "holderId");
    }

    @Test
    void characterThatTheFontLacks_namesTheField_andNothingIsRecorded() {
        var asked = permit("missing-glyph-1", "JZ-0010", 0);
        var holder = new Holder(asked.holder().id(), "林\uDBFF\uDFFD远");
        assertRefused(with(asked, holder, asked.data()), "missing-glyph", "CZZT");
        assertThat(here.intents.open()).doesNotContain("missing-glyph-1");
        assertThat(licencesOfNumber("JZ-0010")).isEmpty();
    }

    @Test
    void endsBeforeItBegins_isRefused() {
        var asked = permit("wrong-dates-1", "JZ-0011", 0);
        assertRefused(
                new IssueRequest(
                        asked.idempotencyKey(),
                        asked.type(),
                        asked.number(),
                        asked.holder(),
                        asked.data(),
                        LocalDate.of(2026, 1, 2),
                        Optional.of(LocalDate.of(2026, 1, 1)),
                        Optional.empty()),
                "date-order",
                "validUntil");
    }

    @Test
    void storeFull_isNotDone_nothingIsRegistered_andTheSameKeyGoesOnLater() {
        var full = new DocumentStore() {
            @Override
            public Digest put(DocumentBytes document) {
                throw new Failure.NotDone("full", new IOException("No space left on device"));
            }

            @Override
            public Digest put(Path document) {
                throw new Failure.NotDone("full", new IOException("No space left on device"));
            }

            @Override
            public void fetch(Digest digest, Path into) {
                here.documents.fetch(digest, into);
            }

            @Override
            public void delete(Digest digest) {
                here.documents.delete(digest);
            }

            @Override
            public DocumentBytes get(Digest digest) {
                return here.documents.get(digest);
            }
        };
        var failing = new Issuance(here.catalogue, here.intents, full, here.office, here.press, here.clock);
        var request = permit("disk-full-1", "JZ-0012", 0);
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> failing.issue(request, CLERK));
        assertThat(licencesOfNumber("JZ-0012")).isEmpty();

        assertThat(issuance.issue(request, CLERK)).isInstanceOf(IssueResult.Issued.class);
        assertThat(here.intents.open()).doesNotContain("disk-full-1");
    }

    @Test
    void selfCheckFails_isLoud_andTheIntentStays() {
        var doubting = new Press(
                org.yinzheng.signing.layout.Typefaces.find(),
                (document, at) -> new Report.Malformed("PDF", "as the test wants it"),
                java.net.URI.create("https://licences.example"),
                here.clock);
        var failing = new Issuance(here.catalogue, here.intents, here.documents, here.office, doubting, here.clock);
        var request = permit("self-check-1", "JZ-0013", 0);
        assertThatExceptionOfType(SelfCheckFailed.class).isThrownBy(() -> failing.issue(request, CLERK));
        assertThat(licencesOfNumber("JZ-0013")).isEmpty();
        assertThat(here.intents.open()).contains("self-check-1");

        assertThat(issuance.issue(request, CLERK)).isInstanceOf(IssueResult.Issued.class);
    }

    @Test
    void recordedRequestThatBecameImpossible_isCancelled_andItsKeyAndNumberAreFree() {
        var request = permit("impossible-1", "JZ-0015", 0);
        var interrupted = here.issuance(step -> {
            if (step == Step.INTENT_RECORDED) {
                throw new Failure.NotDone("the test stops here", null);
            }
        });
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> interrupted.issue(request, CLERK));
        var otherTypes = Catalogue.of(
                Map.of(PACK, Objects.requireNonNull(SampleCatalogue.files().get(PACK))));
        var issuesOthers = new Issuance(otherTypes, here.intents, here.documents, here.office, here.press, here.clock);

        assertThat(new Reconciler(here.intents, issuesOthers).reconcile()).isEqualTo(new Reconciler.Outcome(0, 1, 0));
        assertThat(here.intents.open()).doesNotContain("impossible-1");
        assertThat(licencesOfNumber("JZ-0015")).isEmpty();

        assertThat(issuance.issue(request, CLERK)).isInstanceOf(IssueResult.Issued.class);
    }

    @Test
    void dumpOfTheDatabase_namesNobody() {
        var request = permit("secrecy-1", "JZ-0014", 0);
        issued(issuance.issue(request, CLERK));
        for (var table : List.of("licence", "issuance_intent", "licence_transition", "rendition")) {
            assertThat(TestPostgres.dump(here.database, table))
                    .isNotEmpty()
                    .doesNotContain(
                            request.holder().id().value(), request.holder().name(), "JZ-0014", "KZ_ZZ");
        }
    }

    private void assertRefused(IssueRequest request, String code, String field) {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> issuance.issue(request, CLERK))
                .satisfies(e -> {
                    assertThat(e.code()).isEqualTo(code);
                    assertThat(e.field()).isEqualTo(field);
                });
    }

    private Optional<LicenceId> licencesOfNumber(String number) {
        return here.licences
                .byNumber(here.catalogue.type("居住证").code(), new LicenceNumber(number))
                .map(Licence::id);
    }

    private static IssueRequest with(IssueRequest asked, Holder holder, com.fasterxml.jackson.databind.JsonNode data) {
        return new IssueRequest(
                asked.idempotencyKey(),
                asked.type(),
                asked.number(),
                holder,
                data,
                asked.validFrom(),
                asked.validUntil(),
                asked.provenance());
    }

    static Licence issued(IssueResult result) {
        return switch (result) {
            case IssueResult.Issued issued -> issued.licence();
            case IssueResult.AlreadyIssued other -> throw new AssertionError(other);
            case IssueResult.KeyReused other -> throw new AssertionError(other);
            case IssueResult.InProgress other -> throw new AssertionError(other);
            case IssueResult.NumberTaken other -> throw new AssertionError(other);
            case IssueResult.NotReplaceable other -> throw new AssertionError(other);
            case IssueResult.Overtaken other -> throw new AssertionError(other);
            case IssueResult.PartNotInForce other -> throw new AssertionError(other);
        };
    }
}
