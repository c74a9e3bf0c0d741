package org.yinzheng.registry.issuance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.dispute.Claim;
import org.yinzheng.registry.dispute.DecisionResult;
import org.yinzheng.registry.dispute.Dispute;
import org.yinzheng.registry.dispute.FilingResult;
import org.yinzheng.registry.dispute.WorkingDays;
import org.yinzheng.registry.document.DirectoryStore;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.Parts;
import org.yinzheng.registry.licence.RegisterEntry;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.registry.life.Change;
import org.yinzheng.registry.life.ChangeResult;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Passage;
import org.yinzheng.registry.life.Transition;
import org.yinzheng.registry.postgres.Database;
import org.yinzheng.registry.postgres.PostgresDisputes;
import org.yinzheng.registry.postgres.PostgresIntents;
import org.yinzheng.registry.postgres.PostgresLicenceLife;
import org.yinzheng.registry.postgres.PostgresLicences;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.registry.seals.DocumentKind;
import org.yinzheng.registry.seals.SealUse;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.stamping.Level;

/// A hundred people at once suspend, resume, revoke, dispute, reject and correct the same few licences, at random. What
/// every one of them was told is then held against what the registry says, and both against the rules of a life.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RandomLivesTest {
    private static final int PEOPLE = 100;
    private static final int DEEDS = 8;
    private static final int LICENCES = 6;
    private static final String TYPE = "11100000000013338W009";
    private static final Authority AUTHORITY = new Authority(new CreditCode("11330105002500287C"), "云泽市公安局");
    private static final Actor ACTOR = new Actor("officer-7", "issuer");
    private static final Grounds WHY = new Grounds("random", "《行政许可法》", "");
    private static final Claim CLAIM = new Claim(List.of(new Claim.Point("KZ_ZZ", "")), "随机");

    private final Clock clock = Clock.systemUTC();
    private Database database;
    private PostgresLicences licences;
    private PostgresLicenceLife life;
    private PostgresDisputes disputes;
    private PostgresIntents intents;

    /// Something that was done: it made this version of the licence what it is.
    ///
    /// @param seen the version it was decided upon, when the doer insisted
    private record Deed(LicenceId licence, String what, Optional<Long> seen) {}

    private final ConcurrentLinkedQueue<Deed> done = new ConcurrentLinkedQueue<>();

    @BeforeAll
    void open(@TempDir Path directory) {
        database = TestPostgres.fresh().open();
        var random = new SecureRandom();
        var data = new byte[RegistryKeys.DATA_KEY_LENGTH];
        var lookup = new byte[RegistryKeys.LOOKUP_KEY_LENGTH];
        random.nextBytes(data);
        random.nextBytes(lookup);
        var vault = new Vault(new RegistryKeys(data, lookup));
        licences = new PostgresLicences(database, vault, new DirectoryStore(directory), clock);
        life = new PostgresLicenceLife(database, vault, clock);
        disputes = new PostgresDisputes(database, vault, WorkingDays.weekendsOnly(), 5, clock);
        intents = new PostgresIntents(database, vault, clock);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @RepeatedTest(3)
    void hundredAtOnce_loseNoUpdate_andMakeNoImpossibleState() throws Exception {
        done.clear();
        var seed = new SecureRandom().nextLong();
        var roots = new ArrayList<LicenceId>();
        for (int i = 0; i < LICENCES; i++) {
            var number = "R-" + UUID.randomUUID();
            roots.add(register(Optional.empty(), number).orElseThrow().id());
        }
        var ready = new CountDownLatch(1);
        var failures = new ConcurrentLinkedQueue<Throwable>();
        try (var people = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int person = 0; person < PEOPLE; person++) {
                var random = new Random(seed + person);
                people.execute(() -> {
                    try {
                        ready.await();
                        for (int i = 0; i < DEEDS; i++) {
                            act(random, roots.get(random.nextInt(LICENCES)));
                        }
                    } catch (Throwable wrong) {
                        failures.add(wrong);
                    }
                });
            }
            ready.countDown();
        }
        assertThat(failures).as("seed " + seed).isEmpty();
        for (var root : roots) {
            check(root, "seed " + seed + " " + root);
        }
    }

    private void act(Random random, LicenceId root) throws InterruptedException {
        while (true) {
            try {
                actOnce(random, root);
                return;
            } catch (Failure.NotDone full) {
                Thread.sleep(20); // all connections are taken
            }
        }
    }

    private void actOnce(Random random, LicenceId root) {
        var licence = random.nextInt(5) == 0 ? licences.find(root).orElseThrow() : latest(root);
        var seen = random.nextBoolean() ? Optional.of(licence.entry().version()) : Optional.<Long>empty();
        switch (random.nextInt(8)) {
            case 0, 1 -> change(licence, Transition.SUSPEND, seen);
            case 2, 3 -> change(licence, Transition.RESUME, seen);
            case 4 -> {
                if (random.nextInt(8) == 0) {
                    change(licence, Transition.REVOKE, seen);
                }
            }
            case 5 -> dispute(licence);
            case 6 -> reject(licence);
            default -> register(Optional.of(licence.id()), licence.number().value());
        }
    }

    private void change(Licence licence, Transition transition, Optional<Long> seen) {
        var key = UUID.randomUUID().toString();
        var change = new Change(transition, WHY, ACTOR, seen, Optional.of(key));
        // what was refused left no trace, so its repetition may be done; what was done is not done again
        for (int i = 0, times = 0; i < 2; i++) {
            if (life.change(licence.id(), change) instanceof ChangeResult.Done) {
                done.add(new Deed(licence.id(), transition.to().name(), seen));
                assertThat(++times).isEqualTo(1);
            }
        }
    }

    private void dispute(Licence licence) {
        var result = disputes.file(
                licence.id(),
                CLAIM,
                Dispute.FiledAs.AUTHORITY,
                ACTOR,
                UUID.randomUUID().toString());
        if (result instanceof FilingResult.Filed) {
            done.add(new Deed(licence.id(), "DISPUTED", Optional.empty()));
        }
    }

    private void reject(Licence licence) {
        var all = disputes.ofLicence(licence.id());
        if (!all.isEmpty() && disputes.reject(all.getLast().id(), "不成立", ACTOR) instanceof DecisionResult.Decided) {
            done.add(new Deed(licence.id(), "REJECTED", Optional.empty()));
        }
    }

    /// As the ceremony does, without documents.
    private Optional<Licence> register(Optional<LicenceId> instead, String number) {
        var key = UUID.randomUUID().toString();
        try (var work = intents.take(key).orElseThrow()) {
            var before = instead.flatMap(work::predecessor);
            if (before.filter(old -> old.recorded() != Standing.IN_FORCE).isPresent()) {
                return Optional.empty();
            }
            var request = new IssueRequest(
                    key,
                    TYPE,
                    Optional.of(new LicenceNumber(number)),
                    new Holder(new CitizenId("11010519491231002X"), "林知远"),
                    JsonNodeFactory.instance.objectNode(),
                    LocalDate.of(2026, 1, 1),
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    before.map(old -> new Supersession(old.licence().id(), Optional.empty(), WHY)),
                    List.of());
            var replaced = before.map(old -> new Intent.Replaced(
                    old.licence().id(), old.licence().entry().version()));
            var id = before.map(old -> old.successor(AUTHORITY))
                    .orElseGet(() -> LicenceId.of(TYPE, AUTHORITY.code(), "2026%09d".formatted(work.nextSerial()), 1));
            var intent = new Intent(
                    key,
                    Digest.sha256(new byte[0]),
                    id,
                    Intent.State.OPEN,
                    AUTHORITY,
                    ACTOR,
                    clock.instant(),
                    Optional.of(request),
                    replaced);
            if (work.record(intent, new LicenceNumber(number), before.isPresent()) != Intents.Recorded.RECORDED) {
                return Optional.empty();
            }
            var licence = licence(id, request, replaced.map(Intent.Replaced::id));
            if (!(work.complete(intent, licence, List.of(), use(licence)) instanceof Intents.Completion.Done)) {
                return Optional.empty();
            }
            replaced.ifPresent(old -> done.add(new Deed(old.id(), "SUPERSEDED", Optional.of(old.version()))));
            return Optional.of(licence);
        }
    }

    private Licence licence(LicenceId id, IssueRequest request, Optional<LicenceId> supersedes) {
        return new Licence(
                id,
                request.number().orElseThrow(),
                TYPE,
                "居住证",
                Optional.of("1"),
                request.holder(),
                List.of(),
                AUTHORITY,
                Standing.IN_FORCE,
                request.validFrom(),
                Optional.empty(),
                request.data(),
                Map.of(),
                clock.instant(),
                Digest.sha256(new byte[0]),
                Optional.empty(),
                RegisterEntry.first(supersedes, Parts.NONE));
    }

    private SealUse use(Licence licence) {
        var digest = Digest.sha256(new byte[0]);
        return new SealUse(
                UUID.randomUUID(),
                "33990000000001",
                1,
                ACTOR,
                AUTHORITY.code(),
                "test",
                DocumentKind.LICENCE,
                Optional.of(TYPE),
                Optional.of(licence.id()),
                Optional.empty(),
                new SealUse.Digests(digest, digest),
                clock.instant(),
                Optional.of(new SealUse.Stamped(digest, Optional.of(Level.B), List.of(), clock.instant())));
    }

    private Licence latest(LicenceId root) {
        var licence = licences.find(root).orElseThrow();
        while (licence.entry().supersededBy().isPresent()) {
            licence = licences.find(licence.entry().supersededBy().get()).orElseThrow();
        }
        return licence;
    }

    private void check(LicenceId root, String as) {
        var chain = new ArrayList<Licence>();
        Optional<LicenceId> next = Optional.of(root);
        while (next.isPresent()) {
            var licence = licences.find(next.get()).orElseThrow();
            var before = chain.isEmpty()
                    ? Optional.<LicenceId>empty()
                    : Optional.of(chain.getLast().id());
            assertThat(licence.entry().supersedes()).as(as).isEqualTo(before);
            chain.add(licence);
            next = licence.entry().supersededBy();
        }
        // one of a lineage is not superseded, and it is the last
        assertThat(chain.subList(0, chain.size() - 1)).as(as).allMatch(old -> old.standing() == Standing.SUPERSEDED);
        assertThat(chain.getLast().standing()).as(as).isNotEqualTo(Standing.SUPERSEDED);
        assertThat(licences.byNumber(TYPE, chain.getLast().number()))
                .as(as)
                .map(Licence::id)
                .hasValue(chain.getLast().id());
        chain.forEach(licence -> check(licence, as));
    }

    /// Against the model: every deed that was acknowledged is there once, in an order in which it was allowed.
    private void check(Licence licence, String as) {
        var told = done.stream()
                .filter(deed -> deed.licence().equals(licence.id()))
                .toList();
        var passages = life.history(licence.id());
        var state = "DRAFT";
        var counted = new HashMap<String, Long>();
        for (var passage : passages) {
            assertThat(passage.from()).as(as).isEqualTo(state);
            state = passage.to();
            counted.merge(state, 1L, Long::sum);
        }
        assertThat(passages).as(as).map(Passage::to).first().isEqualTo("IN_FORCE");
        counted.merge("IN_FORCE", -1L, Long::sum); // the issue itself
        assertThat(licence.standing().name()).as(as).isEqualTo(state);
        for (var to : List.of("IN_FORCE", "SUSPENDED", "REVOKED", "SUPERSEDED")) {
            assertThat(told.stream().filter(deed -> deed.what().equals(to)).count())
                    .as(as + " " + to)
                    .isEqualTo(counted.getOrDefault(to, 0L));
        }
        // every deed is one version, and none that insisted on a version shares it with another that did
        assertThat(licence.entry().version()).as(as).isEqualTo(1 + told.size());
        var insisted = new HashSet<Long>();
        told.forEach(deed -> deed.seen()
                .ifPresent(seen -> assertThat(insisted.add(seen)).as(as).isTrue()));
        var all = disputes.ofLicence(licence.id());
        var open = all.stream().filter(dispute -> dispute.decision().isEmpty()).count();
        assertThat(open).as(as).isEqualTo(licence.entry().disputed() ? 1 : 0);
        assertThat(licence.entry().disputed() && licence.standing() == Standing.SUPERSEDED)
                .as(as)
                .isFalse();
        assertThat((long) all.size())
                .as(as)
                .isEqualTo(told.stream()
                        .filter(deed -> deed.what().equals("DISPUTED"))
                        .count());
        assertThat(TestPostgres.count(
                        database,
                        "SELECT count(*) FROM audit_entry WHERE action <> 'licence.issue' AND subject = '"
                                + licence.id() + "'"))
                .as(as)
                .isEqualTo(told.size());
        assertThat(TestPostgres.count(
                        database, "SELECT count(*) FROM licence_notice WHERE licence_id = '" + licence.id() + "'"))
                .as(as)
                .isEqualTo(told.size());
    }
}
