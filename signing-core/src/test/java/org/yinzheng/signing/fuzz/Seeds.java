package org.yinzheng.signing.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yinzheng.signing.certificate.Trust;

/// The inputs that fuzzing begins with, and whom they are signed by: see [SeedMaker].
public final class Seeds {
    /// The validation time.
    public static final Instant AT = Instant.parse("2026-11-21T08:00:00Z");
    /// What the detached signatures and timestamps are over.
    public static final byte[] ORIGINAL = "the original".getBytes(UTF_8);

    public static final String JWS_TYPE = "yinzheng-receipt+jws";

    private Seeds() {}

    public static Trust trust() {
        return Trust.load(folder().resolve("trust"));
    }

    public static byte[] read(String name) {
        try {
            return Files.readAllBytes(folder().resolve(name));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// By file name: seeds, and what campaigns found (`found-...`).
    public static Map<String, byte[]> of(String harness) {
        var inputs = new TreeMap<String, byte[]>();
        try (var files = Files.list(folder().resolve(harness))) {
            files.forEach(file -> inputs.put(file.getFileName().toString(), read(harness + "/" + file.getFileName())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inputs;
    }

    /// The names of those that carry a right signature.
    static Stream<String> signedNames(String harness) {
        return of(harness).keySet().stream().filter(name -> !name.startsWith("found-") && !name.startsWith("unsigned"));
    }

    public static List<byte[]> signed(String harness) {
        return signedNames(harness).map(name -> read(harness + "/" + name)).toList();
    }

    private static Path folder() {
        try {
            return Path.of(Objects.requireNonNull(Seeds.class.getResource("/fuzz"), "seeds are resources")
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
