package org.yinzheng.signing.ofd;

import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.jspecify.annotations.Nullable;

/// One file of a package: as it lies in the ZIP, and unpacked.
final class Part {
    static final int STORED = 0;
    static final int DEFLATED = 8;

    final String name;
    final int method;
    final byte[] packed;
    /// As the package declares it.
    final long checksum;
    /// Null when the packed bytes do not unpack to what the package declares.
    private final byte @Nullable [] content;

    private Part(String name, int method, byte[] packed, long checksum, byte @Nullable [] content) {
        this.name = name;
        this.method = method;
        this.packed = packed;
        this.checksum = checksum;
        this.content = content;
    }

    /// A new file. Text is deflated lightly: a stronger level costs more than the bytes it saves are worth.
    static Part of(String name, byte[] content) {
        boolean text = name.endsWith(".xml") || name.endsWith(".ttf");
        var packed = text ? deflate(content) : content;
        return new Part(name, text ? DEFLATED : STORED, packed, crc(content), content);
    }

    static Part packed(String name, int method, byte[] packed, int size, long checksum) {
        return new Part(name, method, packed, checksum, method == STORED ? packed : inflate(packed, size));
    }

    /// Empty when the file is there and cannot be unpacked.
    Optional<byte[]> content() {
        return Optional.ofNullable(content);
    }

    int size() {
        return content == null ? 0 : content.length;
    }

    boolean hasRightChecksum() {
        return content != null && crc(content) == checksum;
    }

    /// Writes at most `size` bytes, whatever the stream would unpack to.
    private static byte @Nullable [] inflate(byte[] packed, int size) {
        var inflater = new Inflater(true);
        try {
            inflater.setInput(packed);
            var content = new byte[size];
            int written = 0;
            while (written < size) {
                int count = inflater.inflate(content, written, size - written);
                if (count == 0) {
                    return null;
                }
                written += count;
            }
            boolean ends = inflater.finished() || (inflater.inflate(new byte[1]) == 0 && inflater.finished());
            return ends && inflater.getRemaining() == 0 ? content : null;
        } catch (DataFormatException e) {
            return null;
        } finally {
            inflater.end();
        }
    }

    private static byte[] deflate(byte[] content) {
        var deflater = new Deflater(Deflater.BEST_SPEED, true);
        try {
            deflater.setInput(content);
            deflater.finish();
            var packed = new byte[content.length + content.length / 1000 + 64];
            int size = 0;
            while (!deflater.finished()) {
                size += deflater.deflate(packed, size, packed.length - size);
            }
            return Arrays.copyOf(packed, size);
        } finally {
            deflater.end();
        }
    }

    private static long crc(byte[] content) {
        var crc = new CRC32();
        crc.update(content);
        return crc.getValue();
    }
}
