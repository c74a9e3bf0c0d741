package org.yinzheng.signing.seal;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import javax.imageio.ImageIO;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.InvalidInput;

/// Opens an uploaded PNG or JPEG within caps: its size is read from its header before anything is unpacked, and
/// of a PNG only the parts that make the picture reach the decoder.
final class ScanFile {
    static final int MOST_BYTES = 8 << 20;
    static final int LONGEST_SIDE = 4000;
    static final int MOST_PIXELS = 12_000_000;
    private static final int SHORTEST_SIDE = 60;

    private static final byte[] PNG = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};
    private static final int CHUNK_FRAME = 12;
    private static final Set<String> KEPT = Set.of("IHDR", "PLTE", "tRNS", "IDAT", "IEND");
    private static final Set<String> MOVING = Set.of("acTL", "fcTL", "fdAT");

    private ScanFile() {}

    /// Opaque RGB: what was transparent is white paper.
    ///
    /// @throws InvalidInput `seal-scan`
    static BufferedImage open(DocumentBytes upload) {
        if (upload.size() > MOST_BYTES) {
            throw wrong("a picture has at most " + (MOST_BYTES >> 20) + " MB");
        }
        var bytes = upload.toByteArray();
        boolean isPng = bytes.length > PNG.length + CHUNK_FRAME && startsWith(bytes, PNG);
        boolean isJpeg = bytes.length > 4 && (bytes[0] & 0xff) == 0xff && (bytes[1] & 0xff) == 0xd8;
        if (!isPng && !isJpeg) {
            throw wrong("a picture is a PNG or a JPEG");
        }
        return decode(isPng ? plainPng(bytes) : checkedJpeg(bytes), isPng ? "png" : "jpeg");
    }

    private static byte[] plainPng(byte[] bytes) {
        var png = ByteBuffer.wrap(bytes);
        var plain = new ByteArrayOutputStream(png.capacity());
        plain.writeBytes(PNG);
        boolean first = true;
        for (int at = PNG.length; at < png.capacity(); ) {
            if (png.capacity() - at < CHUNK_FRAME) {
                throw broken();
            }
            int length = png.getInt(at);
            if (length < 0 || length > png.capacity() - at - CHUNK_FRAME) {
                throw broken();
            }
            var type = new String(bytes, at + 4, 4, StandardCharsets.ISO_8859_1);
            if (MOVING.contains(type)) {
                throw wrong("a picture does not move");
            }
            if (first != type.equals("IHDR")) {
                throw broken();
            }
            if (first) {
                requireSize(png.getInt(at + 8), png.getInt(at + 12));
                first = false;
            }
            if (KEPT.contains(type)) {
                plain.write(bytes, at, length + CHUNK_FRAME);
            }
            at += length + CHUNK_FRAME;
        }
        return plain.toByteArray();
    }

    /// Walks the segments up to the frame header.
    private static byte[] checkedJpeg(byte[] bytes) {
        var jpeg = ByteBuffer.wrap(bytes);
        int at = 2;
        while (jpeg.capacity() - at >= 9) {
            int marker = jpeg.getShort(at) & 0xffff;
            boolean frame =
                    marker >= 0xffc0 && marker <= 0xffcf && marker != 0xffc4 && marker != 0xffc8 && marker != 0xffcc;
            if (frame) {
                requireSize(jpeg.getShort(at + 7) & 0xffff, jpeg.getShort(at + 5) & 0xffff);
                return bytes;
            }
            if (marker < 0xffc0 || marker == 0xffda) {
                throw broken();
            }
            at += 2 + (jpeg.getShort(at + 2) & 0xffff);
        }
        throw broken();
    }

    private static void requireSize(int width, int height) {
        if (width < SHORTEST_SIDE
                || height < SHORTEST_SIDE
                || width > LONGEST_SIDE
                || height > LONGEST_SIDE
                || (long) width * height > MOST_PIXELS) {
            throw wrong("a picture has sides of " + SHORTEST_SIDE + " to " + LONGEST_SIDE + " pixels and at most "
                    + MOST_PIXELS / 1_000_000 + " million of them");
        }
    }

    private static BufferedImage decode(byte[] picture, String format) {
        var reader = ImageIO.getImageReadersByFormatName(format).next();
        try (var in = ImageIO.createImageInputStream(new ByteArrayInputStream(picture))) {
            reader.setInput(in, true, true);
            var read = reader.read(0);
            requireSize(read.getWidth(), read.getHeight());
            var paper = new BufferedImage(read.getWidth(), read.getHeight(), BufferedImage.TYPE_INT_RGB);
            var canvas = paper.createGraphics();
            canvas.drawImage(read, 0, 0, Color.WHITE, null);
            canvas.dispose();
            return paper;
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException | NegativeArraySizeException e) {
            throw (InvalidInput) broken().initCause(e); // what the JDK's readers throw for broken files
        } finally {
            reader.dispose();
        }
    }

    private static boolean startsWith(byte[] bytes, byte[] start) {
        return Arrays.equals(bytes, 0, start.length, start, 0, start.length);
    }

    private static InvalidInput broken() {
        return wrong("the picture cannot be read");
    }

    static InvalidInput wrong(String rule) {
        return new InvalidInput("seal-scan", "picture", rule);
    }
}
