package org.yinzheng.api;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.verdict.Report;

/// A service in a process of its own, to be killed.
final class ChildService implements AutoCloseable {
    /// What happens to a document in this process.
    enum Verifying {
        /// Judged.
        WORKS,
        /// Begun, said so, and never finished.
        HANGS,
        /// The process dies of it.
        KILLS
    }

    private static final String BEGUN = "BEGUN";

    private final Process process;
    private final BufferedReader output;
    private final URI url;

    private ChildService(Process process, BufferedReader output, URI url) {
        this.process = process;
        this.output = output;
        this.url = url;
    }

    static ChildService start(Path folder, Verifying verifying) throws IOException {
        var command = new ArrayList<String>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--enable-native-access=ALL-UNNAMED", "-Djava.awt.headless=true", "-Xshare:auto"));
        command.add("-D" + Machine.FOLDER + "=" + folder);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), ChildService.class.getName()));
        command.add(verifying.name());
        var process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.appendTo(
                        folder.resolve("child.log").toFile()))
                .start();
        var output = process.inputReader(StandardCharsets.UTF_8);
        while (true) {
            var line = output.readLine();
            if (line == null) {
                throw new IOException("the service did not start: see " + folder.resolve("child.log"));
            }
            if (line.startsWith("http")) {
                return new ChildService(process, output, URI.create(line));
            }
        }
    }

    Browser browser() {
        return new Browser(url);
    }

    void awaitBegun() throws IOException {
        while (!BEGUN.equals(output.readLine())) {
            if (!process.isAlive()) {
                throw new IOException("the service died");
            }
        }
    }

    void awaitDeath() throws InterruptedException {
        process.waitFor();
    }

    /// As `kill -9`.
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    static void main(String[] arguments) throws InterruptedException {
        var verifying = Verifying.valueOf(arguments[0]);
        var parts = Machine.get().parts();
        var service = new Service(
                FailureTest.verifying(parts, (document, at) -> switch (verifying) {
                    case WORKS -> parts.verifier().verify(document, at);
                    case HANGS -> hang();
                    case KILLS -> die();
                }),
                ServiceConfig.loopback(0, new SignIn.Demonstration(RunningService.users())));
        service.start();
        System.out.println(service.url());
        new CountDownLatch(1).await();
    }

    private static Report die() {
        Runtime.getRuntime().halt(1);
        return new Report.Unsigned("PDF");
    }

    private static Report hang() {
        System.out.println(BEGUN);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            throw new Failure.NotDone("interrupted", e);
        }
        return new Report.Unsigned("PDF");
    }
}
