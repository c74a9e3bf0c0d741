package org.yinzheng.signing.font;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Writes a small, complete TrueType font: all the tables that PDF readers and the stricter OFD readers ask
/// for. Equal input gives equal bytes: the dates in `head` are zero.
public final class TrueTypeWriter {
    private static final int MAGIC = 0x5F0F3CF5;
    private static final int CHECKSUM_OF_ALL = 0xB1B0AFBA;

    private final String name;
    private final boolean bold;
    private final FontFile source;
    private final List<Integer> codePoints = new ArrayList<>();
    private final List<Glyph> glyphs = new ArrayList<>();

    /// Glyph 0 is the source's own `.notdef`; the others follow in the order of their code points.
    public TrueTypeWriter(String name, boolean bold, FontFile source, Glyph notdef, SortedMap<Integer, Glyph> byCode) {
        this.name = name;
        this.bold = bold;
        this.source = source;
        glyphs.add(notdef);
        byCode.forEach((codePoint, glyph) -> {
            codePoints.add(codePoint);
            glyphs.add(glyph);
        });
    }

    public byte[] write() {
        var tables = new TreeMap<String, ByteBuffer>(); // the directory is sorted by tag
        tables.put("OS/2", os2());
        tables.put("cmap", CharacterMapWriter.write(codePoints));
        tables.put("glyf", glyf());
        tables.put("head", head());
        tables.put("hhea", hhea());
        tables.put("hmtx", hmtx());
        tables.put("loca", loca());
        tables.put("maxp", maxp());
        tables.put("name", names());
        tables.put("post", post());
        return assemble(tables);
    }

    private static byte[] assemble(Map<String, ByteBuffer> tables) {
        int size = 12 + 16 * tables.size();
        for (var table : tables.values()) {
            size += padded(table.capacity());
        }
        var out = ByteBuffer.allocate(size);
        int power = Integer.highestOneBit(tables.size());
        out.putInt(0x00010000).putShort((short) tables.size()).putShort((short) (16 * power));
        out.putShort((short) Integer.numberOfTrailingZeros(power)).putShort((short) (16 * (tables.size() - power)));
        int offset = 12 + 16 * tables.size();
        int headAt = 0;
        for (var entry : tables.entrySet()) {
            var table = entry.getValue();
            out.put(offset, table, 0, table.capacity());
            out.put(entry.getKey().getBytes(StandardCharsets.US_ASCII));
            out.putInt(sum(out, offset, padded(table.capacity())));
            out.putInt(offset).putInt(table.capacity());
            headAt = entry.getKey().equals("head") ? offset : headAt;
            offset += padded(table.capacity());
        }
        out.putInt(headAt + 8, CHECKSUM_OF_ALL - sum(out, 0, size));
        return out.array();
    }

    private static int sum(ByteBuffer bytes, int from, int length) {
        int sum = 0;
        for (int i = 0; i < length; i += 4) {
            sum += bytes.getInt(from + i);
        }
        return sum;
    }

    private static int padded(int length) {
        return (length + 3) & ~3;
    }

    private ByteBuffer glyf() {
        var out = ByteBuffer.allocate(
                glyphs.stream().mapToInt(g -> g.encoded.length).sum());
        glyphs.forEach(glyph -> out.put(glyph.encoded));
        return out;
    }

    private ByteBuffer loca() {
        var out = ByteBuffer.allocate(4 * (glyphs.size() + 1));
        int offset = 0;
        for (var glyph : glyphs) {
            out.putInt(offset);
            offset += glyph.encoded.length;
        }
        return out.putInt(offset);
    }

    private ByteBuffer hmtx() {
        var out = ByteBuffer.allocate(4 * glyphs.size());
        glyphs.forEach(glyph -> out.putShort((short) glyph.advance).putShort((short) glyph.xMin));
        return out;
    }

    private ByteBuffer head() {
        var out = ByteBuffer.allocate(54);
        out.putInt(0x00010000).putInt(0x00010000).putInt(0).putInt(MAGIC);
        out.putShort((short) 0x0003)
                .putShort((short) source.unitsPerEm())
                .putLong(0)
                .putLong(0);
        out.putShort((short) min(Edge.LEFT)).putShort((short) min(Edge.BOTTOM));
        out.putShort((short) max(Edge.RIGHT)).putShort((short) max(Edge.TOP));
        out.putShort((short) (bold ? 1 : 0)).putShort((short) 6).putShort((short) 2);
        return out.putShort((short) 1).putShort((short) 0); // long loca offsets
    }

