package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.MigrationVersion;
import org.junit.jupiter.api.Test;

/// A database of the version before, with licences in it, is brought up to date.
class MigrationTest {
    private static final String ID = "1.2.156.3005.2.11100000000013338W009.11330105002500287C.N00001.001.7";

    @Test
    void registryOfVersion15_keepsItsLicences_andTheyLiveOn() throws Exception {
        var address = TestPostgres.fresh();
        Flyway.configure()
                .dataSource(address.url(), EmbeddedServer.USER, address.password())
                .locations("classpath:db/migration")
                .target(MigrationVersion.fromVersion("15"))
                .load()
                .migrate();
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
            for (var table : List.of("licence_number", "issuance_intent_number")) {
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

    @Test
    void supersededWithoutASuccessor_isNoState() throws Exception {
        var address = TestPostgres.fresh();
        try (var database = address.open()) {
            assertThat(TestPostgres.count(
                            database,
                            "SELECT count(*) FROM pg_constraint WHERE conname = 'licence_lineage' AND convalidated"))
                    .isEqualTo(1);
        }
    }

    private static void execute(TestPostgres.Address address, String sql) throws SQLException, IOException {
        try (var connection = DriverManager.getConnection(address.url(), EmbeddedServer.USER, address.password());
                var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
