package org.yinzheng.api.worker;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// What keeps a worker's process small and apart: its heap, an end at the first want of memory, an empty environment,
/// and no network where the system lets us take it away (Linux user namespaces).
final class Sandbox {
    private static final Path UNSHARE = Path.of("/usr/bin/unshare");
    private static final List<String> WITHOUT_NETWORK =
            List.of(UNSHARE.toString(), "--user", "--map-root-user", "--net", "--");
    private static final boolean TAKES_NETWORK = works();

    private Sandbox() {}

    static boolean takesNetwork() {
        return TAKES_NETWORK;
    }

    static ProcessBuilder process(Class<?> main) {
        var command = new ArrayList<>(TAKES_NETWORK ? WITHOUT_NETWORK : List.of());
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-Xms64m",
                "-XX:MaxDirectMemorySize=16m",
                "-XX:MaxMetaspaceSize=128m",
                "-XX:ReservedCodeCacheSize=64m",
                "-XX:+UseSerialGC",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-UsePerfData",
                "-Xlog:disable",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Djava.awt.headless=true",
                "-cp",
                System.getProperty("java.class.path"),
                main.getName()));
        var builder = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C.UTF-8");
        return builder;
    }

    private static boolean works() {
        if (!Files.isExecutable(UNSHARE)) {
            return false;
        }
        var command = new ArrayList<>(WITHOUT_NETWORK);
        command.add("true");
        try {
            var probe = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return probe.waitFor(5, TimeUnit.SECONDS) && probe.exitValue() == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
