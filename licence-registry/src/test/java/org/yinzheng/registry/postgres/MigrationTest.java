package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.security.MessageDigest;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.RowDeviation;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.identity.LicenceId;
import org.yinzheng.registry.licence.HolderKey;
import org.yinzheng.signing.Failure;

/// A database of the version before, with licences in it, is brought up to date.
class MigrationTest {
    private static final String ID = LicenceId.of(
                    "11100000000013338W009", new CreditCode("11330105002500287C"), "N00001", 1)
            .value();

    @Test
    void registryOfVersion15_keepsItsLicences_andTheyLiveOn() throws Exception {
        var address = TestPostgres.fresh();
        migrate(address, "15");
        execute(address, """
                INSERT INTO issuance_intent (idempotency_key, request_key, licence_id, type_code, number_key, state,
                       authority_code, authority_name, actor_subject, actor_role, recorded_at, ended_at)
                VALUES ('intent-00001', decode(repeat('01', 32), 'hex'), '%1$s', '11100000000013338W009',
                        decode(repeat('02', 32), 'hex'), 'DONE', '11330105002500287C', 'A', 's', 'issuer', now(), now());
                INSERT INTO licence (licence_id, type_code, type_name, number_key, number_sealed, holder_kind, holder_key,
                       holder_sealed, authority_code, authority_name, state, valid_from, data_sealed, issued_at)
                VALUES ('%1$s', '11100000000013338W009', 'T', decode(repeat('02', 32), 'hex'), '', 'CITIZEN_ID',
                        decode(repeat('03', 32), 'hex'), '', '11330105002500287C', 'A', 'SUSPENDED', '2026-01-01', '',
                        now());
                INSERT INTO licence_transition (licence_id, from_state, to_state, actor_subject, actor_role, reason_code,
                       legal_basis, note, at)
                VALUES ('%1$s', 'DRAFT', 'IN_FORCE', 's', 'issuer', 'issued', 'x', '', now());
                """.formatted(ID));

        try (var database = address.open()) {
            assertThat(TestPostgres.count(
                            database,
                            "SELECT count(*) FROM licence WHERE version = 1 AND state = 'SUSPENDED'"
                                    + " AND supersedes IS NULL AND superseded_by IS NULL"))
                    .isEqualTo(1);
            assertThat(TestPostgres.count(database, "SELECT count(*) FROM issuance_intent WHERE holds_number"))
                    .isEqualTo(1);
            // the number is still one licence's
            for (var table : List.of("licence_number_held", "issuance_intent_key")) {
                assertThat(TestPostgres.count(
                                database,
                                "SELECT count(*) FROM pg_index WHERE indisunique AND indexrelid = '" + table
                                        + "'::regclass"))
                        .as(table)
                        .isEqualTo(1);
            }
        }
        try (var again = address.open()) {
            assertThat(again.ready()).isTrue();
        }
    }

