package org.yinzheng.signing.ofd;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.InvalidInput;

/// The files of one OFD by their path, without a leading slash. No two names are equal but for case, and none
/// leads outside.
final class OfdPackage {
    static final String ENTRY = "OFD.xml";

    private final Map<String, Part> parts;

    private OfdPackage(Map<String, Part> parts) {
        this.parts = parts;
    }

    static OfdPackage of(Collection<Part> files) {
        var parts = new LinkedHashMap<String, Part>();
        var names = new java.util.HashSet<String>();
        for (var part : files) {
            requirePlain(part.name);
            if (!names.add(part.name.toLowerCase(Locale.ROOT))) {
                throw broken("two files have one name");
            }
            parts.put(part.name, part);
        }
        return new OfdPackage(parts);
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
        if (name.chars().anyMatch(c -> c < 0x20 || c == 0x7f || c == '\\' || c == ':')) {
            throw broken("a file name has a character that systems read differently");
        }
    }

    /// The path that `location`, as written in a file of `folder`, stands for.
    ///
    /// @param folder without slashes at its ends, empty for the root
    /// @return empty when it leads outside
    static Optional<String> resolve(String folder, String location) {
        var whole = location.startsWith("/") ? location : folder + "/" + location;
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
        return new InvalidInput("ofd-package", "", why);
    }
}
