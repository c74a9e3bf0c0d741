package org.yinzheng.registry.issuance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.groups.Tuple.tuple;
import static org.yinzheng.registry.issuance.IssuanceTest.issued;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.catalogue.Sample;
import org.yinzheng.registry.dispute.Claim;
import org.yinzheng.registry.dispute.Dispute;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.Part;
import org.yinzheng.registry.licence.Parts;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.licence.StandingFact;
import org.yinzheng.registry.life.Change;
import org.yinzheng.registry.life.ChangeResult;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Transition;
import org.yinzheng.registry.notice.Notice;
import org.yinzheng.registry.notice.Outbox;
import org.yinzheng.registry.postgres.PostgresOutbox;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.signing.InvalidInput;

/// 一业一证: one licence binds others.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CombinationTest {
    private static final Grounds WHY = new Grounds("inspection-failed", "《行政许可法》第六十九条", "");
    private static final String COMBINED = "行业综合许可证";

    private TestInstallation here;
    private Outbox outbox;

    @BeforeAll
    void open(@TempDir Path directory) {
        here = TestInstallation.open(directory, TestPostgres.fresh().open());
        outbox = new PostgresOutbox(here.database, here.clock);
    }

    @AfterAll
    void close() {
        here.close();
    }

    @Test
    void combined_listsItsParts_inEveryRendition_andIsFound() {
        var food = permit("食品经营许可证", "F-1");
        var hygiene = permit("公共场所卫生许可证", "H-1");
        var combined = issued(combine("combine-1", "C-1", List.of(food, hygiene)));

        assertThat(combined.data().path("KZ_HYZZ"))
                .extracting(row -> row.path("KZ_ZZBS").asText())
                .containsExactly(food.id().value(), hygiene.id().value());
        var found = here.licences.find(combined.id()).orElseThrow();
        assertThat(found.entry().parts().all())
                .extracting(Part::id, Part::typeName, Part::standing)
                .containsExactly(
                        tuple(food.id(), food.typeName(), Standing.IN_FORCE),
                        tuple(hygiene.id(), hygiene.typeName(), Standing.IN_FORCE));
        assertThat(found.typeVersion()).hasValue("1");
        assertThat(fact(combined).parts()).isEqualTo(found.entry().parts());
        // whoever asks for the standing is told no number
        assertThat(fact(combined).toString()).doesNotContain("F-1");
        for (var format : List.of(Format.PDF, Format.OFD, Format.XML)) {
            here.press.verify(
                    format, here.licences.rendition(combined.id(), format).orElseThrow(), combined.id());
        }
        assertThat(fact(food).parts()).isEqualTo(Parts.NONE);
    }

    @Test
    void partChanged_theWholeFollows() {
        var food = permit("食品经营许可证", "F-2");
        var hygiene = permit("公共场所卫生许可证", "H-2");
        var combined = issued(combine("combine-2", "C-2", List.of(food, hygiene)));

        change(hygiene, Transition.SUSPEND);
        assertThat(fact(combined).own()).isEqualTo(Standing.IN_FORCE);
        assertThat(fact(combined).standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(fact(combined).because()).map(Part::id).hasValue(hygiene.id());
        assertThat(here.licences.find(combined.id()).orElseThrow().standing()).isEqualTo(Standing.SUSPENDED);

        change(food, Transition.REVOKE);
        assertThat(fact(combined).standing()).isEqualTo(Standing.REVOKED);
        assertThat(fact(combined).because()).map(Part::id).hasValue(food.id());

        change(combined, Transition.SUSPEND);
        assertThat(fact(combined).own()).isEqualTo(Standing.SUSPENDED);
        assertThat(fact(combined).standing()).isEqualTo(Standing.SUSPENDED);
        assertThat(fact(combined).because()).isEmpty();
    }

    @Test
    void partDisputed_theWholeIsInForce_andSaysSo() {
        var food = permit("食品经营许可证", "F-3");
        var combined = issued(combine("combine-3", "C-3", List.of(food, permit("公共场所卫生许可证", "H-3"))));
        dispute(food, "dispute-part-3");

        assertThat(fact(combined).standing()).isEqualTo(Standing.IN_FORCE);
        assertThat(fact(combined).disputed()).isFalse();
        assertThat(fact(combined).parts().disputed()).map(Part::id).hasValue(food.id());
    }

    @Test
    void partCorrected_leadsToItsSuccessor_andTheWholeIsReplacedWithIt() {
        var food = permit("食品经营许可证", "F-4");
        var hygiene = permit("公共场所卫生许可证", "H-4");
        var combined = issued(combine("combine-4", "C-4", List.of(food, hygiene)));
        var newer = issued(here.issuance()
                .issue(request("correct-4", food, "F-4", Optional.of(supersession(food)), List.of()), CLERK));

        assertThat(fact(combined).standing()).isEqualTo(Standing.SUPERSEDED);
        assertThat(fact(combined).because().flatMap(Part::supersededBy)).hasValue(newer.id());
        assertThat(fact(combined).supersededBy()).isEmpty();
        assertThat(combine("combine-4b", "C-4b", List.of(food, hygiene)))
                .isEqualTo(new IssueResult.PartNotInForce(food.id(), Standing.SUPERSEDED));

        var replaced = issued(here.issuance()
                .issue(
                        request(
                                "combine-4c",
                                combined,
                                "C-4",
                                Optional.of(supersession(combined)),
                                List.of(newer.id(), hygiene.id())),
                        CLERK));
        assertThat(fact(replaced).standing()).isEqualTo(Standing.IN_FORCE);
        assertThat(fact(combined).own()).isEqualTo(Standing.SUPERSEDED);
        assertThat(fact(combined).supersededBy()).hasValue(replaced.id());
    }

    @Test
    void partChanges_whoReliedOnTheWholeIsTold_inOrder_asLongAsItIsInForce() {
        var food = permit("食品经营许可证", "F-9");
        var hygiene = permit("公共场所卫生许可证", "H-9");
        var combined = issued(combine("combine-9", "C-9", List.of(food, hygiene)));
        relied("clerk-9", combined);

        change(food, Transition.SUSPEND);
        change(food, Transition.RESUME);
        dispute(hygiene, "dispute-9");
        var newer = issued(here.issuance()
                .issue(request("correct-9", food, "F-9", Optional.of(supersession(food)), List.of()), CLERK));
        change(combined, Transition.REVOKE);
        change(hygiene, Transition.REVOKE);
        change(newer, Transition.REVOKE);

        assertThat(told("clerk-9"))
                .extracting(Notice::licence, Notice::kind, Notice::part)
                .containsExactly(
                        tuple(combined.id(), Notice.Kind.PART_CHANGED, ofPart(food, Notice.Kind.SUSPENDED)),
                        tuple(combined.id(), Notice.Kind.PART_CHANGED, ofPart(food, Notice.Kind.RESUMED)),
                        tuple(combined.id(), Notice.Kind.PART_CHANGED, ofPart(hygiene, Notice.Kind.DISPUTED)),
                        tuple(combined.id(), Notice.Kind.PART_CHANGED, ofPart(food, Notice.Kind.SUPERSEDED)),
                        tuple(combined.id(), Notice.Kind.REVOKED, Optional.empty()));
    }

    @Test
    void partExpiresSoon_whoReliedOnTheWholeIsToldOnce() {
        var food = permit("食品经营许可证", "F-10");
        var hygiene = permit("公共场所卫生许可证", "H-10");
        var combined = issued(combine("combine-10", "C-10", List.of(food, hygiene)));
        relied("clerk-10", combined);
        assertThat(food.validUntil()).isPresent();

        outbox.announceExpiring(365 * 50, 10_000);
        outbox.announceExpiring(365 * 50, 10_000);

        assertThat(told("clerk-10").stream().filter(notice -> notice.kind() == Notice.Kind.PART_CHANGED))
                .extracting(Notice::licence, Notice::part)
                .containsExactlyInAnyOrder(
                        tuple(combined.id(), ofPart(food, Notice.Kind.EXPIRING)),
                        tuple(combined.id(), ofPart(hygiene, Notice.Kind.EXPIRING)));
    }

    @Test
    void partsAndWholeChangedAtOnce_everyChangeIsTold_andNobodyWaitsForever() throws Exception {
        var food = permit("食品经营许可证", "F-11");
        var hygiene = permit("公共场所卫生许可证", "H-11");
        var combined = issued(combine("combine-11", "C-11", List.of(food, hygiene)));
        relied("clerk-11", combined);
        var tasks = new ArrayList<Callable<Integer>>();
        for (var licence : List.of(food, hygiene, food, hygiene)) {
            tasks.add(() -> toggled(licence, 10));
        }
        int changes = 0;
        try (var threads = Executors.newFixedThreadPool(tasks.size())) {
            for (var done : threads.invokeAll(tasks)) {
                changes += done.get();
            }
        }
        assertThat(changes).isPositive();
        assertThat(told("clerk-11")).hasSize(changes);
    }

    private int toggled(Licence licence, int times) {
        int done = 0;
        for (int i = 0; i < times; i++) {
            for (var transition : List.of(Transition.SUSPEND, Transition.RESUME)) {
                done += here.life.change(licence.id(), new Change(transition, WHY, CLERK)) instanceof ChangeResult.Done
                        ? 1
                        : 0;
            }
        }
        return done;
    }

    private void relied(String clerk, Licence licence) {
        outbox.relied(licence.id(), clerk);
        outbox.subscribe(clerk, Optional.empty(), URI.create("http://127.0.0.1/" + clerk));
    }

    /// In the order in which they come.
    private List<Notice> told(String clerk) {
        var told = new ArrayList<Notice>();
        var taken = outbox.take(1000, Duration.ofHours(1));
        while (!taken.isEmpty()) {
            for (var delivery : taken) {
                if (delivery.url().getPath().equals("/" + clerk)) {
                    told.add(delivery.notice());
                }
                outbox.delivered(delivery);
            }
            taken = outbox.take(1000, Duration.ofHours(1));
        }
        return told;
    }

    private static Optional<Notice.OfPart> ofPart(Licence part, Notice.Kind kind) {
        return Optional.of(new Notice.OfPart(part.id(), kind));
    }

    private void dispute(Licence licence, String key) {
        here.disputes.file(
                licence.id(),
                new Claim(List.of(new Claim.Point("KZ_ZS", "")), "wrong"),
                Dispute.FiledAs.AUTHORITY,
                CLERK,
                key);
    }

    @Test
    void partOfAnotherHolder_orOfNobody_isUnknown() {
        var food = permit("食品经营许可证", "F-5");
        var theirs = issued(here.issuance().issue(TestInstallation.permit("theirs-5-key", "P-5", 0), CLERK));
        var nobodys = new LicenceId(food.id().value().replaceAll("[0-9A-Z]$", "")
                + food.id().value().charAt(food.id().value().length() - 1));

        assertThat(nobodys).isEqualTo(food.id());
        refused("part-unknown", List.of(food.id(), theirs.id()));
        refused(
                "part-unknown",
                List.of(
                        food.id(),
                        LicenceId.of(food.typeCode(), food.authority().code(), "2026999999999", 1)));
    }

    @Test
    void whatIsNoCombination_isRefused() {
        var food = permit("食品经营许可证", "F-6");
        var hygiene = permit("公共场所卫生许可证", "H-6");
        var combined = issued(combine("combine-6", "C-6", List.of(food, hygiene)));

        refused("parts", List.of(food.id()));
        refused("parts", List.of());
        refused("part-combined", List.of(food.id(), combined.id()));
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(
                        () -> request("twice-key-6", combined, "C-6x", Optional.empty(), List.of(food.id(), food.id())))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo("parts"));
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> here.issuance()
                        .issue(request("no-parts-6", food, "F-6x", Optional.empty(), List.of(hygiene.id())), CLERK))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo("parts-not-taken"));
        var forged = request("forged-6", combined, "C-6y", Optional.empty(), List.of(food.id(), hygiene.id()));
        ((ObjectNode) forged.data()).putArray("KZ_HYZZ");
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> here.issuance().issue(forged, CLERK))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo("parts-filled-in"));
    }

    @Test
    void partRevokedWhileItIsCombined_nothingIsIssued() {
        for (var step : List.of(Step.DRAWN, Step.INTENT_RECORDED, Step.ALL_STORED)) {
            var food = permit("食品经营许可证", "F-7-" + step);
            var hygiene = permit("公共场所卫生许可证", "H-7-" + step);
            var request = combination("combine-7-" + step, "C-7-" + step, List.of(food, hygiene));
            Consumer<Step> revoking = reached -> {
                if (reached == step) {
                    change(food, Transition.REVOKE);
                }
            };

            assertThat(here.issuance(revoking).issue(request, CLERK))
                    .as(step.name())
                    .isEqualTo(new IssueResult.PartNotInForce(food.id(), Standing.REVOKED));
            assertThat(here.intents.open()).isEmpty();
            assertThat(here.licences.byNumber(here.catalogue.type(COMBINED).code(), new LicenceNumber("C-7-" + step)))
                    .isEmpty();
        }
    }

    @Test
    void crashedWhileCombining_thenPartRevoked_isCancelled_otherwiseFinished() {
        var food = permit("食品经营许可证", "F-8");
        var hygiene = permit("公共场所卫生许可证", "H-8");
        crash(combination("combine-8", "C-8", List.of(food, hygiene)));
        assertThat(here.reconciler().reconcile().finished()).isEqualTo(1);
        var made = issued8("C-8");
        assertThat(fact(made).parts().all()).hasSize(2);

        crash(combination("combine-8b", "C-8b", List.of(food, hygiene)));
        change(hygiene, Transition.REVOKE);
        assertThat(here.reconciler().reconcile().cancelled()).isEqualTo(1);
        assertThat(here.intents.open()).isEmpty();
        assertThat(combine("combine-8", "C-8", List.of(food, hygiene)))
                .isInstanceOfSatisfying(
                        IssueResult.AlreadyIssued.class,
                        same -> assertThat(same.licence().id()).isEqualTo(made.id()));
    }

    private Licence issued8(String number) {
        return here.licences
                .byNumber(here.catalogue.type(COMBINED).code(), new LicenceNumber(number))
                .orElseThrow();
    }

    private void crash(IssueRequest request) {
        var broken = new IllegalStateException("the process died here");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> here.issuance(step -> {
                            if (step == Step.INTENT_RECORDED) {
                                throw broken;
                            }
                        })
                        .issue(request, CLERK))
                .isSameAs(broken);
    }

    private void refused(String code, List<LicenceId> parts) {
        var sample = sample(COMBINED);
        var data = (ObjectNode) sample.data().deepCopy();
        data.remove("KZ_HYZZ");
        var request = new IssueRequest(
                "refused-" + code + parts.size(),
                COMBINED,
                Optional.empty(),
                sample.holders().getFirst(),
                data,
                LocalDate.now(Issuance.ZONE),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                parts);
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> here.issuance().issue(request, CLERK))
                .satisfies(fault -> assertThat(fault.code()).isEqualTo(code));
    }

    private Licence permit(String type, String number) {
        var sample = sample(type);
        // whoever holds the sample, everything here is held by one company
        var holder = sample(COMBINED).holders().getFirst();
        return issued(here.issuance()
                .issue(
                        new IssueRequest(
                                "permit-" + number + "-key",
                                type,
                                Optional.of(new LicenceNumber(number)),
                                new Holder(new CreditCode(holder.id().value()), holder.name()),
                                sample.data(),
                                LocalDate.now(Issuance.ZONE),
                                Optional.empty(),
                                Optional.empty()),
                        CLERK));
    }

    private IssueResult combine(String key, String number, List<Licence> parts) {
        return here.issuance().issue(combination(key, number, parts), CLERK);
    }

    private IssueRequest combination(String key, String number, List<Licence> parts) {
        var sample = sample(COMBINED);
        var data = (ObjectNode) sample.data().deepCopy();
        data.remove("KZ_HYZZ");
        return new IssueRequest(
                key,
                COMBINED,
                Optional.of(new LicenceNumber(number)),
                sample.holders().getFirst(),
                data,
                LocalDate.now(Issuance.ZONE),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                parts.stream().map(Licence::id).toList());
    }

    private static Supersession supersession(Licence old) {
        return new Supersession(old.id(), Optional.empty(), WHY);
    }

    /// One that says the same as `like`.
    private static IssueRequest request(
            String key, Licence like, String number, Optional<Supersession> supersedes, List<LicenceId> parts) {
        var data = like.data() instanceof ObjectNode object ? object.deepCopy() : JsonNodeFactory.instance.objectNode();
        data.remove("KZ_HYZZ");
        return new IssueRequest(
                key,
                like.typeCode(),
                Optional.of(new LicenceNumber(number)),
                like.holder(),
                data,
                LocalDate.now(Issuance.ZONE),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                supersedes,
                parts);
    }

    private Sample sample(String type) {
        return here.catalogue.type(type).samples().getFirst();
    }

    private void change(Licence licence, Transition transition) {
        assertThat(here.life.change(licence.id(), new Change(transition, WHY, CLERK)))
                .isInstanceOf(ChangeResult.Done.class);
    }

    private StandingFact fact(Licence licence) {
        return here.licences.standing(licence.id().value()).orElseThrow();
    }
}
