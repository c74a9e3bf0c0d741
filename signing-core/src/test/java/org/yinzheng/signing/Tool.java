package org.yinzheng.signing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/// Runs a program that is not Java, for a second opinion. A program that is missing fails the test: a
/// cross-check that nobody made is not one that passed.
public final class Tool {
    /// What it printed, standard output and error together.
    public record Answer(int exit, String text) {}

    private Tool() {}

    public static Answer run(Path directory, String... command) throws IOException, InterruptedException {
        var output = Files.createTempFile("tool", ".txt");
        var builder = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().put("LC_ALL", "C.UTF-8");
        var process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException(command[0] + " did not end within a minute");
        }
        var text = Files.readString(output, java.nio.charset.StandardCharsets.ISO_8859_1);
        Files.delete(output);
        return new Answer(process.exitValue(), text);
    }
}
