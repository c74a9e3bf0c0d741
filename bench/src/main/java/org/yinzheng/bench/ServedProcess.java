package org.yinzheng.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// `yinzheng serve` in a process of its own, as small as the limits are made for, and what it takes of memory.
final class ServedProcess implements AutoCloseable {
    private final Process process;
    private final URI url;
    private volatile long peak;

    private ServedProcess(Process process, URI url) {
        this.process = process;
        this.url = url;
        Thread.ofPlatform().daemon().start(this::watch);
    }

    static ServedProcess start(Path data) throws IOException {
        var java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        var process = new ProcessBuilder(List.of(
                        java,
                        "-Xmx512m",
                        "-XX:+UseSerialGC",
                        "--enable-native-access=ALL-UNNAMED",
                        "--sun-misc-unsafe-memory-access=allow",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.yinzheng.cli.Yinzheng",
                        "serve",
                        "--data",
                        data.toString(),
                        "--port",
                        "0"))
                .redirectErrorStream(true)
                .start();
        var output = process.inputReader(StandardCharsets.UTF_8);
        for (var line = output.readLine(); line != null; line = output.readLine()) {
            if (line.contains("ready: http")) {
                var url = line.replaceAll(".*ready: (http://[^/]*)/.*", "$1");
                Thread.ofPlatform().daemon().start(() -> drain(output, data));
                return new ServedProcess(process, URI.create(url));
            }
        }
        throw new IOException("the service did not start");
    }

    private static void drain(java.io.BufferedReader output, Path data) {
        try (output;
                var log = Files.newBufferedWriter(data.resolveSibling("serve.log"))) {
            for (var line = output.readLine(); line != null; line = output.readLine()) {
                log.write(line + "\n");
            }
        } catch (IOException e) {
            // it was killed
        }
    }

    URI url() {
        return url;
    }

    /// The most memory since the last question, in megabytes: the process and those that it began, which judge
    /// documents.
    long peakMegabytes() {
        var most = peak;
        peak = 0;
        return most >> 10;
    }

    private void watch() {
        while (process.isAlive()) {
            peak = Math.max(
                    peak,
                    Stream.concat(Stream.of(process.toHandle()), process.descendants())
                            .filter(ServedProcess::isJava)
                            .mapToLong(ServedProcess::residentKilobytes)
                            .sum());
            try {
                Thread.sleep(100);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    /// The database is another program's memory.
    private static boolean isJava(ProcessHandle handle) {
        return handle.info().command().filter(name -> name.endsWith("java")).isPresent();
    }

    private static long residentKilobytes(ProcessHandle handle) {
        try (Stream<String> status = Files.lines(Path.of("/proc/" + handle.pid() + "/status"))) {
            return status.filter(line -> line.startsWith("VmRSS:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .sum();
        } catch (IOException | UncheckedIOException gone) {
            return 0;
        }
    }

    /// As `kill -9`.
    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
