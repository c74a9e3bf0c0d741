package org.yinzheng.signing.font;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// One face of an OpenType file or collection with PostScript (CFF) outlines, read in place: the file is
/// mapped, nothing is parsed before it is asked for, so opening a 26 MB collection takes milliseconds and no
/// heap. Safe for many threads, because all reads are absolute.
public final class FontFile {
    private static final int COLLECTION = 0x74746366; // "ttcf"
    private static final int POST_SCRIPT_NAME = 6;
    private static final int WINDOWS = 3;

    private final ByteBuffer file;
    private final int directory;
    private final CharacterMap characters;
    private final ByteBuffer metrics;
    private final int metricCount;
    private final CffOutlines outlines;
    private final int unitsPerEm;
    private final int ascent;
    private final int descent;

    private FontFile(ByteBuffer file, int directory) throws IOException {
        this.file = file;
        this.directory = directory;
        var header = table("head");
        var horizontal = table("hhea");
        unitsPerEm = Short.toUnsignedInt(header.getShort(18));
        ascent = horizontal.getShort(4);
        descent = horizontal.getShort(6);
        metricCount = Short.toUnsignedInt(horizontal.getShort(34));
        metrics = table("hmtx");
        characters = CharacterMap.read(table("cmap"));
        outlines = new CffOutlines(table("CFF "));
    }

    /// Opens the face that calls itself `postScriptName`.
    ///
    /// @throws IOException when the file is no OpenType font with CFF outlines, or holds no face of that name
    public static FontFile open(Path path, String postScriptName) throws IOException {
        try (var channel = FileChannel.open(path, StandardOpenOption.READ)) {
            // The mapping outlives the channel and goes when the face is no longer reachable.
            var file = channel.map(MapMode.READ_ONLY, 0, channel.size()).asReadOnlyBuffer();
            int faces = file.getInt(0) == COLLECTION ? file.getInt(8) : 1;
            for (int i = 0; i < faces; i++) {
                int directory = file.getInt(0) == COLLECTION ? file.getInt(12 + 4 * i) : 0;
                if (postScriptName.equals(name(tableOf(file, directory, "name")))) {
                    return new FontFile(file, directory);
                }
            }
            throw new IOException(path.getFileName() + " holds no face named " + postScriptName);
        } catch (IndexOutOfBoundsException e) {
            throw new IOException(path.getFileName() + " is cut short or no OpenType font", e);
        }
    }

    /// The glyph for a Unicode code point, 0 when the face has none.
    public int glyph(int codePoint) {
        return characters.glyph(codePoint);
    }

    /// A glyph's advance in font units.
    public int advance(int glyph) {
        return Short.toUnsignedInt(metrics.getShort(4 * Math.min(glyph, metricCount - 1)));
    }

    public int unitsPerEm() {
        return unitsPerEm;
    }

    public int ascent() {
        return ascent;
    }

    /// Negative: below the baseline.
    public int descent() {
        return descent;
    }

    public void draw(int glyph, OutlineSink sink) {
        outlines.draw(glyph, sink);
    }

    private ByteBuffer table(String tag) throws IOException {
        return tableOf(file, directory, tag);
    }

    private static ByteBuffer tableOf(ByteBuffer file, int directory, String tag) throws IOException {
        int wanted = ByteBuffer.wrap(tag.getBytes(StandardCharsets.US_ASCII)).getInt();
        int count = Short.toUnsignedInt(file.getShort(directory + 4));
        for (int i = 0; i < count; i++) {
            int entry = directory + 12 + 16 * i;
            if (file.getInt(entry) == wanted) {
                return file.slice(file.getInt(entry + 8), file.getInt(entry + 12));
            }
        }
        throw new IOException("the font has no " + tag.strip() + " table");
    }

    private static String name(ByteBuffer names) {
        int count = Short.toUnsignedInt(names.getShort(2));
        int storage = Short.toUnsignedInt(names.getShort(4));
        for (int i = 0; i < count; i++) {
            int entry = 6 + 12 * i;
            if (names.getShort(entry) == WINDOWS && names.getShort(entry + 6) == POST_SCRIPT_NAME) {
                var bytes = new byte[Short.toUnsignedInt(names.getShort(entry + 8))];
                names.get(storage + Short.toUnsignedInt(names.getShort(entry + 10)), bytes);
                return new String(bytes, StandardCharsets.UTF_16BE);
            }
        }
        return "";
    }
}
