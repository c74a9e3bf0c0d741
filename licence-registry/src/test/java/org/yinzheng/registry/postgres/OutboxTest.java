package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.life.Change;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Transition;
import org.yinzheng.registry.notice.Delivery;
import org.yinzheng.registry.notice.Notice;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OutboxTest {
    private static final Instant NOW = Instant.parse("2026-11-21T04:00:00Z");
    private static final Duration LEASE = Duration.ofMinutes(1);
    private static final Grounds WHY = new Grounds("test", "测试", "");
    private static final Actor ACTOR = new Actor("officer-7", "issuer");

    private Database database;
    private Vault vault;
    private TestLicences register;

    @BeforeAll
    void open() {
        database = TestPostgres.fresh().open();
        var random = new SecureRandom();
        var data = new byte[RegistryKeys.DATA_KEY_LENGTH];
        var lookup = new byte[RegistryKeys.LOOKUP_KEY_LENGTH];
        random.nextBytes(data);
        random.nextBytes(lookup);
        vault = new Vault(new RegistryKeys(data, lookup));
        register = new TestLicences(database, new LicenceRows(vault, at(NOW)));
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void ofOneLicence_theNextWaitsForTheOneBefore_othersDoNot() {
        var one = licence(Optional.empty());
        var two = licence(Optional.empty());
        var outbox = outbox(NOW);
        outbox.relied(one.id(), "clerk-order");
        outbox.relied(two.id(), "clerk-order");
        outbox.subscribe("clerk-order", Optional.empty(), URI.create("http://127.0.0.1/order"));
        change(one, Transition.SUSPEND);
        change(one, Transition.RESUME);
        change(two, Transition.REVOKE);

        var first = outbox.take(10, LEASE);
        assertThat(first).map(Delivery::notice).map(Notice::licence).containsExactlyInAnyOrder(one.id(), two.id());
        // taken is nobody else's, and nothing overtakes it
        assertThat(outbox.take(10, LEASE)).isEmpty();

        // whoever took them died: after the lease they are due again, the same ones
        var again = outbox(NOW.plus(LEASE).plusSeconds(1)).take(10, LEASE);
        assertThat(again)
                .map(Delivery::notice)
                .containsExactlyInAnyOrderElementsOf(
                        first.stream().map(Delivery::notice).toList());
        assertThat(again).map(Delivery::attempts).containsOnly(2);

        var later = outbox(NOW.plus(LEASE.multipliedBy(3)));
        again.forEach(later::delivered);
        var next = later.take(10, LEASE);
        assertThat(next).map(Delivery::notice).map(Notice::kind).containsExactly(Notice.Kind.RESUMED);
        later.failed(next.getFirst(), Optional.empty(), "HTTP status 410");
        assertThat(outbox(NOW.plus(Duration.ofDays(1))).take(10, LEASE)).isEmpty();
    }

    @Test
    void issuersAreToldOfAllTheirs_othersOfWhatTheyReliedOn() {
        var licence = licence(Optional.empty());
        var outbox = outbox(NOW.plusSeconds(10));
        var authority = outbox.subscribe(
                "issuer-all", Optional.of(TestLicences.AUTHORITY.code()), URI.create("http://127.0.0.1/all"));
        outbox.subscribe("clerk-none", Optional.empty(), URI.create("http://127.0.0.1/none"));
        change(licence, Transition.SUSPEND);

        assertThat(outbox.take(100, LEASE))
                .filteredOn(delivery -> delivery.notice().licence().equals(licence.id()))
                .map(Delivery::webhook)
                .containsExactly(authority.id());
        assertThat(outbox.unsubscribe("somebody-else", authority.id())).isFalse();
        assertThat(outbox.unsubscribe("issuer-all", authority.id())).isTrue();
        change(licence, Transition.RESUME);
        assertThat(outbox(NOW.plus(Duration.ofDays(2))).take(100, LEASE))
                .noneMatch(delivery -> delivery.webhook().equals(authority.id()));
    }

    @Test
    void expiry_isAnnouncedOnce_forThoseInForceThatEndSoon() {
        var today = LocalDate.of(2026, 11, 21);
        var soon = licence(Optional.of(today.plusDays(30)));
        var later = licence(Optional.of(today.plusDays(31)));
        var past = licence(Optional.of(today.minusDays(1)));
        var suspended = licence(Optional.of(today.plusDays(3)));
        change(suspended, Transition.SUSPEND);
        var outbox = outbox(NOW);

        assertThat(outbox.announceExpiring(30, 100)).isEqualTo(1);
        assertThat(outbox.announceExpiring(30, 100)).isZero();
        for (var licence : List.of(soon, later, past, suspended)) {
            assertThat(TestPostgres.count(
                            database,
                            "SELECT count(*) FROM licence_notice WHERE kind = 'EXPIRING' AND licence_id = '"
                                    + licence.id() + "'"))
                    .isEqualTo(licence.id().equals(soon.id()) ? 1 : 0);
        }
    }

    private Licence licence(Optional<LocalDate> until) {
        return register.insert(new CitizenId("11010519491231002X"), NOW, LocalDate.of(2026, 1, 1), until);
    }

    private void change(Licence licence, Transition transition) {
        new PostgresLicenceLife(database, vault, at(NOW)).change(licence.id(), new Change(transition, WHY, ACTOR));
    }

    private PostgresOutbox outbox(Instant now) {
        return new PostgresOutbox(database, at(now));
    }

    private static Clock at(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }
}
