package org.yinzheng.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// `yinzheng serve` as its own process, on a free port.
record ServeProcess(Process process, Path log, URI url) implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("ready: (http://[^/]+)/");
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    static ServeProcess start(Path data) throws IOException, InterruptedException {
        var log = Files.createTempFile(data, "serve", ".log");
        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--enable-native-access=ALL-UNNAMED",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Yinzheng.class.getName(),
                        "serve",
                        "--data",
                        data.toString(),
                        "--port",
                        String.valueOf(freePort()))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        var until = Instant.now().plus(PATIENCE);
        while (process.isAlive() && Instant.now().isBefore(until)) {
            var ready = READY.matcher(Files.readString(log));
            if (ready.find()) {
                return new ServeProcess(process, log, URI.create(ready.group(1)));
            }
            Thread.sleep(100);
        }
        process.destroyForcibly();
        throw new AssertionError("serve did not become ready: " + Files.readString(log));
    }

    String said() throws IOException {
        return Files.readString(log);
    }

    private static int freePort() throws IOException {
        try (var socket = new java.net.ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(1, TimeUnit.MINUTES)) {
                throw new AssertionError("serve does not stop");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            process.destroyForcibly();
        }
    }
}