    /// With rows in every table that moves, and MACs as that version gave them.
    @Test
    void registryOfVersion20_movesIntoPartitions_withItsMacs() throws Exception {
        var address = TestPostgres.fresh();
        migrate(address, "20");
        var vault = new Vault(new RegistryKeys(new byte[16], new byte[32]));
        execute(address, """
                INSERT INTO issuance_intent (idempotency_key, request_key, licence_id, type_code, number_key, state,
                       authority_code, authority_name, actor_subject, actor_role, recorded_at, ended_at, cancelled_for)
                SELECT 'intent-' || n, sha256(n::text::bytea), CASE n WHEN '1' THEN '%1$s' ELSE n END,
                       '11100000000013338W009', sha256('number'), s, '11330105002500287C', 'A', 's', 'issuer', now(), now(), c
                  FROM (VALUES ('1', 'DONE', NULL), ('cancelled', 'CANCELLED', 'x')) AS i (n, s, c);
                INSERT INTO licence (licence_id, type_code, type_name, number_key, number_sealed, holder_kind, holder_key,
                       holder_sealed, authority_code, authority_name, state, valid_from, data_sealed, issued_at)
                VALUES ('%1$s', '11100000000013338W009', 'T', sha256('number'), 'n', 'CITIZEN_ID', sha256('first'), 'h',
                        '11330105002500287C', 'A', 'IN_FORCE', '2026-01-01', 'd', now());
                INSERT INTO licence_holder (licence_id, position, role, holder_kind, holder_key, holder_sealed, issued_at)
                SELECT licence_id, 1, 'SPOUSE', 'CITIZEN_ID', sha256('second'), 'h', issued_at FROM licence;
                INSERT INTO rendition (licence_id, format, digest, size, sm3)
                VALUES ('%1$s', 'PDF', sha256('pdf'), 3, sha256('sm3'));
                INSERT INTO licence_transition (licence_id, from_state, to_state, actor_subject, actor_role, reason_code,
                       legal_basis, note, at)
                VALUES ('%1$s', 'DRAFT', 'IN_FORCE', 's', 'issuer', 'issued', 'x', '', now());
                INSERT INTO reliance VALUES ('%1$s', 'clerk', now(), now(), 1);
                """.formatted(ID));
        sealAsVersion20(address, vault);

        try (var database = address.open()) {
            var rows = new LicenceRows(vault, Clock.systemUTC());
            var first = LicenceRows.digest(MessageDigest.getInstance("SHA-256").digest("first".getBytes(UTF_8)));
            var found = new ArrayList<RowDeviation>();
            database.transaction(on -> {
                assertThat(new RowMacs(vault).compare(on, found::add)).isEqualTo(6);
                assertThat(LicencePlaces.find(on, new LicenceId(ID))
                                .orElseThrow()
                                .home())
                        .isEqualTo(new HolderKey(first));
                assertThat(LifeRows.history(
                                on, LicencePlaces.find(on, new LicenceId(ID)).orElseThrow()))
                        .hasSize(1);
                LogReplay.compare(on, found::add);
                return rows;
            });
            // nothing was logged of what this test wrote itself
            assertThat(found).allMatch(deviation -> deviation.kind() == RowDeviation.Kind.NOT_LOGGED);
            for (var table : List.of("holder_entry", "licence_number WHERE held", "reliance", "rendition")) {
                assertThat(TestPostgres.count(database, "SELECT count(*) FROM " + table))
                        .as(table)
                        .isEqualTo(1);
            }
            assertThat(TestPostgres.count(database, "SELECT count(*) FROM licence_directory"))
                    .isEqualTo(2);
            assertThat(TestPostgres.count(database, "SELECT nextval('licence_transition_id')"))
                    .isEqualTo(2);
        }
    }

    @Test
    void issuesUnderWay_areFinishedByTheVersionBefore_first() throws Exception {
        var address = TestPostgres.fresh();
        migrate(address, "20");
        execute(address, """
                INSERT INTO issuance_intent (idempotency_key, request_key, licence_id, type_code, number_key, state,
                       request_sealed, authority_code, authority_name, actor_subject, actor_role, recorded_at)
                VALUES ('intent-1', sha256('x'), 'id', 'type', sha256('x'), 'OPEN', 'r', 'a', 'a', 's', 'issuer', now())
                """);
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(address::open);
        execute(
                address,
                "UPDATE issuance_intent SET state = 'CANCELLED', request_sealed = NULL, ended_at = now(),"
                        + " cancelled_for = 'x'");
        address.open().close();
    }

    private static void sealAsVersion20(TestPostgres.Address address, Vault vault) throws SQLException {
        try (var connection = DriverManager.getConnection(
                address.url() + "?options=-c%20TimeZone=UTC", EmbeddedServer.USER, address.password())) {
            for (var table :
                    List.of("issuance_intent", "licence", "licence_holder", "rendition", "licence_transition")) {
                try (var statement = connection.createStatement();
                        var update =
                                connection.prepareStatement("UPDATE " + table + " SET mac = ? WHERE ctid = ?::tid");
                        var row = statement.executeQuery("SELECT ctid::text AS at,"
                                + " jsonb_strip_nulls(to_jsonb(t) - 'mac')::text AS content FROM " + table + " t")) {
                    while (row.next()) {
                        update.setBytes(
                                1,
                                vault.lookup(
                                        "row " + table, row.getString("content").getBytes(UTF_8)));
                        update.setString(2, row.getString("at"));
                        assertThat(update.executeUpdate()).isEqualTo(1);
                    }
                }
            }
        }
    }

    private static void migrate(TestPostgres.Address address, String version) {
        Flyway.configure()
                .dataSource(address.url(), EmbeddedServer.USER, address.password())
                .locations("classpath:db/migration")
                .target(MigrationVersion.fromVersion(version))
                .load()
                .migrate();
    }

    @Test
    void supersededWithoutASuccessor_isNoState() throws Exception {
        var address = TestPostgres.fresh();
        try (var database = address.open()) {
            assertThat(TestPostgres.count(
                            database,
                            "SELECT count(*) FROM pg_constraint WHERE conname = 'licence_lineage' AND convalidated"
                                    + " AND conrelid = 'licence'::regclass"))
                    .isEqualTo(1);
        }
    }

    private static void execute(TestPostgres.Address address, String sql) throws SQLException, IOException {
        try (var connection = address.connect();
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
