package org.yinzheng.registry.seals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.yinzheng.registry.seals.SealHouse.MAKER;
import static org.yinzheng.registry.seals.SealHouse.SECOND_CUSTODIAN;
import static org.yinzheng.registry.seals.SealHouse.SECURITY;
import static org.yinzheng.registry.seals.SealHouse.done;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.postgres.PostgresSeals;
import org.yinzheng.registry.postgres.TestPostgres;

/// Another JVM does what a step does outside the database (keys on the token, the maker's signature) and is killed
/// before it commits.
class SealCrashTest {
    @Test
    void killedBeforeTheCommit_leavesTheSealWhereItWas_andTheStepIsDoneAgain(@TempDir Path directory) throws Exception {
        var address = TestPostgres.fresh();
        try (var here = TestInstallation.open(directory, address.open())) {
            var house = new SealHouse(here);
            var applied = house.applied();

            kill(directory, address, applied.id(), Step.APPROVE, SECURITY);
            assertThat(house.seals.find(applied.id())).hasValue(applied);
            assertThat(here.custodian.find("seal-" + applied.id() + "-1-sm2")).isPresent();
            var approved = done(house.step(applied, Step.APPROVE, SECURITY));

            var certified = house.certified(approved);
            kill(directory, address, applied.id(), Step.MAKE, MAKER);
            assertThat(house.seals.find(applied.id())).hasValue(certified);
            var made = done(house.step(certified, Step.MAKE, MAKER));
            assertThat(done(house.step(made, Step.ACCEPT, SECOND_CUSTODIAN)).state())
                    .isEqualTo(SealState.IN_USE);
        }
    }

    private static void kill(Path directory, TestPostgres.Address database, String seal, Step step, Actor actor)
            throws Exception {
        var builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                Halts.class.getName(),
                directory.toString(),
                seal,
                step.name(),
                actor.subject(),
                actor.role()));
        builder.environment().put("TEST_DATABASE", database.url());
        builder.environment().put("TEST_PASSWORD", database.password());
        var log = directory.resolve("child-" + step + ".log");
        var child =
                builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
        assertThat(child.waitFor()).as(log.toString()).isEqualTo(137);
    }

    static final class Halts {
        private Halts() {}

        @SuppressWarnings("resource") // killed with all that it has open: that is what is tested
        static void main(String[] arguments) {
            var address = new TestPostgres.Address(environment("TEST_DATABASE"), environment("TEST_PASSWORD"));
            var here = TestInstallation.open(Path.of(arguments[0]), address.open());
            var real = new PostgresSeals(here.database, here.vault, here.clock);
            var halting = (Seals) Proxy.newProxyInstance(
                    Seals.class.getClassLoader(), new Class<?>[] {Seals.class}, (proxy, method, values) -> {
                        if (method.getName().equals("step")) {
                            Runtime.getRuntime().halt(137);
                        }
                        try {
                            return method.invoke(real, values);
                        } catch (InvocationTargetException e) {
                            throw Objects.requireNonNull(e.getCause());
                        }
                    });
            new SealHouse(here, here.clock, halting)
                    .office.step(
                            arguments[1],
                            Move.of(Step.valueOf(arguments[2]), new Actor(arguments[3], arguments[4]), "崩溃"));
        }

        private static String environment(String name) {
            return Objects.requireNonNull(System.getenv(name), name);
        }
    }
}
