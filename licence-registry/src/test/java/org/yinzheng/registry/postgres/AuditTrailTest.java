package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.InvalidInput;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditTrailTest {
    private static final Actor ACTOR = new Actor("custodian-1", "seal-custodian");
    private static final Instant AT = Instant.parse("2026-11-21T04:00:00.123456789Z");

    private Database database;

    @BeforeAll
    void open() {
        database = TestPostgres.fresh().open();
    }

    @AfterAll
    void close() {
        database.close();
    }

    @Test
    void transactionRolledBack_leavesNoEntry() {
        var before = TestPostgres.count(database, "SELECT count(*) FROM audit_entry");
        assertThatThrownBy(() -> database.transaction(connection -> {
                    AuditTrail.append(connection, entry("seal.apply", "seal-1"));
                    throw new IllegalStateException("the change failed");
                }))
                .hasMessage("the change failed");
        assertThat(TestPostgres.count(database, "SELECT count(*) FROM audit_entry"))
                .isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM audit_entry",
                "TRUNCATE audit_entry",
                "UPDATE audit_entry SET reason = 'another'",
                "UPDATE audit_entry SET reason = NULL",
                "UPDATE audit_entry SET commitment = decode(repeat('00', 32), 'hex')",
                "UPDATE audit_entry SET leaf_index = 7, subject = 'another'",
                // not yet in the tree: an erased entry could never be told from an invented one
                "UPDATE audit_entry SET salt = NULL, at = NULL, actor = NULL, role = NULL, action = NULL,"
                        + " subject = NULL, reason = NULL, details = NULL"
            })
    void entryInPlace_changeIsRefusedByTheDatabase(String sql) {
        append(entry("seal.apply", "seal-2"));
        assertThatExceptionOfType(SQLException.class)
                .isThrownBy(() -> execute(sql))
                .satisfies(e -> assertThat(e.getSQLState()).isEqualTo("42501"));
    }

    @Test
    void citizenNumberInAnyText_isMaskedBeforeItIsWritten() {
        append(new AuditEntry(
                AT,
                ACTOR,
                "licence.dispute",
                "licence-1",
                "holder 11010519491231002X says so",
                Map.of("note", "身份证11010519491231002x，见附件")));
        var dump = TestPostgres.dump(database, "audit_entry");
        assertThat(dump).doesNotContainIgnoringCase("11010519491231002X").contains("holder 110**************X says so");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "revoke", "Licence.revoke", "licence.", "licence revoke"})
    void actionOfAnotherForm_isRefused(String action) {
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> entry(action, "x"));
    }

    private void append(AuditEntry entry) {
        database.transaction(connection -> {
            AuditTrail.append(connection, entry);
            return entry;
        });
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.connection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static AuditEntry entry(String action, String subject) {
        return new AuditEntry(AT, ACTOR, action, subject, "", Map.of());
    }
}
