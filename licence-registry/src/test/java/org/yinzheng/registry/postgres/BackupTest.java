package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.permit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.yinzheng.registry.audit.AuditVerdict;
import org.yinzheng.registry.audit.Checkpoint;
import org.yinzheng.registry.audit.Note;
import org.yinzheng.registry.audit.RowDeviation;
import org.yinzheng.registry.issuance.IssueResult;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Format;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.KeyKind;

/// A registry is backed up while it works, lost, and restored to a moment (docs/operating.md).
class BackupTest {
    private static final String ORIGIN = "audit.example/backups";

    /// The embedded PostgreSQL by copying, installed ones with their `pg_basebackup`.
    static List<Path> programs() throws IOException {
        return Stream.concat(Stream.of(TestCluster.embedded()), TestCluster.installed().stream())
                .toList();
    }

    @ParameterizedTest
    @MethodSource("programs")
    @Timeout(value = 5, unit = TimeUnit.MINUTES)
    void restoredToAMoment_hasWhatWasIssuedBefore_nothingAfter_andTheAuditHolds(Path programs, @TempDir Path directory)
            throws Exception {
        var archive = Files.createDirectory(directory.resolve("archive"));
        Path backup;
        Licence first;
        Licence second;
        Licence third;
        String moment;
        String checkpoint;
        try (var primary = TestCluster.make(programs, directory.resolve("primary"), """
                archive_mode = on
                archive_command = 'test ! -f "%1$s/%%f" && cp "%%p" "%1$s/%%f"'
                """.formatted(archive))) {
            try (var here = open(directory, primary)) {
                var log = auditLog(here);
                first = issue(here, "B-1");
                log.advance();
                backup = primary.baseBackup(directory.resolve("backup"));
                second = issue(here, "B-2");
                log.advance();
                moment = text(here.database, "SELECT clock_timestamp()::text");
                third = issue(here, "B-3");
                log.advance();
                checkpoint = log.checkpoint().orElseThrow();
                awaitArchive(here.database);
            }
            primary.stop("immediate");
        }

        try (var restored = TestCluster.of(programs, backup, "recovery.signal", """
                archive_mode = off
                restore_command = 'cp "%s/%%f" "%%p"'
                recovery_target_time = '%s'
                recovery_target_action = 'promote'
                """.formatted(archive, moment))) {
            awaitEndOfRecovery(restored);
            try (var here = open(directory, restored)) {
                for (var kept : List.of(first, second)) {
                    assertThat(here.licences.find(kept.id())).isPresent();
                    assertThat(here.licences.rendition(kept.id(), Format.PDF)).isPresent();
                }
                assertThat(here.licences.find(third.id())).isEmpty();
                assertThat(here.intents.open()).isEmpty();

                var log = auditLog(here);
                assertThat(log.verify()).isInstanceOf(AuditVerdict.Intact.class);
                var found = new ArrayList<RowDeviation>();
                new PostgresRegistryAudit(here.database, here.vault).verify(found::add);
                assertThat(found).isEmpty();

                // a restored registry is right in itself; who kept a checkpoint sees that it was set back
                var outside = Checkpoint.parse(Note.open(
                        checkpoint,
                        ORIGIN,
                        here.custodian.find("audit-log-p256").orElseThrow().publicKey()));
                assertThatExceptionOfType(InvalidInput.class)
                        .isThrownBy(() -> log.inclusion(outside.size() - 1, outside.size()));

                // and what somebody changes in it now is found as ever
                execute(here.database, "UPDATE licence SET valid_until = '2099-01-01'");
                new PostgresRegistryAudit(here.database, here.vault).verify(found::add);
                assertThat(found).extracting(RowDeviation::kind).contains(RowDeviation.Kind.CHANGED);
            }
        }
    }

    private static TestInstallation open(Path directory, TestCluster cluster) {
        return TestInstallation.open(
                directory.resolve("installation"), cluster.address().open());
    }

    private static Licence issue(TestInstallation here, String number) {
        var result = here.issuance().issue(permit("backup-" + number, number, 0), CLERK);
        return ((IssueResult.Issued) result).licence();
    }

    private static PostgresAuditLog auditLog(TestInstallation here) {
        var key = here.custodian.findOrMake("audit-log-p256", KeyKind.P_256);
        return new PostgresAuditLog(here.database, ORIGIN, key, here.clock);
    }

    private static void awaitArchive(Database database) throws InterruptedException {
        var last = text(database, "SELECT pg_walfile_name(pg_switch_wal())");
        while (!text(
                        database,
                        "SELECT coalesce(max(last_archived_wal) >= '" + last + "', false)::text"
                                + " FROM pg_stat_archiver")
                .equals("true")) {
            Thread.sleep(50);
        }
    }

    private static void awaitEndOfRecovery(TestCluster cluster) throws SQLException, InterruptedException {
        var address = cluster.address();
        while (true) {
            try (var connection = address.connect();
                    var statement = connection.createStatement();
                    var row = statement.executeQuery("SELECT pg_is_in_recovery() AS yet")) {
                row.next();
                if (!row.getBoolean("yet")) {
                    return;
                }
            }
            Thread.sleep(50);
        }
    }

    private static String text(Database database, String question) {
        return database.transaction(on -> {
            try (var statement = on.prepareStatement(question);
                    var row = statement.executeQuery()) {
                row.next();
                return row.getString(1);
            }
        });
    }

    /// As somebody with `psql`, whom no trigger notices.
    private static void execute(Database database, String sql) throws SQLException {
        try (var connection = database.connection();
                var statement = connection.createStatement()) {
            statement.execute(sql);
            connection.commit();
        }
    }
}
