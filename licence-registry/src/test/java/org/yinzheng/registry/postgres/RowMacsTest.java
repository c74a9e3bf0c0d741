package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.permit;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yinzheng.registry.audit.RowDeviation;
import org.yinzheng.registry.audit.RowDeviation.Kind;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.issuance.IssueRequest;
import org.yinzheng.registry.issuance.IssueResult;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.Party;
import org.yinzheng.registry.life.Change;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Transition;
import org.yinzheng.testdata.DemoPeople;

/// Whoever owns the database changes rows with `psql`, guards switched off.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RowMacsTest {
    private TestInstallation here;
    private Licence inForce;
    private Licence revoked;

    @BeforeAll
    void issue(@TempDir Path directory) {
        here = TestInstallation.open(directory, TestPostgres.fresh().open());
        inForce = issued("row-macs-1", "JZ-1001", 0);
        revoked = issued("row-macs-2", "JZ-1002", 1);
        assertThat(here.issuance().issue(sharedPermit(), CLERK)).isInstanceOf(IssueResult.Issued.class);
        here.life.change(revoked.id(), new Change(Transition.REVOKE, new Grounds("request", "依申请", ""), CLERK));
    }

    @AfterAll
    void close() {
        here.close();
    }

    @Test
    void untouched_nothingDeviates() {
        var found = new ArrayList<RowDeviation>();
        var compared = new PostgresRegistryAudit(here.database, here.vault).verify(found::add);

        assertThat(found).isEmpty();
        // three intents, licences, uses; four renditions each; a second holder; four transitions; keys of the holders
        assertThat(compared).isEqualTo(3 + 3 + 3 + 12 + 1 + 4 + 4);
    }

    @Test
    void tablesWithTriggers_areThoseThatAreCompared() {
        assertThat(TestPostgres.count(here.database, """
                SELECT count(DISTINCT tgrelid) FROM pg_trigger
                 WHERE tgname IN ('row_inserted', 'row_updated') AND tgparentid = 0
                """)).isEqualTo(ProtectedTable.ALL.size());
        assertThat(TestPostgres.count(here.database, """
                SELECT count(*) FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
                 WHERE attname = 'mac' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                """)).isEqualTo(ProtectedTable.ALL.size());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE licence SET state = 'IN_FORCE' WHERE state = 'REVOKED' | licence | CHANGED",
                "UPDATE licence SET state = 'IN_FORCE' WHERE state = 'REVOKED' | licence | OTHER_THAN_LOGGED",
                "UPDATE licence SET state = 'IN_FORCE', mac = NULL WHERE state = 'REVOKED' | licence | NOT_OURS",
                "UPDATE licence SET valid_until = '2099-01-01' | licence | CHANGED",
                "UPDATE licence SET holder_key = sha256('x') | licence | CHANGED",
                "UPDATE licence SET holder_key = sha256('x') | licence_directory | CHANGED",
                "UPDATE licence SET holder_key = sha256('x') | rendition | CHANGED",
                "DELETE FROM licence WHERE state = 'REVOKED' | licence | MISSING",
                "INSERT INTO licence SELECT (jsonb_populate_record(l, '{\"licence_id\": \"forged\"}')).* FROM licence l"
                        + " WHERE state = 'IN_FORCE' | licence | CHANGED",
                "INSERT INTO licence SELECT (jsonb_populate_record(l, '{\"licence_id\": \"forged\"}')).* FROM licence l"
                        + " WHERE state = 'IN_FORCE' | licence | NOT_LOGGED",
                "UPDATE licence SET mac = (SELECT mac FROM licence o WHERE o.state <> 'IN_FORCE')"
                        + " WHERE state = 'IN_FORCE' | licence | CHANGED",
                "UPDATE rendition SET size = size + 1 WHERE format = 'PDF' | rendition | CHANGED",
                "UPDATE rendition r SET digest = o.digest, mac = o.mac FROM rendition o"
                        + " WHERE r.format = 'PDF' AND o.format = 'OFD' | rendition | OTHER_THAN_LOGGED",
                "DELETE FROM rendition WHERE format = 'XML' | rendition | MISSING",
                "DELETE FROM licence_transition WHERE to_state = 'REVOKED' | licence_transition | MISSING",
                "UPDATE licence_transition SET legal_basis = 'none' | licence_transition | CHANGED",
                "INSERT INTO licence_transition (home_key, licence_id, from_state, to_state, actor_subject, actor_role,"
                        + " reason_code, legal_basis, note, at)"
                        + " SELECT holder_key, licence_id, 'REVOKED', 'IN_FORCE', 'x', 'x', 'x', 'x', '', now()"
                        + " FROM licence WHERE state = 'REVOKED' | licence_transition | NOT_OURS",
                "UPDATE licence_transition SET home_key = sha256('x') | licence_transition | CHANGED",
                "UPDATE licence_holder SET role = 'AGENT' | licence_holder | CHANGED",
                "UPDATE licence_holder SET holder_key = sha256('x') | holder_entry | MISSING",
                "DELETE FROM holder_entry | holder_entry | MISSING",
                "UPDATE holder_entry SET home_key = sha256('x') | holder_entry | CHANGED",
                "INSERT INTO holder_entry SELECT sha256('x'), issued_at, licence_id, home_key FROM holder_entry"
                        + " | holder_entry | NOT_OURS",
                "DELETE FROM licence_directory | licence_directory | MISSING",
                "UPDATE licence_directory SET home_key = sha256('x') | licence_directory | CHANGED",
                "INSERT INTO licence_directory VALUES ('forged', sha256('x')) | licence_directory | NOT_OURS",
                "DELETE FROM licence_number | licence_number | MISSING",
                "UPDATE licence_number SET held = false | licence_number | CHANGED",
                "UPDATE licence_number SET home_key = sha256('x') | licence_number | CHANGED",
                "UPDATE licence_number SET number_key = sha256('x') WHERE licence_id ="
                        + " (SELECT licence_id FROM licence WHERE state = 'REVOKED') | licence_number | NOT_OURS",
                "UPDATE issuance_intent SET authority_name = 'x' | issuance_intent | CHANGED",
                "UPDATE seal_use SET purpose = 'x' | seal_use | CHANGED",
                "DELETE FROM seal_use | seal_use | MISSING",
                "UPDATE audit_entry SET details = 'no json' | audit_entry | CHANGED"
            })
    void rowWrittenBehindTheServicesBack_isNamed(String sql, String table, Kind kind) throws SQLException {
        assertThat(deviationsAfter(sql)).anySatisfy(deviation -> {
            assertThat(deviation.table()).isEqualTo(table);
            assertThat(deviation.kind()).isEqualTo(kind);
        });
    }

    @Test
    void changedRow_isNamedByItsKey() throws SQLException {
        assertThat(deviationsAfter("UPDATE licence SET type_name = 'x' WHERE licence_id = '"
                        + inForce.id().value() + "'"))
                .containsExactly(new RowDeviation(
                        "licence", "{\"licence_id\": \"" + inForce.id().value() + "\"}", Kind.CHANGED));
    }

    @Test
    void noteOfTheFirstSealingTakenAway_sealsNothingAgain() {
        here.database.transaction(on -> execute(on, "DELETE FROM row_macs"));
        here.database.sealRows(here.vault);

        assertThat(TestPostgres.count(
                        here.database, "SELECT count(*) FROM audit_entry WHERE action = 'registry.rows-sealed'"))
                .isEqualTo(1);
    }

    /// Undone afterwards.
    private List<RowDeviation> deviationsAfter(String sql) throws SQLException {
        try (var connection = here.database.connection()) {
            execute(connection, "SET LOCAL session_replication_role = replica"); // no trigger, no foreign key
            execute(connection, "ALTER TABLE licence_transition DROP CONSTRAINT licence_transition_check");
            execute(connection, sql);
            var found = new ArrayList<RowDeviation>();
            new RowMacs(here.vault).compare(connection, found::add);
            LogReplay.compare(connection, found::add);
            connection.rollback();
            return found;
        }
    }

    private static int execute(Connection on, String sql) throws SQLException {
        try (var statement = on.createStatement()) {
            return statement.executeUpdate(sql);
        }
    }

    private Licence issued(String key, String number, int citizen) {
        return ((IssueResult.Issued) here.issuance().issue(permit(key, number, citizen), CLERK)).licence();
    }

    private static IssueRequest sharedPermit() {
        var asked = permit("row-macs-3", "JZ-1003", 2);
        var spouse = DemoPeople.citizens().get(3);
        return new IssueRequest(
                asked.idempotencyKey(),
                asked.type(),
                asked.number(),
                asked.holder(),
                asked.data(),
                asked.validFrom(),
                asked.validUntil(),
                Optional.empty(),
                List.of(new Party(new Holder(new CitizenId(spouse.id()), spouse.name()), Party.Role.SPOUSE)),
                Optional.empty(),
                List.of());
    }
}
