package org.yinzheng.signing.seal;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.yinzheng.signing.DocumentBytes;

/// A picture in one colour as a small PNG: one or two bits a pixel, all of them for the transparency. It stands
/// in every licence three times, and ImageIO's own writer, which filters the rows of such pictures, makes it
/// nearly twice as large.
final class RedPng {
    private static final byte[] HEADER = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final byte INDEXED = 3;
    private static final byte PER_METRE = 1;

    /// With two bits the edges are smooth on a screen; a name with very many strokes has to do with one.
    static final int MOST_BYTES = 25 * 1024;

    private RedPng() {}

    static DocumentBytes of(BufferedImage drawn, Color colour, double pixelsPerMm) {
        var smooth = of(drawn, colour, pixelsPerMm, 2);
        return smooth.size() <= MOST_BYTES ? smooth : of(drawn, colour, pixelsPerMm, 1);
    }

    private static DocumentBytes of(BufferedImage drawn, Color colour, double pixelsPerMm, int bits) {
        int levels = 1 << bits;
        var png = new ByteArrayOutputStream();
        png.writeBytes(HEADER);
        chunk(
                png,
                "IHDR",
                ByteBuffer.allocate(13)
                        .putInt(drawn.getWidth())
                        .putInt(drawn.getHeight())
                        .put((byte) bits)
                        .put(INDEXED)
                        .array());
        int perMetre = (int) Math.round(pixelsPerMm * 1000);
        chunk(
                png,
                "pHYs",
                ByteBuffer.allocate(9)
                        .putInt(perMetre)
                        .putInt(perMetre)
                        .put(PER_METRE)
                        .array());
        var palette = ByteBuffer.allocate(3 * levels);
        var alpha = ByteBuffer.allocate(levels);
        for (int level = 0; level < levels; level++) {
            // A reader that knows no transparency at least shows a white ground.
            boolean ground = level == 0;
            palette.put((byte) (ground ? 255 : colour.getRed()));
            palette.put((byte) (ground ? 255 : colour.getGreen()));
            palette.put((byte) (ground ? 255 : colour.getBlue()));
            alpha.put((byte) (level * 255 / (levels - 1)));
        }
        chunk(png, "PLTE", palette.array());
        chunk(png, "tRNS", alpha.array());
        chunk(png, "IDAT", deflated(rows(drawn, bits)));
        chunk(png, "IEND", new byte[0]);
        return DocumentBytes.owning(png.toByteArray());
    }

    /// Each row after a zero: no filter.
    private static byte[] rows(BufferedImage drawn, int bits) {
        int width = drawn.getWidth();
        int stride = 1 + (width * bits + 7) / 8;
        var rows = new byte[stride * drawn.getHeight()];
        var row = new int[width];
        for (int y = 0; y < drawn.getHeight(); y++) {
            drawn.getRGB(0, y, width, 1, row, 0, width);
            for (int x = 0; x < width; x++) {
                int level = Math.round((row[x] >>> 24) * ((1 << bits) - 1) / 255f);
                int bit = x * bits;
                int shift = 8 - bits - (bit & 7);
                rows[y * stride + 1 + (bit >> 3)] |= (byte) (level << shift);
            }
        }
        return rows;
    }

    private static byte[] deflated(byte[] rows) {
        var deflater = new Deflater(Deflater.BEST_COMPRESSION);
        try {
            deflater.setInput(rows);
            deflater.finish();
            var out = new ByteArrayOutputStream();
            var buffer = new byte[8192];
            while (!deflater.finished()) {
                out.write(buffer, 0, deflater.deflate(buffer));
            }
            return out.toByteArray();
        } finally {
            deflater.end();
        }
    }

    private static void chunk(ByteArrayOutputStream png, String type, byte[] data) {
        var body = ByteBuffer.allocate(4 + data.length)
                .put(type.getBytes(StandardCharsets.US_ASCII))
                .put(data)
                .array();
        var check = new CRC32();
        check.update(body);
        png.writeBytes(number(data.length));
        png.writeBytes(body);
        png.writeBytes(number((int) check.getValue()));
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }
}
