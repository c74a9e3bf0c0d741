package org.yinzheng.registry.seals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.postgres.Database;
import org.yinzheng.registry.postgres.PostgresSealUses;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.stamping.Level;
import org.yinzheng.signing.stamping.Warning;
import org.yinzheng.testdata.DemoPeople;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SealUsesTest {
    private static final CreditCode BODY = new CreditCode(DemoPeople.MARKET_SUPERVISION.creditCode());
    private static final Actor OFFICER = new Actor("officer-1", "issuer");
    private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");

    private Database database;
    private SealUses uses;
    private int serial;

    @BeforeAll
    void open(@TempDir Path directory) {
        database = TestPostgres.fresh().open();
        uses = new PostgresSealUses(database);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void begun_isOpenUntilItIsCompleted() {
        var use = use(sealId(), NOW);
        uses.begin(List.of(use));
        assertThat(uses.find(use.id())).hasValue(use);
        assertThat(uses.openBefore(NOW.plusSeconds(1), 100)).contains(use);
        var stamped = new SealUse.Stamped(
                digest("stamped" + use.id()),
                Optional.of(Level.LTA),
                List.of(new Warning(Warning.Kind.COVERS_TEXT, "page 2: 合同编号")),
                NOW.plusSeconds(1));

        uses.complete(Map.of(use.id(), stamped));

        assertThat(uses.find(use.id()).orElseThrow().outcome()).hasValue(stamped);
        assertThat(uses.openBefore(NOW.plusSeconds(1), 100)).doesNotContain(use);
    }

    @Test
    void completed_isInTheAuditLogByItsDigests() {
        var use = use(sealId(), NOW);
        uses.begin(List.of(use));
        uses.complete(Map.of(use.id(), stamped(use)));

        assertThat(TestPostgres.dump(database, "audit_entry"))
                .contains(use.document().sha256().hex())
                .contains(use.sealId())
                .doesNotContain(use.purpose());
    }

    @Test
    void completedTwice_orCancelledAndCompleted_isRefused() {
        var one = use(sealId(), NOW);
        var other = use(sealId(), NOW);
        uses.begin(List.of(one, other));
        uses.complete(Map.of(one.id(), stamped(one)));
        assertThat(uses.cancel(Set.of(one.id(), other.id()), cancelled())).isEqualTo(1);

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> uses.complete(Map.of(one.id(), stamped(one))));
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> uses.complete(Map.of(other.id(), stamped(other))));
        assertThat(uses.find(other.id()).orElseThrow().outcome()).hasValue(cancelled());
    }

    @Test
    void oneOfABatchThatIsNotOpen_completesNone() {
        var open = use(sealId(), NOW);
        uses.begin(List.of(open));
        var unknown = UUID.randomUUID();

        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> uses.complete(Map.of(open.id(), stamped(open), unknown, stamped(open))));
        assertThat(uses.find(open.id()).orElseThrow().outcome()).isEmpty();
    }

    @Test
    void search_pagesGiveEachUseOnceNewestFirst() {
        var seal = sealId();
        var made = new ArrayList<UUID>();
        for (int i = 0; i < 7; i++) {
            var use = use(seal, NOW.plusSeconds(i));
            uses.begin(List.of(use));
            made.addFirst(use.id());
        }
        var seen = new ArrayList<UUID>();
        Optional<String> after = Optional.empty();
        do {
            var page = uses.search(SealUses.Query.ofSeal(seal), 3, after);
            page.uses().forEach(use -> seen.add(use.id()));
            after = page.next();
        } while (after.isPresent());

        assertThat(seen).containsExactlyElementsOf(made);
    }

    @Test
    void search_findsByDocument_resultActorAndTime() {
        var use = use(sealId(), NOW);
        uses.begin(List.of(use));
        uses.complete(Map.of(use.id(), stamped(use)));

        for (var digest : List.of(use.document().sha256(), digest("stamped" + use.id()))) {
            assertThat(found(query(Optional.empty(), Optional.of(digest), Optional.empty(), Optional.empty())))
                    .containsExactly(use.id());
        }
        assertThat(found(query(
                        Optional.of(use.actor().subject()), Optional.empty(), Optional.of(NOW), Optional.empty())))
                .contains(use.id());
        assertThat(found(query(
                        Optional.of(use.actor().subject()), Optional.empty(), Optional.empty(), Optional.of(NOW))))
                .doesNotContain(use.id());
        assertThat(found(query(Optional.of("nobody"), Optional.empty(), Optional.empty(), Optional.empty())))
                .isEmpty();
    }

    @Test
    void search_forNothing_orWithAnothersCursor_isRefused() {
        assertThatExceptionOfType(InvalidInput.class)
                .isThrownBy(() -> found(query(Optional.empty(), Optional.empty(), Optional.of(NOW), Optional.empty())))
                .satisfies(e -> assertThat(e.code()).isEqualTo("seal-use-query"));
        for (var cursor : List.of("", "~", "2026-11-21T04:00:00Z~x", "' OR 1=1 --")) {
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> uses.search(SealUses.Query.ofSeal("1"), 1, Optional.of(cursor)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("cursor"));
        }
    }

    @Test
    void blastRadius_countsWhatWasStamped_byTypeAuthorityAndChinasMonth() {
        var seal = sealId();
        // the last moment of November and the first of December in China
        for (var at : List.of(NOW, Instant.parse("2026-11-30T15:59:59Z"), Instant.parse("2026-11-30T16:00:00Z"))) {
            var use = use(seal, at);
            uses.begin(List.of(use));
            uses.complete(Map.of(use.id(), stamped(use)));
        }
        uses.begin(List.of(use(seal, NOW)));
        var never = use(seal, NOW);
        uses.begin(List.of(never));
        uses.cancel(Set.of(never.id()), cancelled());

        assertThat(uses.blastRadius(seal))
                .isEqualTo(new SealUses.BlastRadius(
                        3,
                        1,
                        List.of(
                                new SealUses.BlastRadius.Line("PDF", BODY.value(), "2026-12", 1),
                                new SealUses.BlastRadius.Line("PDF", BODY.value(), "2026-11", 2))));
    }

    private List<UUID> found(SealUses.Query query) {
        return uses.search(query, 100, Optional.empty()).uses().stream()
                .map(SealUse::id)
                .toList();
    }

    private static SealUses.Query query(
            Optional<String> actor, Optional<Digest> digest, Optional<Instant> from, Optional<Instant> until) {
        return new SealUses.Query(Optional.empty(), Optional.empty(), actor, digest, Optional.empty(), from, until);
    }

    private String sealId() {
        return "339902%08d".formatted(++serial);
    }

    private static SealUse use(String seal, Instant at) {
        var id = UUID.randomUUID();
        return new SealUse(
                id,
                seal,
                1,
                OFFICER,
                BODY,
                "审批意见",
                DocumentKind.PDF,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                new SealUse.Digests(digest("document" + id), digest("sm3" + id)),
                at,
                Optional.empty());
    }

    private static SealUse.Stamped stamped(SealUse use) {
        return new SealUse.Stamped(digest("stamped" + use.id()), Optional.of(Level.B), List.of(), NOW.plusSeconds(1));
    }

    private static SealUse.Cancelled cancelled() {
        return new SealUse.Cancelled("token-away", NOW.plusSeconds(2));
    }

    private static Digest digest(String text) {
        return Digest.sha256(text.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }
}