    private ByteBuffer hhea() {
        var out = ByteBuffer.allocate(36);
        out.putInt(0x00010000).putShort((short) source.ascent()).putShort((short) source.descent());
        out.putShort((short) 0).putShort((short) widest()).putShort((short) min(Edge.LEFT));
        int rightBearing =
                glyphs.stream().mapToInt(g -> g.advance - g.xMax).min().orElse(0);
        out.putShort((short) rightBearing).putShort((short) max(Edge.RIGHT)).putShort((short) 1);
        return out.putShort(34, (short) glyphs.size());
    }

    private ByteBuffer maxp() {
        var out = ByteBuffer.allocate(32);
        out.putInt(0x00010000).putShort((short) glyphs.size());
        out.putShort((short) glyphs.stream().mapToInt(g -> g.points).max().orElse(0));
        out.putShort((short) glyphs.stream().mapToInt(g -> g.contours).max().orElse(0));
        return out.putShort(14, (short) 2); // maxZones
    }

    private ByteBuffer os2() {
        var out = ByteBuffer.allocate(96);
        int em = source.unitsPerEm();
        double average = glyphs.stream().mapToInt(g -> g.advance).average().orElse(em);
        out.putShort((short) 4).putShort((short) Math.round(average)).putShort((short) (bold ? 700 : 400));
        out.putShort((short) 5).putShort((short) 0); // medium width; may be embedded and installed
        out.position(30 + 2); // sub- and superscript sizes, strike-out and family class: unspecified
        out.put(new byte[] {2, 0, (byte) (bold ? 8 : 5), 0, 0, 0, 0, 0, 0, 0}); // PANOSE: Latin text
        out.putInt(0x00000001).putInt(0x28000000 | 1 << 16).putInt(0).putInt(0); // Latin, CJK symbols, ideographs
        out.put("YNZH".getBytes(StandardCharsets.US_ASCII));
        out.putShort((short) (bold ? 0x20 : 0x40));
        int last = codePoints.isEmpty() ? 0 : codePoints.getLast();
        out.putShort((short) Math.min(0xFFFF, codePoints.isEmpty() ? 0 : codePoints.getFirst()));
        out.putShort((short) Math.min(0xFFFF, last));
        out.putShort((short) (em * 88 / 100)).putShort((short) (em * -12 / 100)).putShort((short) 0);
        out.putShort((short) source.ascent()).putShort((short) -source.descent());
        out.putInt(1 << 18).putInt(0); // code page 936
        out.putShort((short) (em * 54 / 100)).putShort((short) (em * 73 / 100));
        return out.putShort((short) 0).putShort((short) ' ').putShort((short) 1);
    }

    private ByteBuffer names() {
        var style = bold ? "Bold" : "Regular";
        var texts = new TreeMap<Integer, String>(Map.of(
                1, name, 2, style, 3, name + " " + style, 4, name, 5, "Version 1.000", 6, name.replace(" ", "")));
        var storage = new ArrayList<byte[]>();
        texts.values().forEach(text -> storage.add(text.getBytes(StandardCharsets.UTF_16BE)));
        int start = 6 + 12 * texts.size();
        var out = ByteBuffer.allocate(
                start + storage.stream().mapToInt(s -> s.length).sum());
        out.putShort((short) 0).putShort((short) texts.size()).putShort((short) start);
        int offset = 0;
        int i = 0;
        for (int id : texts.keySet()) {
            int length = storage.get(i++).length;
            out.putShort((short) 3).putShort((short) 1).putShort((short) 0x409).putShort((short) id);
            out.putShort((short) length).putShort((short) offset);
            offset += length;
        }
        storage.forEach(out::put);
        return out;
    }

    private ByteBuffer post() {
        var out = ByteBuffer.allocate(32).putInt(0x00030000); // no glyph names
        return out.putShort(8, (short) (source.unitsPerEm() * -125 / 1000))
                .putShort(10, (short) (source.unitsPerEm() * 50 / 1000));
    }

    private enum Edge {
        LEFT,
        BOTTOM,
        RIGHT,
        TOP;

        int of(Glyph glyph) {
            return switch (this) {
                case LEFT -> glyph.xMin;
                case BOTTOM -> glyph.yMin;
                case RIGHT -> glyph.xMax;
                case TOP -> glyph.yMax;
            };
        }
    }

    private int min(Edge edge) {
        return glyphs.stream().mapToInt(edge::of).min().orElse(0);
    }

    private int max(Edge edge) {
        return glyphs.stream().mapToInt(edge::of).max().orElse(0);
    }

    private int widest() {
        return glyphs.stream().mapToInt(g -> g.advance).max().orElse(0);
    }
}
