package org.yinzheng.registry.issuance;

import static org.yinzheng.registry.issuance.TestInstallation.CLERK;
import static org.yinzheng.registry.issuance.TestInstallation.permit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import org.yinzheng.registry.document.DirectoryStore;
import org.yinzheng.registry.licence.LicenceNumber;
import org.yinzheng.registry.postgres.Database;
import org.yinzheng.registry.postgres.TestPostgres;
import org.yinzheng.signing.Failure;

/// A JVM of its own that issues licences in the tests' installation.
final class ChildIssuer {
    private ChildIssuer() {}

    /// Starts one that issues once for each step, all at a time, and waits in each issue at another step. It prints a
    /// line when every issue is where it waits.
    static Process waitingAtEveryStep(Path directory, TestPostgres.Address database) throws IOException {
        return start(List.of(), directory, database, "wait");
    }

    /// As [#waitingAtEveryStep], each in place of a licence that is there already, with the number [#number].
    static Process correctingAtEveryStep(Path directory, TestPostgres.Address database) throws IOException {
        return start(List.of(), directory, database, "correct");
    }

    static String key(Step step) {
        return "killed-at-" + step;
    }

    static String number(Step step) {
        return "K-" + step;
    }

    /// Starts one whose document store is on a file system of 64 kB, in a mount namespace of its own.
    static Process onAFullDisk(Path directory, TestPostgres.Address database, String key, String number)
            throws IOException {
        var small = Files.createDirectory(directory.resolve("small"));
        var script = "mount -t tmpfs -o size=64k tmpfs '" + small + "' && exec \"$@\"";
        return start(
                List.of("unshare", "--user", "--map-root-user", "--mount", "sh", "-c", script, "sh"),
                directory,
                database,
                "full",
                small.toString(),
                key,
                number);
    }

    private static Process start(
            List<String> prefix, Path directory, TestPostgres.Address database, String... arguments)
            throws IOException {
        var command = new ArrayList<>(prefix);
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=true", "-Xshare:auto"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChildIssuer.class.getName()));
        command.add(directory.toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command);
        builder.environment().put("TEST_DATABASE", database.url());
        builder.environment().put("TEST_PASSWORD", database.password());
        return builder.redirectError(ProcessBuilder.Redirect.appendTo(
                        directory.resolve("child.log").toFile()))
                .start();
    }

    static void main(String[] arguments) throws IOException, InterruptedException {
        var directory = Path.of(arguments[0]);
        var database = new TestPostgres.Address(environment("TEST_DATABASE"), environment("TEST_PASSWORD")).open();
        if (arguments[1].equals("wait")) {
            waitAtEveryStep(TestInstallation.open(directory, database), step -> permit(key(step), number(step), 0));
        } else if (arguments[1].equals("correct")) {
            var here = TestInstallation.open(directory, database);
            waitAtEveryStep(here, step -> correction(here, step));
        } else {
            fill(directory, database, Path.of(arguments[2]), permit(arguments[3], arguments[4], 0));
        }
    }

    static IssueRequest correction(TestInstallation here, Step step) {
        var old = here.licences
                .byNumber(here.catalogue.type("居住证").code(), new LicenceNumber(number(step)))
                .orElseThrow();
        return CorrectionTest.replacing(old, key(step), number(step), Optional.empty());
    }

    private static void waitAtEveryStep(TestInstallation here, Function<Step, IssueRequest> asked)
            throws InterruptedException {
        // whoever reads our output then sees its end, instead of waiting for a step that nobody will reach
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(3);
        });
        var arrived = new CountDownLatch(Step.values().length);
        for (var step : Step.values()) {
            var issuance = here.issuance(reached -> {
                if (reached == step) {
                    arrived.countDown();
                    await(new CountDownLatch(1));
                }
            });
            var request = asked.apply(step);
            Thread.ofPlatform().start(() -> issuance.issue(request, CLERK));
        }
        arrived.await();
        System.out.println("REACHED");
        await(new CountDownLatch(1));
    }

    private static void fill(Path directory, Database database, Path small, IssueRequest request) throws IOException {
        try (var here = new TestInstallation(directory, database, new DirectoryStore(small))) {
            try {
                here.issuance().issue(request, CLERK);
                System.out.println("ISSUED");
            } catch (Failure.NotDone full) {
                System.out.println("NOT DONE");
            }
            try (var paths = Files.walk(small)) {
                System.out.println(paths.filter(Files::isRegularFile).count() + " FILES");
            }
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static String environment(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }
}
