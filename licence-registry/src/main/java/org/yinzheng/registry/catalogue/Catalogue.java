package org.yinzheng.registry.catalogue;

import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.yinzheng.signing.InvalidInput;

/// 证照目录: the types of licences that this registry issues, each in one or several versions. A licence is issued
/// under the version of its day; what is said without a day is meant of today, in China's time.
public final class Catalogue {
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private final Clock clock;
    /// Versions in the order of their periods.
    private final Map<String, List<LicenceType>> byCode = new LinkedHashMap<>();

    private Catalogue(List<LicenceType> types, Clock clock) {
        this.clock = clock;
        var codes = new HashMap<String, String>();
        for (var type : types) {
            var other = codes.putIfAbsent(type.nameZh(), type.code());
            if (other != null && !other.equals(type.code())) {
                throw new InvalidInput("pack-duplicate", "name.zh", "two types have one name: " + type);
            }
            var versions = byCode.computeIfAbsent(type.code(), code -> new ArrayList<>());
            for (var version : versions) {
                if (version.version().equals(type.version())) {
                    throw new InvalidInput("pack-duplicate", "version", "two packs have one code and version: " + type);
                }
                if (version.period().overlaps(type.period())) {
                    throw new InvalidInput(
                            "pack-overlap",
                            "effective",
                            "two versions are in force on one day: " + version + ", " + type);
                }
            }
            versions.add(type);
            versions.sort(Comparator.comparing(version -> version.period().from()));
        }
    }

    /// Reads every `*.yaml` of a directory, in the order of their names, with what they share in its folders `shared`
    /// and `codes`.
    ///
    /// @throws InvalidInput whose message begins with the file's name when a pack is wrong;
    /// `catalogue-empty` when there is none
    public static Catalogue load(Path packDirectory) {
        var files = PackFiles.in(packDirectory);
        if (files.packs().isEmpty()) {
            throw new InvalidInput("catalogue-empty", "", "no *.yaml pack in " + packDirectory);
        }
        return of(files, Clock.systemUTC());
    }

    /// Of files given as text, by their paths in the folder that they would stand in.
    public static Catalogue of(Map<String, String> files) {
        return of(new PackFiles(files), Clock.systemUTC());
    }

    /// Of packs given as text that share nothing.
    public static Catalogue of(List<String> packs) {
        var files = new TreeMap<String, String>();
        for (var pack : packs) {
            files.put("%03d.yaml".formatted(files.size()), pack);
        }
        return of(files);
    }

    private static Catalogue of(PackFiles files, Clock clock) {
        files.faults().forEach((file, fault) -> {
            throw PackFiles.named(file, fault);
        });
        var types = new ArrayList<LicenceType>();
        for (var file : files.packs().keySet()) {
            try {
                types.add(files.type(file));
            } catch (InvalidInput e) {
                throw PackFiles.named(file, e);
            }
        }
        return new Catalogue(types, clock);
    }

    /// This catalogue by another clock.
    public Catalogue at(Clock other) {
        return new Catalogue(versions().toList(), other);
    }

    /// The types that licences are issued under today.
    public List<LicenceType> types() {
        var today = today();
        return versions().filter(type -> type.period().contains(today)).toList();
    }

    /// Every version of every type.
    public Stream<LicenceType> versions() {
        return byCode.values().stream().flatMap(List::stream);
    }

    public Optional<LicenceType> find(String codeOrName) {
        return find(codeOrName, today());
    }

    /// The version that licences are issued under on a day.
    public Optional<LicenceType> find(String codeOrName, LocalDate day) {
        return versions()
                .filter(type -> type.code().equals(codeOrName) || type.nameZh().equals(codeOrName))
                .filter(type -> type.period().contains(day))
                .findFirst();
    }

    /// @throws InvalidInput `unknown-type`
    public LicenceType type(String codeOrName) {
        return type(codeOrName, today());
    }

    /// The version of a day: of today to issue under it, of the day of issue to read a licence.
    ///
    /// @throws InvalidInput `unknown-type`
    public LicenceType type(String codeOrName, LocalDate day) {
        return find(codeOrName, day)
                .orElseThrow(() -> new InvalidInput(
                        "unknown-type", "type", "the catalogue has no such type, or no version of it for that day"));
    }

    /// One version, whenever it was in force.
    ///
    /// @throws InvalidInput `unknown-type`
    public LicenceType type(String code, String version) {
        return byCode.getOrDefault(code, List.of()).stream()
                .filter(type -> type.version().equals(version))
                .findFirst()
                .orElseThrow(() ->
                        new InvalidInput("unknown-type", "type", "the catalogue has no such version of the type"));
    }

    /// The version that a licence was issued under.
    ///
    /// @param version as it was recorded; absent for licences from before it was: that of their day then
    /// @throws InvalidInput `unknown-type`
    public LicenceType type(String code, Optional<String> version, LocalDate issuedOn) {
        return version.map(known -> type(code, known)).orElseGet(() -> type(code, issuedOn));
    }

    /// The code of a type, whether or not anything is issued under it today.
    ///
    /// @throws InvalidInput `unknown-type`
    public String code(String codeOrName) {
        return versions()
                .filter(type -> type.code().equals(codeOrName) || type.nameZh().equals(codeOrName))
                .findFirst()
                .orElseThrow(() -> new InvalidInput("unknown-type", "type", "the catalogue has no such type"))
                .code();
    }

    private LocalDate today() {
        return LocalDate.ofInstant(clock.instant(), ZONE);
    }
}
