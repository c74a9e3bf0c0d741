package org.yinzheng.registry.postgres;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.permit;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.yinzheng.registry.atrest.FixedKeys;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.audit.Rounds;
import org.yinzheng.registry.audit.RowDeviation;
import org.yinzheng.registry.dispute.Claim;
import org.yinzheng.registry.dispute.Dispute;
import org.yinzheng.registry.dispute.WorkingDays;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.Holder;
import org.yinzheng.registry.issuance.IssueRequest;
import org.yinzheng.registry.issuance.IssueResult;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.licence.Party;
import org.yinzheng.registry.postgres.PostgresDataKeys.Progress;
import org.yinzheng.registry.postgres.PostgresDataKeys.State;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.testdata.DemoPeople;

class DataKeysTest {
    private static final Progress QUIET = (done, total) -> {};

    @TempDir
    private Path directory;

    private TestPostgres.Address address;
    private TestInstallation here;
    private Rounds rounds;

    @BeforeEach
    void open() {
        address = TestPostgres.fresh();
        start();
    }

    private void start() {
        here = TestInstallation.open(directory, address.open());
        rounds = Rounds.start("data-keys", here.dataKeys::round, Duration.ofMillis(200));
    }

    @AfterEach
    void close() {
        rounds.close();
        here.close();
    }

    @Test
    void newRegistry_sealsUnderTheFirstKey() {
        issued("first-key-1", "D-1", 0);
        var only = here.dataKeys.status().getFirst();
        assertThat(here.dataKeys.status()).hasSize(1);
        assertThat(only.state()).isEqualTo(State.SEALING);
        assertThat(only.values()).containsExactlyEntriesOf(Map.of("holder_key", 1L));
    }

    @Test
    void rotatedWhileOthersIssue_everythingMoves_andTheOldKeyGoes() throws Exception {
        var before = issued("before", "D-0", 0);
        here.disputes.file(before.id(), claim(), Dispute.FiledAs.AUTHORITY, CLERK, "dispute-key-1");
        try (var database = address.open()) {
            var other = node(database);
            var stop = new AtomicBoolean();
            var made = new CopyOnWriteArrayList<Licence>();
            var issuing = CompletableFuture.runAsync(() -> {
                for (int i = 1; !stop.get(); i++) {
                    made.add(issued("during-" + i, "D-" + i, i % 3));
                }
            });
            await(() -> made.size() > 2);
            var rotated = other.rotate(QUIET);
            int then = made.size();
            await(() -> made.size() > then + 2);
            stop.set(true);
            issuing.get(60, TimeUnit.SECONDS);

            assertThat(rotated).isEqualTo(new PostgresDataKeys.Rotated(2, 0));
            assertThat(here.vault.keys().sealing()).isEqualTo(2);
            assertThat(other.retire(1)).isEmpty();
        }
        here.dataKeys.round();
        assertThat(here.vault.keys().opens(1)).isFalse();
        for (int citizen = 0; citizen < 3; citizen++) {
            var found = here.licences
                    .ofHolder(permit("any-key-1", "D-0", citizen).holder().id(), 100, Optional.empty())
                    .licences();
            assertThat(found).isNotEmpty();
        }
        assertThat(here.disputes.ofLicence(before.id()).getFirst().claim()).isEqualTo(claim());
        assertThat(deviations()).isEmpty();
        assertThat(TestPostgres.dump(
                        here.database, "(SELECT action, details FROM audit_entry WHERE action LIKE 'data-key.%')"))
                .contains("data-key.rotate", "data-key.retire");
        close();
        start();
        assertThat(here.vault.keys().sealing()).isEqualTo(2);
    }

    @Test
    void nobodySealsUnderANewKey_beforeEveryProcessOpensIt() throws Exception {
        var keys = new ConcurrentHashMap<Integer, byte[]>(
                Map.of(1, here.vault.keys().store().find(1).orElseThrow()));
        try (var database = address.open()) {
            var elsewhere = new PostgresDataKeys(
                    database, new Vault(new RegistryKeys(new FixedKeys(keys), new byte[32])), here.clock);
            elsewhere.round();
            try (var _ = Rounds.start("elsewhere", elsewhere::round, Duration.ofMillis(200))) {
                var rotation = CompletableFuture.supplyAsync(() -> here.dataKeys.rotate(QUIET));
                await(() ->
                        TestPostgres.count(here.database, "SELECT count(*) FROM data_key WHERE state = 'MADE'") == 1);
                issued("meanwhile", "D-1", 0);
                assertThat(rotation.isDone()).isFalse();
                assertThat(here.vault.keys().sealing()).isEqualTo(1);

                keys.put(2, here.vault.keys().store().find(2).orElseThrow());
                assertThat(rotation.get(30, TimeUnit.SECONDS).left()).isZero();
            }
        }
    }

    @Test
    void oneRotationAtATime() {
        here.dataKeys.rotate((done, total) ->
                assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(() -> here.dataKeys.rotate(QUIET)));
        assertThat(here.dataKeys.status()).hasSize(2);
    }

