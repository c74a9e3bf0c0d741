package org.yinzheng.registry.stamping;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.yinzheng.registry.issuance.TestInstallation;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.registry.seals.SealHouse;

/// A JVM of its own that stamps in the tests' installation and waits at a step, to be killed there.
final class ChildStamper {
    static final Actor OFFICER = new Actor("officer-1", "issuer");

    private ChildStamper() {}

    static Process waitingAt(
            StampStep step, Path directory, TestPostgres.Address database, String sealId, Path document)
            throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=true", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChildStamper.class.getName()));
        command.addAll(List.of(directory.toString(), sealId, document.toString(), step.name()));
        var builder = new ProcessBuilder(command);
        builder.environment().put("TEST_DATABASE", database.url());
        builder.environment().put("TEST_PASSWORD", database.password());
        return builder.redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("child.log").toFile()))
                .start();
    }

    static StampRequest request(StampStep step, String sealId, Path document) {
        return new StampRequest(
                "killed-at-" + step,
                sealId,
                "建设项目批复",
                StampingTest.options(),
                List.of(StampRequest.Document.of("批复.pdf", document)));
    }

    static void main(String[] arguments) throws IOException {
        var database = new TestPostgres.Address(environment("TEST_DATABASE"), environment("TEST_PASSWORD")).open();
        var directory = Path.of(arguments[0]);
        var here = TestInstallation.open(directory, database);
        var last = StampStep.valueOf(arguments[3]);
        var stamping = new StampHouse(here).stamping(step -> {
            if (step == last) {
                System.out.println("REACHED");
                waitForever();
            }
        });
        stamping.stamp(
                request(last, arguments[1], Path.of(arguments[2])),
                OFFICER,
                SealHouse.BODY.code(),
                Files.createTempDirectory(directory, "child"));
    }

    private static void waitForever() {
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String environment(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }
}
