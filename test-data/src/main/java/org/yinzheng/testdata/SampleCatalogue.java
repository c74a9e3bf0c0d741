package org.yinzheng.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/// The two catalogue packs that a new data folder begins with.
public final class SampleCatalogue {
    private static final List<String> FILES = List.of("business-licence.yaml", "residence-permit.yaml");

    private SampleCatalogue() {}

    /// The packs' YAML.
    public static List<String> packs() {
        return FILES.stream().map(SampleCatalogue::read).toList();
    }

    /// Writes the packs into `folder`, which is created when it is not there; a pack that is there already stays
    /// as it is.
    public static void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (var file : FILES) {
            if (!Files.exists(folder.resolve(file))) {
                Files.writeString(folder.resolve(file), read(file));
            }
        }
    }

    private static String read(String file) {
        try (var content = SampleCatalogue.class.getResourceAsStream("/catalogue/" + file)) {
            return new String(Objects.requireNonNull(content, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
