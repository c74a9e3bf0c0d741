package org.yinzheng.testdata.differential;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a program that is not Java. One that is missing fails the test: an opinion that nobody gave is none
/// that agrees.
final class Tool {
    private final Path directory;

    Tool(Path directory) {
        this.directory = directory;
    }

    /// What it printed, standard output and error together.
    record Answer(int exit, String text) {
        boolean says(String... any) {
            return List.of(any).stream().anyMatch(text::contains);
        }
    }

    String file(String name, byte[] content) {
        try {
            return Files.write(directory.resolve(name), content).toString();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Answer run(List<String> command) {
        try {
            var output = directory.resolve("output.txt");
            var process = new ProcessBuilder(new ArrayList<>(command))
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(output.toFile())
                    .start();
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(command.getFirst() + " did not end within a minute");
            }
            return new Answer(process.exitValue(), Files.readString(output, StandardCharsets.ISO_8859_1));
        } catch (IOException e) {
            throw new UncheckedIOException(command.getFirst() + " could not be run", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
