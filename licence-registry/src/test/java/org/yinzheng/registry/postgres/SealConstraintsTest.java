package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.SQLException;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.postgresql.util.PSQLException;

/// What the tables refuse by themselves, whatever program writes into them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SealConstraintsTest {
    private Database database;
    private int serial;
    private String seal = "";

    @BeforeAll
    void open() {
        database = TestPostgres.fresh().open();
    }

    @AfterAll
    void close() {
        database.close();
    }

    @BeforeEach
    void anApplication() {
        seal = "339903%08d".formatted(++serial);
        run("INSERT INTO seal VALUES ('" + seal + "', 'STATUTORY_NAME', '局', 'AUTHORITY', sha256('a'), 'x',"
                + " '11330105002500287C', '局', '', 'x', NULL, 42, 42, 'PENDING', 1, NULL, '{}', NULL, now());"
                + " INSERT INTO seal_round VALUES ('" + seal + "', 1, 'MAKING', 'OPEN', '2029-01-01');"
                + step(1, "APPLY", "one", "seal-custodian", ""));
    }

    @Test
    void samePersonTwiceInARound_isRefused() {
        assertRefused("seal_step_other_person", step(2, "APPROVE", "one", "security-admin", ""));
        run(step(2, "APPROVE", "two", "security-admin", ""));
        assertRefused("seal_step_other_person", step(3, "MAKE", "two", "seal-maker", ""));
    }

    @Test
    void sameStepTwiceInARound_isRefused() {
        run(step(2, "APPROVE", "two", "security-admin", ""));
        assertRefused("seal_step_once", step(3, "APPROVE", "three", "security-admin", ""));
    }

    @Test
    void stepByAnotherRole_isRefused() {
        assertRefused("seal_step_role", step(2, "APPROVE", "two", "seal-custodian", ""));
        assertRefused("seal_step_role", step(2, "MAKE", "two", "security-admin", ""));
    }

    @Test
    void stepThatNeedsAReason_withoutOne_isRefused() {
        assertRefused("seal_step_reason", step(2, "REFUSE", "two", "security-admin", ""));
    }

    @Test
    void history_isNeitherChangedNorDeleted() {
        assertThatThrownBy(() -> run("UPDATE seal_step SET actor_subject = 'nobody'"))
                .hasRootCauseInstanceOf(SQLException.class)
                .rootCause()
                .hasMessageContaining("never changed");
        assertThatThrownBy(() -> run("DELETE FROM seal_step")).rootCause().hasMessageContaining("never changed");
    }

    @Test
    void sealInUseThatNobodyMade_isRefused() {
        assertRefused("seal_check", "UPDATE seal SET state = 'IN_USE' WHERE seal_id = '" + seal + "'");
        assertRefused("seal_round_check", "UPDATE seal_round SET stage = 'MADE' WHERE seal_id = '" + seal + "'");
        assertRefused("seal_round_check", "UPDATE seal_round SET stage = 'DONE' WHERE seal_id = '" + seal + "'");
    }

    @Test
    void secondMakingAtATime_isRefused() {
        run("INSERT INTO seal_round VALUES ('" + seal + "', 2, 'RENEWAL', 'OPEN', '2029-01-01')");
        assertRefused(
                "seal_round_open",
                "INSERT INTO seal_round VALUES ('" + seal + "', 3, 'RENEWAL', 'OPEN', '2029-01-01')");
    }

    @Test
    void keyOfTwoSeals_isRefused() {
        var key = "INSERT INTO seal_signer (seal_id, round, suite, key_label, request) VALUES ('" + seal + "', 1, '";
        run(key + "RSA_SHA256', 'one-key', 'x')");
        assertRefused("seal_signer_key_label_key", key + "SM2_SM3', 'one-key', 'x')");
    }

    private String step(long version, String step, String who, String role, String reason) {
        return "INSERT INTO seal_step VALUES ('" + seal + "', 1, " + version + ", '" + step + "', '" + who + "', '"
                + role + "', '" + reason + "', now());";
    }

    private void run(String sql) {
        database.transaction(connection -> {
            try (var statement = connection.createStatement()) {
                return statement.execute(sql);
            }
        });
    }

    private void assertRefused(String constraint, String sql) {
        assertThatThrownBy(() -> run(sql))
                .rootCause()
                .isInstanceOfSatisfying(PSQLException.class, refused -> assertThat(
                                Objects.requireNonNull(refused.getServerErrorMessage())
                                        .getConstraint())
                        .startsWith(constraint));
    }
}
