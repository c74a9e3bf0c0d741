package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.document.DirectoryStore;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.signing.InvalidInput;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LicencesTest {
    private static final CitizenId HOLDER = new CitizenId("11010519491231002X");
    private static final CitizenId OTHER = new CitizenId("440524188001010014");

    private final Instant now = Instant.parse("2026-11-21T04:00:00Z");
    private Database database;
    private TestLicences register;
    private PostgresLicences licences;

    @BeforeAll
    void open(@TempDir Path directory) {
        database = TestPostgres.fresh().open();
        var random = new SecureRandom();
        var data = new byte[16];
        var lookup = new byte[32];
        random.nextBytes(data);
        random.nextBytes(lookup);
        var vault = new Vault(new RegistryKeys(data, lookup));
        var clock = Clock.fixed(now, ZoneOffset.UTC);
        register = new TestLicences(database, new LicenceRows(vault, clock));
        licences = new PostgresLicences(database, vault, new DirectoryStore(directory), clock);
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void ofHolder_pages_giveEachLicenceOnceNewestFirst() {
        var holder = new CitizenId("110000199001010013");
        var made = new ArrayList<LicenceId>();
        for (int i = 0; i < 7; i++) {
            // pairs of equal times
            made.addFirst(insert(holder, now.minusSeconds(100 - i / 2), now()).id());
        }
        var seen = new ArrayList<LicenceId>();
        Optional<String> after = Optional.empty();
        int pages = 0;
        do {
            var page = licences.ofHolder(holder, 3, after);
            page.licences().forEach(licence -> seen.add(licence.id()));
            after = page.next();
            pages++;
        } while (after.isPresent());
        assertThat(seen).containsExactlyElementsOf(made);
        assertThat(pages).isEqualTo(3);
    }

    @Test
    void ofHolder_exactlyOnePage_hasNoNext() {
        var holder = new CitizenId("999999197001011239");
        insert(holder, now, now());
        assertThat(licences.ofHolder(holder, 1, Optional.empty()).next()).isEmpty();
    }

    @Test
    void ofHolder_cursorNotOurs_isRefused() {
        for (var cursor : List.of("", "~", "1", "2026-11-21T04:00:00Z~x", "' OR 1=1 --")) {
            assertThatExceptionOfType(InvalidInput.class)
                    .isThrownBy(() -> licences.ofHolder(HOLDER, 10, Optional.of(cursor)))
                    .satisfies(e -> assertThat(e.code()).isEqualTo("cursor"));
        }
    }

    @Test
    void findOwn_anotherHoldersLicence_isNotFound() {
        var licence = insert(HOLDER, now, now());
        assertThat(licences.findOwn(licence.id(), HOLDER)).isPresent();
        assertThat(licences.findOwn(licence.id(), OTHER)).isEmpty();
    }

    @Test
    void standing_followsTheDates_inChinasTime() {
        var today = now();
        assertThat(standing(today, Optional.of(today))).isEqualTo(Standing.IN_FORCE);
        assertThat(standing(today.minusYears(1), Optional.of(today.minusDays(1))))
                .isEqualTo(Standing.EXPIRED);
        assertThat(standing(today.plusDays(1), Optional.empty())).isEqualTo(Standing.NOT_YET_VALID);
        assertThat(licences.standing("no identifier")).isEmpty();
        assertThat(licences.standing("1.2.156.3005.2.11100000000013338W009.11330105002500287C.2025052201.002.0"))
                .isEmpty();
    }

    @Test
    void sealedValueMovedToAnotherLicence_doesNotOpen() {
        var one = insert(HOLDER, now, now());
        var two = insert(OTHER, now, now());
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement(
                    "UPDATE licence SET holder_sealed = (SELECT o.holder_sealed FROM licence o WHERE o.licence_id = ?)"
                            + " WHERE licence_id = ?")) {
                statement.setString(1, one.id().value());
                statement.setString(2, two.id().value());
                return statement.executeUpdate();
            }
        });
        assertThatExceptionOfType(Vault.SealBroken.class).isThrownBy(() -> licences.find(two.id()));
    }

    private Standing standing(LocalDate from, Optional<LocalDate> until) {
        var licence = insert(OTHER, now, from, until);
        assertThat(licences.find(licence.id()))
                .map(Licence::standing)
                .isEqualTo(licences.standing(licence.id().value()).map(fact -> fact.standing()));
        return licences.standing(licence.id().value()).orElseThrow().standing();
    }

    private LocalDate now() {
        return LocalDate.ofInstant(now, LicenceRows.ZONE);
    }

    private Licence insert(CitizenId holder, Instant at, LocalDate from) {
        return insert(holder, at, from, Optional.empty());
    }

    private Licence insert(CitizenId holder, Instant at, LocalDate from, Optional<LocalDate> until) {
        return register.insert(holder, at, from, until);
    }
}
