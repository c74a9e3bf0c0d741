package org.yinzheng.registry.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.atrest.RegistryKeys;
import org.yinzheng.registry.atrest.Vault;
import org.yinzheng.registry.bulk.BulkOrder;
import org.yinzheng.registry.bulk.BulkProgress;
import org.yinzheng.registry.identity.CitizenId;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.licence.Licence;
import org.yinzheng.registry.life.Change;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Transition;

class BulkChangesTest {
    private static final int MANY = 300;
    private static final Actor ACTOR = new Actor("officer-7", "issuer");
    private static final Grounds WHY = new Grounds("type-abolished", "《某条例》第三条", "");

    @Test
    void killedInTheMiddle_goesOn_andEachLicenceIsChangedOnce(@TempDir Path directory) throws Exception {
        var address = TestPostgres.fresh();
        var keys = new byte[RegistryKeys.DATA_KEY_LENGTH + RegistryKeys.LOOKUP_KEY_LENGTH];
        new SecureRandom().nextBytes(keys);
        Files.write(directory.resolve("keys"), keys);
        try (var database = address.open()) {
            var here = changes(database, keys);
            var register = new TestLicences(database, new LicenceRows(vault(keys), Clock.systemUTC()));
            var licences = new ArrayList<Licence>();
            for (int i = 0; i < MANY; i++) {
                licences.add(register.insert(
                        new CitizenId("11010519491231002X"),
                        Instant.now(),
                        LocalDate.of(2026, 1, 1),
                        Optional.empty()));
            }
            assertThat(here.count(order())).isEqualTo(MANY);
            assertThat(here.count(new BulkOrder(
                            Transition.REVOKE,
                            TestLicences.TYPE,
                            Optional.of(new CreditCode("11339900MB0K25177N")),
                            WHY,
                            ACTOR)))
                    .isZero();
            var started = here.start(order());
            assertThat(started).isEqualTo(new BulkProgress(started.id(), MANY, 0, 0));
            // somebody else is faster with one of them
            new PostgresLicenceLife(database, vault(keys), Clock.systemUTC())
                    .change(licences.getLast().id(), new Change(Transition.REVOKE, WHY, ACTOR));

            killAfterSome(directory, address, started.id());

            var left = here.unfinished();
            assertThat(left).hasSize(1);
            assertThat(left.getFirst().changed()).isPositive();
            assertThat(left.getFirst().left()).isPositive();
            var progress = left.getFirst();
            while (progress.left() > 0) {
                progress = here.proceed(started.id(), 50);
            }
            assertThat(progress).isEqualTo(new BulkProgress(started.id(), MANY, MANY - 1, 1));
            assertThat(here.unfinished()).isEmpty();
            assertThat(here.proceed(started.id(), 50)).isEqualTo(progress);
            assertThat(TestPostgres.count(database, "SELECT count(*) FROM licence WHERE state = 'REVOKED'"))
                    .isEqualTo(MANY);
            for (var table : List.of("licence_transition WHERE to_state = 'REVOKED'", "licence_notice")) {
                assertThat(TestPostgres.count(database, "SELECT count(*) FROM " + table))
                        .as(table)
                        .isEqualTo(MANY);
            }
            assertThat(TestPostgres.count(
                            database,
                            "SELECT count(DISTINCT subject) FROM audit_entry WHERE action = 'licence.revoke'"))
                    .isEqualTo(MANY);
        }
    }

    private static BulkOrder order() {
        return new BulkOrder(Transition.REVOKE, TestLicences.TYPE, Optional.empty(), WHY, ACTOR);
    }

    private static PostgresBulkChanges changes(Database database, byte[] keys) {
        var clock = Clock.systemUTC();
        return new PostgresBulkChanges(database, new PostgresLicenceLife(database, vault(keys), clock), clock);
    }

    private static Vault vault(byte[] keys) {
        return new Vault(new RegistryKeys(
                java.util.Arrays.copyOf(keys, RegistryKeys.DATA_KEY_LENGTH),
                java.util.Arrays.copyOfRange(keys, RegistryKeys.DATA_KEY_LENGTH, keys.length)));
    }

    private static void killAfterSome(Path directory, TestPostgres.Address address, UUID id) throws Exception {
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Proceeds.class.getName(),
                directory.toString(),
                id.toString()));
        builder.environment().put("TEST_DATABASE", address.url());
        builder.environment().put("TEST_PASSWORD", address.password());
        var child =
                builder.redirectError(directory.resolve("child.log").toFile()).start();
        try (var output = child.inputReader(StandardCharsets.UTF_8)) {
            for (int i = 0; i < 5; i++) {
                assertThat(output.readLine()).as(directory + "/child.log").isNotNull();
            }
        } finally {
            child.destroyForcibly();
        }
        assertThat(child.waitFor(30, TimeUnit.SECONDS)).isTrue();
    }

    /// Goes on, three at a time and slowly.
    static final class Proceeds {
        private Proceeds() {}

        static void main(String[] arguments) throws Exception {
            var address = new TestPostgres.Address(environment("TEST_DATABASE"), environment("TEST_PASSWORD"));
            var here = changes(address.open(), Files.readAllBytes(Path.of(arguments[0], "keys")));
            while (here.proceed(UUID.fromString(arguments[1]), 3).left() > 0) {
                System.out.println("SOME");
                Thread.sleep(50);
            }
        }

        private static String environment(String name) {
            return Objects.requireNonNull(System.getenv(name), name);
        }
    }
}
