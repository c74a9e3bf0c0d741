package org.yinzheng.registry.catalogue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// 证照目录: the types of licences that this registry issues.
public final class Catalogue {
    private final Map<String, LicenceType> byCode = new LinkedHashMap<>();
    private final Map<String, LicenceType> byName = new LinkedHashMap<>();

    private Catalogue(Collection<LicenceType> types) {
        for (var type : types) {
            if (byCode.put(type.code(), type) != null || byName.put(type.nameZh(), type) != null) {
                throw new InvalidInput("pack-duplicate", "", "two packs have one code or name: " + type);
            }
        }
    }

    /// Reads every `*.yaml` of a directory, in the order of their names.
    ///
    /// @throws InvalidInput whose message begins with the file's name when a pack is wrong;
    /// `catalogue-empty` when there is none
    public static Catalogue load(Path packDirectory) {
        try (Stream<Path> files = Files.list(packDirectory)) {
            var packs = files.filter(file -> file.getFileName().toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
            if (packs.isEmpty()) {
                throw new InvalidInput("catalogue-empty", "", "no *.yaml pack in " + packDirectory);
            }
            return new Catalogue(packs.stream().map(Catalogue::read).toList());
        } catch (IOException e) {
            throw new Failure.NotDone("the catalogue cannot be read: " + packDirectory, e);
        }
    }

    /// Of packs given as text.
    public static Catalogue of(List<String> packs) {
        return new Catalogue(packs.stream().map(Pack::parse).toList());
    }

    public List<LicenceType> types() {
        return List.copyOf(byCode.values());
    }

    public Optional<LicenceType> find(String codeOrName) {
        return Optional.ofNullable(byCode.get(codeOrName)).or(() -> Optional.ofNullable(byName.get(codeOrName)));
    }

    /// @throws InvalidInput `unknown-type`
    public LicenceType type(String codeOrName) {
        return find(codeOrName)
                .orElseThrow(() -> new InvalidInput("unknown-type", "type", "the catalogue has no such type"));
    }

    private static LicenceType read(Path file) {
        try {
            return Pack.parse(Files.readString(file));
        } catch (InvalidInput e) {
            var named = new InvalidInput(e.code(), e.field(), "(" + file.getFileName() + ") " + e.getMessage());
            named.initCause(e);
            throw named;
        } catch (IOException e) {
            throw new Failure.NotDone("the catalogue pack cannot be read: " + file, e);
        }
    }
}
