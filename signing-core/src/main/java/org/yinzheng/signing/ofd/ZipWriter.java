package org.yinzheng.signing.ofd;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import org.yinzheng.signing.DocumentBytes;

/// Writes a ZIP that depends on its files and one time only. Files that were packed before are taken over as
/// they are: stamping does not deflate a font again. (`java.util.zip` can do neither.)
final class ZipWriter {
    private static final short VERSION = 20;
    private static final short UTF_8 = 1 << 11;

    private ZipWriter() {}

    static DocumentBytes write(Collection<Part> parts, Instant time) {
        var zip = new ByteArrayOutputStream(1 << 17);
        var directory = new ByteArrayOutputStream();
        for (var part : parts) {
            var name = part.name.getBytes(StandardCharsets.UTF_8);
            int offset = zip.size();
            zip.writeBytes(header(30, 0x04034b50).put(common(part, name, time)).array());
            zip.writeBytes(name);
            zip.writeBytes(bytes(part.packed()));
            directory.writeBytes(header(46, 0x02014b50)
                    .putShort(VERSION)
                    .put(common(part, name, time))
                    .position(42)
                    .putInt(offset)
                    .array());
            directory.writeBytes(name);
        }
        int start = zip.size();
        zip.writeBytes(directory.toByteArray());
        short count = (short) parts.size();
        zip.writeBytes(header(22, 0x06054b50)
                .putInt(0)
                .putShort(count)
                .putShort(count)
                .putInt(directory.size())
                .putInt(start)
                .array());
        return DocumentBytes.owning(zip.toByteArray());
    }

    /// What both headers of a file have, from the version needed to the length of the extra field.
    private static byte[] common(Part part, byte[] name, Instant time) {
        var at = time.atOffset(ZoneOffset.UTC);
        int years = Math.clamp(at.getYear() - 1980, 0, 127);
        return ByteBuffer.allocate(26)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(VERSION)
                .putShort(UTF_8)
                .putShort((short) part.method)
                .putShort((short) ((at.getHour() << 11) | (at.getMinute() << 5) | (at.getSecond() / 2)))
                .putShort((short) ((years << 9) | (at.getMonthValue() << 5) | at.getDayOfMonth()))
                .putInt((int) part.checksum)
                .putInt(part.packed().remaining())
                .putInt(part.size)
                .putShort((short) name.length)
                .array();
    }

    private static byte[] bytes(ByteBuffer packed) {
        var bytes = new byte[packed.remaining()];
        packed.get(bytes);
        return bytes;
    }

    private static ByteBuffer header(int size, int mark) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN).putInt(mark);
    }
}