    /// Neither without the one that is sealed under, nor without one under which there may be values still.
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void nodeWithoutAKey_doesNotStart(int other) {
        here.dataKeys.rotate(QUIET);
        var key = here.vault.keys().store().find(other).orElseThrow();
        try (var database = address.open()) {
            var node = new PostgresDataKeys(
                    database, new Vault(new RegistryKeys(new FixedKeys(Map.of(other, key)), new byte[32])), here.clock);
            assertThatExceptionOfType(Failure.NotDone.class).isThrownBy(node::open);
        }
    }

    /// A process that slept through a rotation and a retirement must not write what nobody will ever open.
    @Test
    void valueUnderARetiredKey_isNotWritten() {
        var late = issued("late", "D-1", 0);
        try (var database = address.open()) {
            var vault = new Vault(here.keysAgain());
            var asleep = new PostgresDisputes(database, vault, WorkingDays.weekendsOnly(), 5, here.clock);
            vault.seal("row", "column", new byte[1]); // has the key in memory
            here.dataKeys.rotate(QUIET);
            here.dataKeys.retire(1);
            assertThat(vault.keys().sealing()).isEqualTo(1);
            assertThatExceptionOfType(Failure.NotDone.class)
                    .isThrownBy(
                            () -> asleep.file(late.id(), claim(), Dispute.FiledAs.AUTHORITY, CLERK, "dispute-key-1"));
            new PostgresDataKeys(database, vault, here.clock).round();
            asleep.file(late.id(), claim(), Dispute.FiledAs.AUTHORITY, CLERK, "dispute-key-1");
            assertThat(here.disputes.ofLicence(late.id()).getFirst().claim()).isEqualTo(claim());
        }
    }

