package org.yinzheng.signing.ofd;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.InvalidInput;

/// The files of one OFD by their path, without a leading slash. No two names are equal but for case, and none
/// leads outside; so a name in other case, as some systems write it, can mean one file only.
///
/// What keeps a package from being read has a code of its own: [#TAMPERED] when readers would see different files,
/// [#UNREADABLE] when it is no package, [#ENCRYPTED], and [#LIMITS] when it is too large for us.
final class OfdPackage {
    static final String ENTRY = "OFD.xml";
    static final String TAMPERED = "ofd-package";
    static final String UNREADABLE = "ofd-unreadable";
    static final String ENCRYPTED = "ofd-encrypted";
    static final String LIMITS = "ofd-limits";

    private final Map<String, Part> parts;
    private final Map<String, Part> folded;
    /// Bytes of the ZIP that belong to no file.
    final long strays;

    private OfdPackage(Map<String, Part> parts, Map<String, Part> folded, long strays) {
        this.parts = parts;
        this.folded = folded;
        this.strays = strays;
    }

    static OfdPackage of(Collection<Part> files) {
        return of(files, 0);
    }

    static OfdPackage of(Collection<Part> files, long strays) {
        var parts = new LinkedHashMap<String, Part>();
        var folded = new HashMap<String, Part>();
        for (var part : files) {
            requirePlain(part.name);
            if (folded.put(part.name.toLowerCase(Locale.ROOT), part) != null) {
                throw broken("two files have one name");
            }
            parts.put(part.name, part);
        }
        return new OfdPackage(parts, folded, strays);
    }

    /// The name, as it stands in the package, of the file that a path means.
    Optional<String> name(String path) {
        return parts.containsKey(path)
                ? Optional.of(path)
                : Optional.ofNullable(folded.get(path.toLowerCase(Locale.ROOT))).map(part -> part.name);
    }

    Collection<Part> parts() {
        return parts.values();
    }

    boolean has(String path) {
        return parts.containsKey(path);
    }

    /// Null when there is no such file.
    @Nullable
    Part part(String path) {
        return parts.get(path);
    }

    /// Empty when there is no such file or it cannot be unpacked.
    Optional<byte[]> content(String path) {
        return Optional.ofNullable(parts.get(path)).flatMap(Part::content);
    }

    private static void requirePlain(String name) {
        for (var segment : name.split("/", -1)) {
            if (segment.isEmpty() || segment.equals(".") || segment.equals("..")) {
                throw broken("a file name leads elsewhere");
            }
        }
        if (name.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == ':')) {
            throw broken("a file name has a character that systems read differently");
        }
    }

    /// The path that `location`, as written in a file of `folder`, stands for.
    ///
    /// @param folder without slashes at its ends, empty for the root
    /// @return empty when it leads outside
    static Optional<String> resolve(String folder, String location) {
        var plain = location.replace('\\', '/');
        var whole = plain.startsWith("/") ? plain : folder + "/" + plain;
        var segments = new java.util.ArrayDeque<String>();
        for (var segment : whole.split("/", -1)) {
            if (segment.equals("..")) {
                if (segments.pollLast() == null) {
                    return Optional.empty();
                }
            } else if (!segment.isEmpty() && !segment.equals(".")) {
                segments.addLast(segment);
            }
        }
        return segments.isEmpty() ? Optional.empty() : Optional.of(String.join("/", segments));
    }

    static String folder(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    static InvalidInput broken(String why) {
        return new InvalidInput(TAMPERED, "", why);
    }

    static InvalidInput unreadable(String why) {
        return new InvalidInput(UNREADABLE, "", why);
    }

    static InvalidInput beyond(String why) {
        return new InvalidInput(LIMITS, "", why);
    }
}
