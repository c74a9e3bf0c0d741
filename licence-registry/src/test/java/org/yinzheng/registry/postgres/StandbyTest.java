package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.document.DirectoryStore;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.Standing;

/// A real standby, streaming from the embedded PostgreSQL's programs. What it sees is told from what only it
/// can answer: whether it is one.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class StandbyTest {
    private static final CitizenId HOLDER = new CitizenId("11010519491231002X");

    private TestCluster primary;
    private TestCluster standby;
    private Database database;
    private TestLicences register;
    private PostgresLicences licences;

    @BeforeAll
    void open(@TempDir Path directory) throws Exception {
        var programs = TestCluster.embedded();
        primary = TestCluster.make(programs, directory.resolve("primary"), "wal_keep_size = 256MB\n");
        database = primary.address().open();
        var copy = primary.baseBackup(directory.resolve("standby"));
        standby =
                TestCluster.of(programs, copy, "standby.signal", "primary_conninfo = '" + primary.connection() + "'\n");
        var vault = new Vault(new RegistryKeys(new byte[16], new byte[32]));
        var rows = new LicenceRows(vault, Clock.systemUTC());
        register = new TestLicences(database, rows);
        licences = new PostgresLicences(database, vault, new DirectoryStore(directory), Clock.systemUTC());
        database.lookUpAt(standby.address().url(), Duration.ofSeconds(1));
    }

    @AfterAll
    void close() throws IOException {
        database.close();
        standby.close();
        primary.close();
    }

    @BeforeEach
    void caughtUp() throws Exception {
        onStandby("SELECT pg_wal_replay_resume()");
        await(database::looksUpAtStandby);
    }

    @Test
    void caughtUp_lookupsAreAnsweredByTheStandby() {
        assertThat(answeredByAStandby()).isTrue();
        var licence = insert();
        // found at once, there or here
        assertThat(licences.find(licence.id())).isPresent();
        assertThat(licences.byNumber(TestLicences.TYPE, licence.number())).isPresent();
        await(() -> licences.ofHolder(HOLDER, 100, Optional.empty()).licences().stream()
                .anyMatch(found -> found.id().equals(licence.id())));
    }

    @Test
    void standbyLagsBehind_thePrimaryAnswers_andLaterTheStandbyAgain() throws Exception {
        var licence = insert();
        await(() -> database.lookup(on -> LicencePlaces.find(on, licence.id())).isPresent() && answeredByAStandby());
        onStandby("SELECT pg_wal_replay_pause()");
        revoke(licence);

        await(() -> !database.looksUpAtStandby());
        assertThat(answeredByAStandby()).isFalse();
        assertThat(licences.find(licence.id())).map(Licence::standing).hasValue(Standing.REVOKED);

        onStandby("SELECT pg_wal_replay_resume()");
        await(database::looksUpAtStandby);
        assertThat(answeredByAStandby()).isTrue();
        assertThat(licences.find(licence.id())).map(Licence::standing).hasValue(Standing.REVOKED);
    }

    /// What a verification says must be true now, and not a second ago.
    @Test
    void standing_isAskedOfThePrimary_alsoWhileTheStandbyIsBehind() throws Exception {
        var licence = insert();
        onStandby("SELECT pg_wal_replay_pause()");
        revoke(licence);
        assertThat(licences.standing(licence.id().value()))
                .map(fact -> fact.standing())
                .hasValue(Standing.REVOKED);
    }

    @Test
    void standbyAway_thePrimaryAnswers_andLaterTheStandbyAgain() throws Exception {
        var licence = insert();
        standby.stop("immediate");
        assertThat(licences.find(licence.id())).isPresent();
        assertThat(answeredByAStandby()).isFalse();

        standby.start("");
        await(database::looksUpAtStandby);
        assertThat(answeredByAStandby()).isTrue();
    }

    private boolean answeredByAStandby() {
        return database.lookup(on -> {
                    try (var statement = on.prepareStatement("SELECT pg_is_in_recovery() AS standby");
                            var row = statement.executeQuery()) {
                        row.next();
                        return Optional.of(row.getBoolean("standby"));
                    }
                })
                .orElseThrow();
    }

    private Licence insert() {
        var today = LocalDate.now(LicenceRows.ZONE);
        return register.insert(HOLDER, Instant.EPOCH, today, Optional.empty());
    }

    private void revoke(Licence licence) {
        database.transaction(on -> {
            LifeRows.move(on, LifeRows.lock(on, licence.id()).orElseThrow(), Standing.REVOKED);
            return licence;
        });
    }

    private void onStandby(String sql) throws SQLException {
        var address = standby.address();
        try (var connection = address.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static void await(BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }
}
