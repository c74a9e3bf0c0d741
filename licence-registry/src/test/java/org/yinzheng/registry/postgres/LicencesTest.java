package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.document.DirectoryStore;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.licence.RegisterEntry;
import org.yinzheng.registry.licence.Standing;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LicencesTest {
    private static final String TYPE = "11100000000013338W009";
    private static final CitizenId HOLDER = new CitizenId("11010519491231002X");
    private static final CitizenId OTHER = new CitizenId("440524188001010014");

    private final AtomicInteger serial = new AtomicInteger();
    private final Instant now = Instant.parse("2026-11-21T04:00:00Z");
    private Database database;
    private LicenceRows rows;
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
        rows = new LicenceRows(vault, clock);
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

    /// As the ceremony would, without documents.
    private Licence insert(CitizenId holder, Instant at, LocalDate from, Optional<LocalDate> until) {
        var number = "N%05d".formatted(serial.incrementAndGet());
        var authority = new Authority(new CreditCode("11330105002500287C"), "云泽市公安局");
        var licence = new Licence(
                LicenceId.of(TYPE, authority.code(), number, 1),
                new LicenceNumber(number),
                TYPE,
                "居住证",
                new Holder(holder, "林知远"),
                List.of(),
                authority,
                Standing.IN_FORCE,
                from,
                until,
                JsonNodeFactory.instance.objectNode().put("KZ_MZ", "汉族"),
                Map.of(),
                at,
                Digest.sha256(new byte[0]),
                Optional.empty(),
                RegisterEntry.first(Optional.empty()));
        database.transaction(connection -> {
            try (var statement = connection.prepareStatement("""
                    INSERT INTO issuance_intent (idempotency_key, request_key, licence_id, type_code, number_key, state,
                           authority_code, authority_name, actor_subject, actor_role, recorded_at, ended_at)
                    VALUES (?, ?, ?, ?, ?, 'DONE', '', '', '', '', now(), now())
                    """)) {
                statement.setString(1, "intent-" + number);
                statement.setBytes(2, new byte[32]);
                statement.setString(3, licence.id().value());
                statement.setString(4, TYPE);
                statement.setBytes(5, rows.numberKey(TYPE, licence.number()));
                statement.executeUpdate();
            }
            rows.insert(connection, licence);
            return licence.id();
        });
        return licence;
    }
}
