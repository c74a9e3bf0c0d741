package org.yinzheng.registry.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// The files of a catalogue folder: packs (`*.yaml`), the frames that they share (`shared/*.yaml`) and code lists
/// (`codes/*.yaml`).
final class PackFiles {
    private static final String YAML = ".yaml";
    static final String SHARED = "shared/";
    static final String CODES = CodeList.REFERENCE;
    private static final long LARGEST = 1_000_000;

    private final Map<String, String> packs = new TreeMap<>();
    private final Map<String, Frame> frames = new HashMap<>();
    private final Map<String, CodeList> codes = new HashMap<>();
    /// What kept a frame or a code list from being read, by its file.
    private final Map<String, InvalidInput> faults = new TreeMap<>();

    /// @param files text by path, such as `shared/card.yaml`
    PackFiles(Map<String, String> files) {
        new TreeMap<>(files).forEach((file, text) -> {
            if (file.startsWith(SHARED)) {
                put(frames, file, SHARED, () -> Frame.parse(text));
            } else if (file.startsWith(CODES)) {
                put(codes, file, CODES, () -> CodeList.parse(file, text));
            } else {
                packs.put(file, text);
            }
        });
    }

    private <T> void put(Map<String, T> parts, String file, String folder, Supplier<T> parse) {
        try {
            parts.put(file.substring(folder.length(), file.length() - YAML.length()), parse.get());
        } catch (InvalidInput e) {
            faults.put(file, e);
        }
    }

    /// @throws InvalidInput `pack-size` when a file is larger than a pack can be
    /// @throws Failure.NotDone when the folder cannot be read
    static PackFiles in(Path folder) {
        try {
            var files = new HashMap<String, String>();
            for (var part : new String[] {"", SHARED, CODES}) {
                read(folder, part, files);
            }
            return new PackFiles(files);
        } catch (IOException e) {
            throw new Failure.NotDone("the catalogue cannot be read: " + folder, e);
        }
    }

    private static void read(Path folder, String part, Map<String, String> files) throws IOException {
        var inside = folder.resolve(part);
        if (!Files.isDirectory(inside)) {
            return;
        }
        try (Stream<Path> listed = Files.list(inside)) {
            for (var file :
                    listed.filter(path -> path.toString().endsWith(YAML)).toList()) {
                if (Files.size(file) > LARGEST) {
                    throw new InvalidInput("pack-size", "", file.getFileName() + " is larger than a pack can be");
                }
                files.put(part + file.getFileName(), Files.readString(file));
            }
        }
    }

    Map<String, String> packs() {
        return packs;
    }

    Map<String, InvalidInput> faults() {
        return faults;
    }

    Map<String, CodeList> codes() {
        return codes;
    }

    Map<String, Frame> frames() {
        return frames;
    }

    /// Of one pack.
    ///
    /// @throws InvalidInput naming what is wrong
    LicenceType type(String file) {
        return Pack.parse(Objects.requireNonNull(packs.get(file), file), this);
    }

    /// The same fault with the file's name before it.
    static InvalidInput named(String file, InvalidInput fault) {
        var named = new InvalidInput(fault.code(), fault.field(), "(" + file + ") " + fault.getMessage());
        named.initCause(fault);
        return named;
    }
}
