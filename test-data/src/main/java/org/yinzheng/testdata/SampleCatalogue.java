package org.yinzheng.testdata;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/// The catalogue that a new data folder begins with: packs of types that daily life knows, the frames that they share
/// and the code lists that they refer to.
public final class SampleCatalogue {
    private static final String ROOT = "/catalogue/";
    /// One path a line.
    private static final String CONTENTS = "contents.txt";

    private SampleCatalogue() {}

    /// YAML by its path in the catalogue's folder, such as `shared/card.yaml`.
    public static SortedMap<String, String> files() {
        var files = new TreeMap<String, String>();
        read(CONTENTS).lines().forEach(file -> files.put(file, read(file)));
        return Collections.unmodifiableSortedMap(files);
    }

    /// Writes the files into `folder`, which is created when it is not there; a file that is there already stays
    /// as it is.
    public static void write(Path folder) throws IOException {
        for (Map.Entry<String, String> file : files().entrySet()) {
            var path = folder.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            if (!Files.exists(path)) {
                Files.writeString(path, file.getValue());
            }
        }
    }

    private static String read(String file) {
        try (var content = SampleCatalogue.class.getResourceAsStream(ROOT + file)) {
            return new String(Objects.requireNonNull(content, file).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
