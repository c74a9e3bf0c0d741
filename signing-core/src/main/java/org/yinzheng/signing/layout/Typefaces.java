package org.yinzheng.signing.layout;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
import org.yinzheng.signing.Failure;

/// The typefaces of this machine. Opening them costs milliseconds; one object serves the whole program.
public final class Typefaces {
    /// Debian and Ubuntu, Fedora and its kin, Arch; then where an administrator puts fonts by hand.
    private static final List<Path> FOLDERS = List.of(
            Path.of("/usr/share/fonts/opentype/noto"),
            Path.of("/usr/share/fonts/google-noto-serif-cjk-fonts"),
            Path.of("/usr/share/fonts/google-noto-sans-cjk-fonts"),
            Path.of("/usr/share/fonts/google-noto-cjk"),
            Path.of("/usr/share/fonts/noto-cjk"),
            Path.of("/usr/local/share/fonts"));

    private final Map<Face, FontFace> faces;

    private Typefaces(Map<Face, FontFace> faces) {
        this.faces = new EnumMap<>(faces);
    }

    /// The faces in the system's font folders.
    ///
    /// @throws Failure.NotDone when one is missing; the message names the package to install
    public static Typefaces find() {
        return find(FOLDERS);
    }

    static Typefaces find(List<Path> folders) {
        var faces = new EnumMap<Face, FontFace>(Face.class);
        for (var face : Face.values()) {
            try {
                faces.put(face, FontFace.open(face, file(folders, face), postScriptName(face)));
            } catch (IOException e) {
                throw new Failure.NotDone(
                        "the typeface " + postScriptName(face) + " is not usable: " + e.getMessage()
                                + ". Install the package fonts-noto-cjk (Debian, Ubuntu) or"
                                + " google-noto-serif-cjk-fonts and google-noto-sans-cjk-fonts (Fedora).",
                        e);
            }
        }
        return new Typefaces(faces);
    }

    public FontFace face(Face face) {
        return Objects.requireNonNull(faces.get(face));
    }

    /// The face that draws a character when a text asks for `wanted`: that one, or the sans serif one for
    /// characters that it lacks.
    public Optional<FontFace> faceFor(Face wanted, int codePoint) {
        if (face(wanted).has(codePoint)) {
            return Optional.of(face(wanted));
        }
        return Optional.of(face(Face.SANS)).filter(sans -> sans.has(codePoint));
    }

    /// One font for each face that the pages use, with just their characters. The PDF and the OFD of one
    /// licence are drawn with the same bytes.
    public Map<Face, SubsetFont> subsets(List<Page> pages) {
        var used = new EnumMap<Face, TreeSet<Integer>>(Face.class);
        for (var page : pages) {
            for (var mark : page.marks()) {
                if (mark instanceof Page.Text text) {
                    var codePoints = used.computeIfAbsent(text.face(), f -> new TreeSet<>());
                    text.text().codePoints().forEach(codePoints::add);
                }
            }
        }
        var subsets = new EnumMap<Face, SubsetFont>(Face.class);
        used.forEach((face, codePoints) -> subsets.put(face, face(face).subset(codePoints, familyName(face))));
        return subsets;
    }

    private static Path file(List<Path> folders, Face face) throws IOException {
        for (var folder : folders) {
            var path = folder.resolve(fileName(face));
            if (Files.isRegularFile(path)) {
                return path;
            }
        }
        throw new FileNotFoundException(fileName(face) + " is in none of the font folders");
    }

    private static String fileName(Face face) {
        return switch (face) {
            case SERIF -> "NotoSerifCJK-Regular.ttc";
            case SERIF_BOLD -> "NotoSerifCJK-Bold.ttc";
            case SANS -> "NotoSansCJK-Regular.ttc";
        };
    }

    private static String postScriptName(Face face) {
        return switch (face) {
            case SERIF -> "NotoSerifCJKsc-Regular";
            case SERIF_BOLD -> "NotoSerifCJKsc-Bold";
            case SANS -> "NotoSansCJKsc-Regular";
        };
    }

    private static String familyName(Face face) {
        return switch (face) {
            case SERIF -> "Yinzheng Serif";
            case SERIF_BOLD -> "Yinzheng Serif Bold";
            case SANS -> "Yinzheng Sans";
        };
    }
}