    @Test
    void keyUnderWhichSomethingStands_isNotRetired() throws Exception {
        issued("stands", "D-1", 0);
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> here.dataKeys.retire(1));
        address.change("UPDATE holder_key SET mac = sha256('x')");
        assertThat(here.dataKeys.rotate(QUIET).left()).isEqualTo(1);
        assertThat(here.dataKeys.retire(1)).containsExactlyEntriesOf(Map.of("holder_key", 1L));
        assertThat(here.vault.keys().store().find(1)).isPresent();
        assertThat(here.dataKeys.status())
                .extracting(PostgresDataKeys.DataKey::number)
                .containsExactly(1, 2);
        // what somebody changed was not sealed again by us
        assertThat(deviations()).extracting(RowDeviation::table).containsExactly("holder_key");
        assertThatExceptionOfType(InvalidInput.class).isThrownBy(() -> here.dataKeys.retire(3));
    }

    @Test
    void holdersKeyThatIsGone_isNamed() throws Exception {
        var licence = issued("gone", "D-1", 0);
        address.change("DELETE FROM holder_key");
        assertThat(deviations())
                .extracting(RowDeviation::table, RowDeviation::kind)
                .containsExactly(org.assertj.core.groups.Tuple.tuple("holder_key", RowDeviation.Kind.MISSING));
        assertThatExceptionOfType(Vault.SealBroken.class).isThrownBy(() -> here.licences.find(licence.id()));
    }

    /// As versions before keys had numbers left them: everything under the first key, no holder with one of his own.
    @Test
    void licencesOfOldVersions_areRead_andMoveToTheirHoldersKeys() throws Exception {
        var plain = permit("data-keys-old", "D-1", 0);
        var second = DemoPeople.citizens().get(1);
        var made = here.issuance()
                .issue(
                        new IssueRequest(
                                plain.idempotencyKey(),
                                plain.type(),
                                plain.number(),
                                plain.holder(),
                                plain.data(),
                                plain.validFrom(),
                                plain.validUntil(),
                                plain.provenance(),
                                List.of(new Party(
                                        new Holder(new CitizenId(second.id()), second.name()), Party.Role.AGENT)),
                                plain.supersedes(),
                                plain.parts()),
                        CLERK);
        var licence = ((IssueResult.Issued) made).licence();
        sealAsBefore(licence);
        assertThat(here.licences.find(licence.id()).orElseThrow()).isEqualTo(licence);
        assertThat(here.dataKeys.status().getFirst().values()).isEqualTo(Map.of("licence", 3L, "licence_holder", 1L));

        var steps = new ArrayList<Long>();
        here.dataKeys.rotate((done, total) -> {
            assertThat(total).isEqualTo(4);
            steps.add(done);
        });
        assertThat(steps.getLast()).isEqualTo(4);
        assertThat(here.dataKeys.retire(1)).isEmpty();
        assertThat(here.licences.find(licence.id()).orElseThrow()).isEqualTo(licence);
        assertThat(TestPostgres.count(here.database, "SELECT count(*) FROM holder_key"))
                .isEqualTo(2);
        assertThat(deviations()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(PostgresDataKeys.Step.class)
    void killedAnywhere_theNextRotationEndsIt(PostgresDataKeys.Step step) throws Exception {
        var licence = issued("killed", "D-1", 0);
        var child = ChildRotation.dyingAt(step, directory, address);
        assertThat(child.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(child.exitValue()).as(directory + "/child.log").isEqualTo(ChildJvm.DIED);

        here.dataKeys.round();
        assertThat(here.licences.find(licence.id()).orElseThrow().holder()).isEqualTo(licence.holder());
        issued("after", "D-2", 1);
        if (step != PostgresDataKeys.Step.RETIRED) {
            assertThat(here.dataKeys.rotate(QUIET)).isEqualTo(new PostgresDataKeys.Rotated(2, 0));
            assertThat(here.dataKeys.retire(1)).isEmpty();
        }
        here.dataKeys.round();
        assertThat(here.vault.keys().store().find(1)).isEmpty();
        assertThat(here.licences.find(licence.id()).orElseThrow().holder()).isEqualTo(licence.holder());
        assertThat(deviations()).isEmpty();
    }

    /// Otherwise a value would stay behind, and go with the key.
    @Test
    void everySealedColumn_isMoved() {
        var moved = new HashSet<String>(Set.of(
                "licence.number_sealed",
                "licence.holder_sealed",
                "licence.data_sealed",
                "licence_holder.holder_sealed"));
        SealedTable.ALL.forEach(
                table -> table.columns().keySet().forEach(column -> moved.add(table.name() + "." + column)));
        var there = new HashSet<String>();
        here.database.reading(on -> {
            try (var statement = on.prepareStatement("""
                            SELECT c.relname || '.' || attname AS name
                              FROM pg_attribute JOIN pg_class c ON c.oid = attrelid
                             WHERE attname LIKE '%\\_sealed' AND c.relkind IN ('r', 'p') AND NOT c.relispartition
                            """);
                    var row = statement.executeQuery()) {
                while (row.next()) {
                    there.add(row.getString("name"));
                }
                return there;
            }
        });
        assertThat(moved).isEqualTo(there);
    }

    private void sealAsBefore(Licence licence) {
        var id = licence.id().value();
        here.database.transaction(on -> {
            var box = new HolderKeys(here.vault, on);
            var own =
                    List.of("number_sealed licence.number", "holder_sealed licence.holder", "data_sealed licence.data");
            try (var select = on.prepareStatement("SELECT * FROM licence");
                    var row = select.executeQuery()) {
                row.next();
                for (var column : own) {
                    var names = column.split(" ", -1);
                    var value = box.find(row.getBytes("holder_key")).open(id, names[1], row.getBytes(names[0]));
                    update(on, "licence", names[0], old(id, names[1], value));
                }
            }
            try (var select = on.prepareStatement("SELECT * FROM licence_holder");
                    var row = select.executeQuery()) {
                row.next();
                var name = LicenceRows.column(1);
                var value = box.find(row.getBytes("holder_key")).open(id, name, row.getBytes("holder_sealed"));
                update(on, "licence_holder", "holder_sealed", old(id, name, value));
            }
            try (var statement = on.createStatement()) {
                return statement.executeUpdate("DELETE FROM holder_key");
            }
        });
    }

    private static void update(java.sql.Connection on, String table, String column, byte[] value)
            throws java.sql.SQLException {
        try (var statement = on.prepareStatement("UPDATE " + table + " SET " + column + " = ?")) {
            statement.setBytes(1, value);
            statement.executeUpdate();
        }
    }

    private byte[] old(String row, String column, byte[] plain) {
        try {
            var nonce = new byte[12];
            var cipher = (GCMBlockCipher) GCMBlockCipher.newInstance(new SM4Engine());
            var key = here.vault.keys().store().find(1).orElseThrow();
            var bound = ("yinzheng-vault 1\0" + row + "\0" + column + "\0").getBytes(UTF_8);
            cipher.init(true, new AEADParameters(new KeyParameter(key), 128, nonce, bound));
            var sealed = new byte[13 + cipher.getOutputSize(plain.length)];
            sealed[0] = 1;
            int done = cipher.processBytes(plain, 0, plain.length, sealed, 13);
            cipher.doFinal(sealed, 13 + done);
            return sealed;
        } catch (org.bouncycastle.crypto.InvalidCipherTextException e) {
            throw new AssertionError(e);
        }
    }

    private PostgresDataKeys node(Database database) {
        var vault = new Vault(here.keysAgain());
        database.sealRows(vault);
        return new PostgresDataKeys(database, vault, here.clock, TestInstallation.ALIVE);
    }

    private Licence issued(String key, String number, int citizen) {
        return ((IssueResult.Issued) here.issuance().issue(permit("data-keys-" + key, number, citizen), CLERK))
                .licence();
    }

    private static Claim claim() {
        return new Claim(List.of(new Claim.Point("KZ_ZZ", "云泽市滨河区学林路 9 号")), "住址已变更");
    }

    private List<RowDeviation> deviations() {
        var found = new ArrayList<RowDeviation>();
        new PostgresRegistryAudit(here.database, here.vault).verify(found::add);
        return found;
    }

    private static void await(java.util.function.BooleanSupplier reached) throws InterruptedException {
        for (int i = 0; i < 600 && !reached.getAsBoolean(); i++) {
            Thread.sleep(100);
        }
        assertThat(reached.getAsBoolean()).isTrue();
    }
}
