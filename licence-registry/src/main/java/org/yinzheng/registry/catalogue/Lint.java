package org.yinzheng.registry.catalogue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.yinzheng.registry.catalogue.Finding.Rule;
import org.yinzheng.signing.InvalidInput;
import org.yinzheng.signing.layout.Typefaces;

/// Checks a catalogue before it is put to use: stricter than reading it, which only asks whether licences can be
/// issued.
public final class Lint {
    private final Preview preview;

    public Lint(Typefaces typefaces) {
        this.preview = new Preview(typefaces);
    }

    /// @param packs how many were checked
    public record Result(int packs, List<Finding> findings) {
        public Result {
            findings = List.copyOf(findings);
        }
    }

    private record Read(String file, LicenceType type) {}

    /// @param path a catalogue folder, or one pack in it: then of that pack alone, but against its neighbours
    /// @throws InvalidInput `catalogue-empty`
    public Result check(Path path) {
        var folder = Files.isDirectory(path)
                ? path
                : Objects.requireNonNull(path.toAbsolutePath().getParent());
        var files = PackFiles.in(folder);
        if (!Files.isDirectory(path)) {
            var name = Objects.requireNonNull(path.getFileName()).toString();
            if (!files.packs().containsKey(name)) {
                throw new InvalidInput("catalogue-empty", "", "no such pack: " + path);
            }
            return check(files, Optional.of(name));
        }
        if (files.packs().isEmpty()) {
            throw new InvalidInput("catalogue-empty", "", "no *.yaml pack in " + path);
        }
        return check(files, Optional.empty());
    }

    private Result check(PackFiles files, Optional<String> only) {
        var findings = new ArrayList<Finding>();
        files.faults().forEach((file, fault) -> findings.add(finding(file, fault)));
        var read = new TreeMap<String, LicenceType>();
        for (var file : files.packs().keySet()) {
            try {
                read.put(file, files.type(file));
            } catch (InvalidInput fault) {
                findings.add(finding(file, fault));
            }
        }
        together(read, findings);
        read.forEach((file, type) -> {
            if (only.map(file::equals).orElse(true)) {
                declarations(file, files, type, findings);
                var unknown = unknownFields(file, type, findings);
                samples(file, type, unknown, findings);
            }
        });
        findings.removeIf(finding -> only.isPresent() && !finding.file().equals(only.get()));
        return new Result(only.isPresent() ? 1 : files.packs().size(), findings);
    }

    /// What is wrong with packs beside each other.
    private static void together(SortedMap<String, LicenceType> read, List<Finding> findings) {
        var seen = new ArrayList<Read>();
        read.forEach((file, type) -> {
            for (var other : seen) {
                boolean sameCode = other.type.code().equals(type.code());
                if (!sameCode && other.type.nameZh().equals(type.nameZh())) {
                    findings.add(new Finding(file, "name.zh", Rule.DUPLICATE, "the same name as " + other.file));
                }
                if (sameCode && other.type.version().equals(type.version())) {
                    findings.add(
                            new Finding(file, "version", Rule.DUPLICATE, "the same code and version as " + other.file));
                } else if (sameCode && other.type.period().overlaps(type.period())) {
                    findings.add(new Finding(file, "effective", Rule.OVERLAP, "with " + other.file));
                }
            }
            seen.add(new Read(file, type));
        });
    }

    private static void declarations(String file, PackFiles files, LicenceType type, List<Finding> findings) {
        var root = YamlTree.read(Objects.requireNonNull(files.packs().get(file)));
        for (var key : List.of("effective", "issuers", "sharing", "trustGrades", "languages", "standard")) {
            if (!root.has(key)) {
                findings.add(new Finding(file, key, Rule.UNDECLARED, "the pack does not say"));
            }
        }
        if (type.nameZh().codePoints().noneMatch(Character::isIdeographic)) {
            findings.add(new Finding(file, "name.zh", Rule.LANGUAGE, "is not Chinese"));
        }
        if (type.nameEn().codePoints().anyMatch(Character::isIdeographic)) {
            findings.add(new Finding(file, "name.en", Rule.LANGUAGE, "is not English"));
        }
        for (var property : type.schema().path("properties").properties()) {
            if (property.getValue().path("title").asText().isBlank()) {
                var path = "schema.properties." + property.getKey() + ".title";
                findings.add(new Finding(file, path, Rule.UNDECLARED, "a field has a Chinese title"));
            }
        }
    }

    /// @return the templates that print what the schema has not
    private static Set<String> unknownFields(String file, LicenceType type, List<Finding> findings) {
        var templates = new HashSet<String>();
        type.templates().forEach((name, template) -> {
            for (var field : TemplateFields.unknown(template, type.schema())) {
                templates.add(name);
                findings.add(new Finding(
                        file, "schema.properties", Rule.UNKNOWN_FIELD, "the template " + name + " prints " + field));
            }
        });
        return templates;
    }

    /// @param leftOut templates that cannot be drawn
    private void samples(String file, LicenceType type, Set<String> leftOut, List<Finding> findings) {
        if (type.samples().isEmpty()) {
            findings.add(new Finding(file, "examples", Rule.NO_SAMPLE, "nothing to try the template with"));
        }
        for (int i = 0; i < type.samples().size(); i++) {
            var path = "examples[" + i + "]";
            var sample = type.samples().get(i);
            try {
                for (var holder : sample.holders()) {
                    type.validateHolder(holder.id());
                }
                if (sample.holders().size() > 1 && !type.severalHolders()) {
                    findings.add(new Finding(file, path + ".holders", Rule.SAMPLE, "the type has one holder"));
                }
                type.validate(sample.data());
                type.validity().until(sample.validFrom(), sample.validUntil(), sample.data());
            } catch (InvalidInput fault) {
                findings.add(new Finding(file, path + "." + fault.field(), Rule.SAMPLE, message(fault)));
                continue;
            }
            type.templates().forEach((name, template) -> {
                if (leftOut.contains(name)) {
                    return;
                }
                try {
                    preview.pages(type, template, sample);
                } catch (InvalidInput fault) {
                    findings.add(
                            new Finding(file, path, Rule.OVERFLOW, "the template " + name + ": " + message(fault)));
                }
            });
        }
    }

    private static String message(InvalidInput fault) {
        return Objects.requireNonNull(fault.getMessage());
    }

    private static Finding finding(String file, InvalidInput fault) {
        return new Finding(file, fault.field(), rule(file, fault), message(fault));
    }

    private static Rule rule(String file, InvalidInput fault) {
        if (file.startsWith(PackFiles.CODES)) {
            return Rule.CODE_LIST;
        }
        if (file.startsWith(PackFiles.SHARED)) {
            return Rule.FRAME;
        }
        return switch (fault.code()) {
            case "code-list-unknown", "code-list" -> Rule.CODE_LIST;
            case "frame-unknown", "frame-parameter" -> Rule.FRAME;
            case "pack-schema" -> Rule.SCHEMA;
            case "pack-text" -> fault.field().startsWith("name.") ? Rule.LANGUAGE : Rule.UNDECLARED;
            case "pack-sample" -> Rule.SAMPLE;
            default -> fault.field().startsWith("examples") ? Rule.SAMPLE : Rule.UNREADABLE;
        };
    }
}
