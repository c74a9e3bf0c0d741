package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.registry.audit.AuditEntry;
import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.registry.audit.AuditQuery;
import org.yinzheng.registry.audit.AuditVerdict;
import org.yinzheng.registry.audit.AuditVerdict.Kind;
import org.yinzheng.registry.audit.Checkpoint;
import org.yinzheng.registry.audit.Merkle;
import org.yinzheng.registry.audit.Note;
import org.yinzheng.registry.audit.Rounds;
import org.yinzheng.registry.audit.TestKey;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.key.SigningKey;

class AuditLogTest {
    private static final String ORIGIN = "audit.example.cn/yinzheng";
    private static final Instant AT = Instant.parse("2026-11-21T04:00:00Z");
    private static final Clock CLOCK = Clock.fixed(AT, ZoneOffset.UTC);
    private static final SigningKey KEY = TestKey.p256();

    private Database database;
    private PostgresAuditLog log;

    @BeforeEach
    void open() {
        database = TestPostgres.fresh().open();
        log = another();
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void entriesAppended_getPlacesAndACheckpoint_andProofs() {
        append(300);
        log.advance();
        append(7);
        log.advance();
        log.advance();
        assertThat(log.verify()).isEqualTo(new AuditVerdict.Intact(307, 0, 0, 2));
        var checkpoint = checkpoint(log);
        assertThat(checkpoint.size()).isEqualTo(307);
        for (long index : new long[] {0, 255, 256, 299, 300, 306}) {
            var entry = log.entry(index).orElseThrow();
            var salt = HexFormat.of().parseHex(entry.salt().orElseThrow());
            // what a holder of the entry needs nobody's word for
            var leaf =
                    Merkle.leafHash(entry.entry().orElseThrow().commitment(salt).bytes());
            assertThat(Merkle.provesInclusion(leaf, index, 307, log.inclusion(index, 307), checkpoint.root()))
                    .isTrue();
        }
        var older = Merkle.root(proofs(), 300);
        assertThat(Merkle.provesConsistency(300, older, 307, checkpoint.root(), log.consistency(300, 307)))
                .isTrue();
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> log.inclusion(307, 307));
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> log.inclusion(0, 308));
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> log.consistency(5, 4));
    }

    @Test
    void nothingNew_signsNothing() {
        log.advance();
        assertThat(checkpoint(log).size()).isZero();
        append(1);
        log.advance();
        var note = log.checkpoint();
        log.advance();
        another().advance();
        assertThat(log.checkpoint()).isEqualTo(note);
    }

    @Test
    void erasedEntry_leavesTheLogIntact() throws SQLException {
        append(5);
        log.advance();
        execute("UPDATE audit_entry SET salt = NULL, at = NULL, actor = NULL, role = NULL, action = NULL,"
                + " subject = NULL, reason = NULL, details = NULL WHERE leaf_index = 2");
        assertThat(log.verify()).isEqualTo(new AuditVerdict.Intact(5, 1, 0, 1));
        assertThat(log.entry(2).orElseThrow().entry()).isEmpty();
        assertThat(log.entries(AuditQuery.latest(10)).entries()).hasSize(5);
    }

    // whoever owns the database can switch the guards off

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE audit_entry SET actor = 'somebody-else' WHERE leaf_index = 3 | 3 | ENTRY_CHANGED",
                "UPDATE audit_entry SET reason = 'x' WHERE leaf_index = 0 | 0 | ENTRY_CHANGED",
                "UPDATE audit_entry SET details = '{\"a\":\"b\"}' WHERE leaf_index = 4 | 4 | ENTRY_CHANGED",
                "UPDATE audit_entry SET details = 'no json' WHERE leaf_index = 4 | 4 | ENTRY_CHANGED",
                "UPDATE audit_entry SET at = at + interval '1 microsecond' WHERE leaf_index = 299 | 299 | ENTRY_CHANGED",
                "UPDATE audit_entry SET salt = commitment WHERE leaf_index = 7 | 7 | ENTRY_CHANGED",
                "UPDATE audit_entry SET action = 'DROP' WHERE leaf_index = 7 | 7 | ENTRY_CHANGED",
                "UPDATE audit_entry SET commitment = salt WHERE leaf_index = 9 | 9 | ENTRY_CHANGED",
                "DELETE FROM audit_entry WHERE leaf_index = 11 | 11 | ENTRY_MISSING",
                "DELETE FROM audit_entry WHERE leaf_index >= 290 | 290 | ENTRY_MISSING",
                "UPDATE audit_entry SET leaf_index = NULL WHERE leaf_index = 12 | 12 | ENTRY_MISSING",
                "UPDATE audit_entry SET leaf_index = 1000 WHERE leaf_index = 12 | 12 | ENTRY_MISSING",
                "UPDATE audit_tile SET hashes = set_byte(hashes, 64, get_byte(hashes, 64) # 1) WHERE level = 0"
                        + " AND number = 0 | 2 | ENTRY_REPLACED",
                "UPDATE audit_tile SET hashes = set_byte(hashes, 5, get_byte(hashes, 5) # 1) WHERE level = 1"
                        + " | 0 | TREE_CHANGED",
                "DELETE FROM audit_tile WHERE level = 0 AND number = 0 | 0 | TREE_CHANGED",
                "DELETE FROM audit_tile WHERE level = 0 AND number = 1 | 256 | ENTRY_REPLACED",
                "DELETE FROM audit_tile WHERE level = 1 | 0 | TREE_CHANGED",
                "UPDATE audit_checkpoint SET root = set_byte(root, 0, get_byte(root, 0) # 1) | 300 | CHECKPOINT_CHANGED",
                "UPDATE audit_checkpoint SET note = replace(note, '300', '299') | 300 | CHECKPOINT_CHANGED",
                "UPDATE audit_checkpoint SET size = 299 | 299 | CHECKPOINT_CHANGED"
            })
    void rowChangedByTheDatabasesOwner_isFoundWithItsPlace(String sql, long index, Kind kind) throws SQLException {
        append(300);
        log.advance();
        assertThat(log.verify()).isInstanceOf(AuditVerdict.Intact.class);
        asOwner(sql);
        assertThat(log.verify()).isInstanceOfSatisfying(AuditVerdict.Deviates.class, found -> {
            assertThat(found.index()).isEqualTo(index);
            assertThat(found.kind()).isEqualTo(kind);
        });
    }

    @Test
    void rowsInAnotherOrder_areFoundWithThePlaceOfTheFirst() throws SQLException {
        append(300);
        log.advance();
        asOwner("UPDATE audit_entry SET leaf_index = 1000 WHERE leaf_index = 240");
        asOwner("UPDATE audit_entry SET leaf_index = 240 WHERE leaf_index = 260");
        asOwner("UPDATE audit_entry SET leaf_index = 260 WHERE leaf_index = 1000");
        assertThat(log.verify()).isInstanceOfSatisfying(AuditVerdict.Deviates.class, found -> {
            assertThat(found.index()).isEqualTo(240);
            assertThat(found.kind()).isEqualTo(Kind.ENTRY_REPLACED);
        });
    }

    @Test
    void rowInserted_andTheOthersMovedUp_isFoundWithItsPlace() throws SQLException {
        append(20);
        log.advance();
        append(1);
        asOwner("UPDATE audit_entry SET leaf_index = leaf_index + 1000 WHERE leaf_index >= 10");
        asOwner("UPDATE audit_entry SET leaf_index = 10 WHERE leaf_index IS NULL");
        asOwner("UPDATE audit_entry SET leaf_index = leaf_index - 999 WHERE leaf_index > 1000 - 1");
        assertThat(log.verify()).isInstanceOfSatisfying(AuditVerdict.Deviates.class, found -> assertThat(found.index())
                .isEqualTo(10));
    }

    @Test
    void rowInsertedBehindTheEnd_isFoundWithItsPlace() throws SQLException {
        append(20);
        log.advance();
        append(1);
        asOwner("UPDATE audit_entry SET leaf_index = 20 WHERE leaf_index IS NULL");
        assertThat(log.verify()).isInstanceOfSatisfying(AuditVerdict.Deviates.class, found -> assertThat(found.index())
                .isEqualTo(20));
    }

    @Test
    void wholeTreeRewritten_isFoundByTheSignedCheckpoints_andNothingIsSignedAnyMore() throws SQLException {
        append(10);
        log.advance();
        append(10);
        log.advance();
        // as consistent as somebody without the key can make it
        asOwner("DELETE FROM audit_entry WHERE leaf_index = 14");
        asOwner("UPDATE audit_entry SET leaf_index = NULL");
        asOwner("DELETE FROM audit_tile");
        var older = another();
        assertThatExceptionOfType(AuditLog.Forked.class).isThrownBy(older::advance);
        append(30);
        assertThatExceptionOfType(AuditLog.Forked.class).isThrownBy(older::advance);
        assertThat(older.verify())
                .isEqualTo(new AuditVerdict.Deviates(
                        10, Kind.HISTORY_REWRITTEN, "between 10 and 20 it is not what was signed"));
        assertThat(TestPostgres.count(database, "SELECT count(*) FROM audit_checkpoint"))
                .isEqualTo(2);
    }

    @Test
    void checkpointForged_nothingIsSignedOnIt() throws SQLException {
        append(3);
        log.advance();
        var forger = TestKey.p256();
        var forged = Note.sign(new Checkpoint(ORIGIN, 3, Merkle.EMPTY).text(), ORIGIN, forger);
        asOwner("UPDATE audit_checkpoint SET note = '" + forged + "'");
        append(1);
        assertThatExceptionOfType(AuditLog.Forked.class)
                .isThrownBy(() -> another().advance());
    }

    @Test
    void databaseSetBack_theProcessThatSignedMoreSignsNothing() throws SQLException {
        append(3);
        log.advance();
        append(3);
        log.advance();
        asOwner("DELETE FROM audit_checkpoint WHERE size = 6");
        asOwner("DELETE FROM audit_entry WHERE leaf_index >= 3");
        asOwner("UPDATE audit_tile SET hashes = substring(hashes FOR 96)");
        assertThat(log.verify()).isInstanceOf(AuditVerdict.Intact.class); // nothing here tells
        append(4);
        assertThatExceptionOfType(AuditLog.Forked.class).isThrownBy(log::advance);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE FROM audit_tile",
                "TRUNCATE audit_tile",
                "UPDATE audit_tile SET hashes = substring(hashes FOR 32)",
                "UPDATE audit_tile SET hashes = set_byte(hashes, 0, get_byte(hashes, 0) # 1)",
                "UPDATE audit_tile SET number = 9",
                "DELETE FROM audit_checkpoint",
                "TRUNCATE audit_checkpoint",
                "UPDATE audit_checkpoint SET note = ''",
                "INSERT INTO audit_checkpoint SELECT 1, root, note, signed_at FROM audit_checkpoint",
                "UPDATE audit_entry SET leaf_index = NULL",
                "UPDATE audit_entry SET leaf_index = leaf_index + 100",
                "UPDATE audit_entry SET salt = NULL, reason = NULL",
                "DELETE FROM audit_entry WHERE leaf_index = 0"
            })
    void treeAndCheckpoints_changeIsRefusedByTheDatabase(String sql) {
        append(3);
        log.advance();
        assertThatExceptionOfType(SQLException.class).isThrownBy(() -> execute(sql));
        assertThat(log.verify()).isEqualTo(new AuditVerdict.Intact(3, 0, 0, 1));
    }

    // crashes and crowds

    @Test
    void crashBetweenAnyTwoSteps_losesNothing() throws SQLException {
        append(1500);
        // dead after the first batch of places: the second waits, nothing is signed
        giveOnePlaceBatch();
        assertThat(log.verify()).isEqualTo(new AuditVerdict.Intact(1000, 0, 500, 0));
        append(5);
        // dead before the commit of a batch
        var dying = new PostgresAuditLog(database, ORIGIN, new DyingKey(KEY), CLOCK);
        assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(dying::advance);
        assertThat(log.verify()).isEqualTo(new AuditVerdict.Intact(1505, 0, 0, 0));
        assertThat(log.checkpoint()).isEmpty();
        another().advance();
        assertThat(log.verify()).isEqualTo(new AuditVerdict.Intact(1505, 0, 0, 1));
    }

    @Test
    void manyNodesAtOnce_giveEachEntryOnePlace() throws Exception {
        var nodes = List.of(another(), another(), another());
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var tasks = new ArrayList<java.util.concurrent.Future<?>>();
            for (var node : nodes) {
                tasks.add(threads.submit(() -> {
                    for (int i = 0; i < 40; i++) {
                        node.append(entry("seal.use", "seal-" + i % 3, "officer"));
                        node.advance();
                    }
                }));
            }
            for (var task : tasks) {
                task.get();
            }
        }
        log.advance();
        assertThat(log.verify()).isInstanceOfSatisfying(AuditVerdict.Intact.class, found -> {
            assertThat(found.size()).isEqualTo(120);
            assertThat(found.waiting()).isZero();
        });
    }

    @Test
    void sequencer_signsAtStartAndAtStop() {
        append(2);
        var sequencer = Rounds.start("audit-sequencer", log::advance, Duration.ofHours(1));
        org.assertj.core.api.Assertions.assertThatNoException().isThrownBy(() -> {
            while (log.checkpoint().isEmpty()) {
                Thread.onSpinWait();
            }
        });
        append(1);
        sequencer.close();
        assertThat(checkpoint(log).size()).isEqualTo(3);
    }

    // search

    @Test
    void search_findsBySubjectActorActionAndTime_pageByPage() {
        for (int i = 0; i < 9; i++) {
            log.append(new AuditEntry(
                    AT.plusSeconds(i),
                    new Actor("officer-" + i % 2, "issuer"),
                    "licence.issue",
                    "l-" + i % 3,
                    "",
                    Map.of()));
        }
        log.append(entry("licence.revoke", "l-1", "officer-1"));
        assertThat(subjects(query("l-1", null, null))).hasSize(4);
        assertThat(subjects(query(null, "officer-1", null))).hasSize(5);
        assertThat(subjects(query("l-1", "officer-1", "licence.issue"))).hasSize(2);
        assertThat(subjects(query(null, null, "licence.revoke"))).containsExactly("l-1");
        var between = new AuditQuery(
                Optional.empty(),
                Optional.empty(),
                Optional.of("licence.issue"),
                Optional.of(AT.plusSeconds(3)),
                Optional.of(AT.plusSeconds(5)),
                10,
                Optional.empty());
        assertThat(subjects(between)).containsExactly("l-1", "l-0");

        var seen = new ArrayList<Long>();
        var query = AuditQuery.latest(4);
        var page = log.entries(query);
        while (true) {
            page.entries().forEach(one -> seen.add(one.number()));
            if (page.next().isEmpty()) {
                break;
            }
            page = log.entries(query.after(page.next().get()));
        }
        assertThat(seen).hasSize(10).doesNotHaveDuplicates().isSortedAccordingTo((a, b) -> Long.compare(b, a));
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> query.after("1 OR 1=1"));
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> AuditQuery.latest(0));
    }

    private List<String> subjects(AuditQuery query) {
        return log.entries(query).entries().stream()
                .map(one -> one.entry().orElseThrow().subject())
                .toList();
    }

    private static AuditQuery query(
            @org.jspecify.annotations.Nullable String subject,
            @org.jspecify.annotations.Nullable String actor,
            @org.jspecify.annotations.Nullable String action) {
        return new AuditQuery(
                Optional.ofNullable(subject),
                Optional.ofNullable(actor),
                Optional.ofNullable(action),
                Optional.empty(),
                Optional.empty(),
                10,
                Optional.empty());
    }

    private void append(int count) {
        database.transaction(connection -> {
            for (int i = 0; i < count; i++) {
                AuditTrail.append(connection, entry("licence.issue", "licence-" + i, "officer-" + i % 4));
            }
            return count;
        });
    }

    private static AuditEntry entry(String action, String subject, String actor) {
        return new AuditEntry(AT, new Actor(actor, "issuer"), action, subject, "", Map.of("digest", "00ff"));
    }

    private PostgresAuditLog another() {
        return new PostgresAuditLog(database, ORIGIN, KEY, CLOCK);
    }

    private static Checkpoint checkpoint(AuditLog log) {
        return log.key().open(log.checkpoint().orElseThrow());
    }

    private Merkle.Nodes proofs() {
        return (level, index) -> database.reading(connection -> new AuditTiles(connection).node(level, index));
    }

    /// What `advance` does first, and then no more.
    private void giveOnePlaceBatch() throws SQLException {
        var once = new PostgresAuditLog(database, ORIGIN, KEY, CLOCK);
        database.transaction(once::sequence);
    }

    private void execute(String sql) throws SQLException {
        try (var connection = database.connection();
                var statement = connection.createStatement()) {
            statement.executeUpdate(sql);
            connection.commit();
        }
    }

    private void asOwner(String sql) throws SQLException {
        try (var connection = database.connection();
                var statement = connection.createStatement()) {
            statement.execute("SET LOCAL session_replication_role = replica");
            statement.executeUpdate(sql);
            connection.commit();
        }
    }

    /// A token that goes away when it is asked.
    private record DyingKey(SigningKey whole) implements SigningKey {
        @Override
        public String label() {
            return whole.label();
        }

        @Override
        public org.yinzheng.signing.key.KeyKind kind() {
            return whole.kind();
        }

        @Override
        public org.yinzheng.signing.key.Custody custody() {
            return whole.custody();
        }

        @Override
        public java.security.PublicKey publicKey() {
            return whole.publicKey();
        }

        @Override
        public byte[] sign(byte[] message) {
            throw new Failure.NotDone("the token is away", null);
        }
    }
}
