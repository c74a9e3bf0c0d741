package org.yinzheng.testdata.corpus.ofd;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import org.yinzheng.signing.DocumentBytes;

/// Writes a ZIP byte by byte, right or wrong: whatever stands in it can be set.
@SuppressWarnings("ByteBufferBackingArray") // of buffers that are made here, whole
final class ZipBuilder {
    static final int ENCRYPTED = 1;
    static final int DESCRIPTOR = 8;

    final List<Item> items = new ArrayList<>();
    byte[] comment = new byte[0];
    byte[] beforeDirectory = new byte[0];
    byte[] behind = new byte[0];
    boolean zip64;
    /// Added to the count of the ZIP64 end record.
    int zip64Miscount;

    /// One file: what its header says, what the directory says, and what is there.
    static final class Item {
        String name;
        String listedName;
        final byte[] packed;
        int flags = 1 << 11;
        int method;
        int listedMethod;
        long checksum;
        long size;
        long listedSize;
        byte[] extra = new byte[0];
        byte[] listedExtra = new byte[0];
        byte[] before = new byte[0];
        byte[] descriptor = new byte[0];
        boolean later;
        boolean listed = true;
        int offset = -1;

        Item(String name, byte[] content, boolean deflated) {
            this.name = name;
            this.listedName = name;
            this.packed = deflated ? deflate(content) : content;
            this.method = deflated ? 8 : 0;
            this.listedMethod = method;
            var crc = new CRC32();
            crc.update(content);
            this.checksum = crc.getValue();
            this.size = content.length;
            this.listedSize = size;
        }

        /// The numbers behind the file in place of before it.
        Item withDescriptor(boolean marked) {
            later = true;
            flags |= DESCRIPTOR;
            var bytes = little(marked ? 16 : 12);
            if (marked) {
                bytes.putInt(0x08074b50);
            }
            descriptor = bytes.putInt((int) checksum)
                    .putInt(packed.length)
                    .putInt((int) size)
                    .array();
            return this;
        }

        private static byte[] deflate(byte[] content) {
            var deflater = new Deflater(6, true);
            deflater.setInput(content);
            deflater.finish();
            var bytes = new byte[content.length + 100 + content.length / 100];
            int length = deflater.deflate(bytes);
            deflater.end();
            return Arrays.copyOf(bytes, length);
        }
    }

    static ZipBuilder of(Parcel parcel) {
        var builder = new ZipBuilder();
        parcel.names().forEach(name -> builder.items.add(new Item(name, parcel.get(name), true)));
        return builder;
    }

    Item item(String name) {
        return items.stream().filter(item -> item.name.equals(name)).findFirst().orElseThrow();
    }

    ZipBuilder add(Item item) {
        items.add(item);
        return this;
    }

    DocumentBytes build() {
        var zip = new ByteArrayOutputStream();
        for (var item : items) {
            zip.writeBytes(item.before);
            if (item.offset < 0) {
                item.offset = zip.size();
            }
            zip.writeBytes(header(item));
            zip.writeBytes(item.packed);
            zip.writeBytes(item.descriptor);
        }
        zip.writeBytes(beforeDirectory);
        int start = zip.size();
        int count = 0;
        for (var item : items) {
            if (item.listed) {
                zip.writeBytes(listed(item));
                count++;
            }
        }
        int size = zip.size() - start;
        if (zip64) {
            int at = zip.size();
            zip.writeBytes(little(56)
                    .putInt(0x06064b50)
                    .putLong(44)
                    .putShort((short) 45)
                    .putShort((short) 45)
                    .putInt(0)
                    .putInt(0)
                    .putLong(count + zip64Miscount)
                    .putLong(count + zip64Miscount)
                    .putLong(size)
                    .putLong(start)
                    .array());
            zip.writeBytes(little(20)
                    .putInt(0x07064b50)
                    .putInt(0)
                    .putLong(at)
                    .putInt(1)
                    .array());
        }
        zip.writeBytes(little(22)
                .putInt(0x06054b50)
                .putInt(0)
                .putShort((short) count)
                .putShort((short) count)
                .putInt(size)
                .putInt(start)
                .putShort((short) comment.length)
                .array());
        zip.writeBytes(comment);
        zip.writeBytes(behind);
        return DocumentBytes.owning(zip.toByteArray());
    }

    private byte[] header(Item item) {
        var name = item.name.getBytes(StandardCharsets.UTF_8);
        var extra = zip64 ? large(item, 16) : item.extra;
        var bytes = little(30 + name.length + extra.length)
                .putInt(0x04034b50)
                .putShort((short) 20)
                .putShort((short) item.flags)
                .putShort((short) item.method)
                .putInt(0x5a210000)
                .putInt(item.later ? 0 : (int) item.checksum);
        bytes.putInt(zip64 ? -1 : item.later ? 0 : item.packed.length);
        bytes.putInt(zip64 ? -1 : item.later ? 0 : (int) item.size);
        return bytes.putShort((short) name.length)
                .putShort((short) extra.length)
                .put(name)
                .put(extra)
                .array();
    }

    private byte[] listed(Item item) {
        var name = item.listedName.getBytes(StandardCharsets.UTF_8);
        var extra = zip64 ? large(item, 24) : item.listedExtra;
        var bytes = little(46 + name.length + extra.length)
                .putInt(0x02014b50)
                .putShort((short) 20)
                .putShort((short) 20)
                .putShort((short) item.flags)
                .putShort((short) item.listedMethod)
                .putInt(0x5a210000)
                .putInt((int) item.checksum);
        bytes.putInt(zip64 ? -1 : item.packed.length).putInt(zip64 ? -1 : (int) item.listedSize);
        bytes.putShort((short) name.length)
                .putShort((short) extra.length)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) 0)
                .putInt(0)
                .putInt(zip64 ? -1 : item.offset);
        return bytes.put(name).put(extra).array();
    }

    private static byte[] large(Item item, int length) {
        var bytes = little(4 + length)
                .putShort((short) 1)
                .putShort((short) length)
                .putLong(item.size)
                .putLong(item.packed.length);
        return length == 24 ? bytes.putLong(item.offset).array() : bytes.array();
    }

    static byte[] extra(int kind, byte[] content) {
        return little(4 + content.length)
                .putShort((short) kind)
                .putShort((short) content.length)
                .put(content)
                .array();
    }

    private static ByteBuffer little(int length) {
        return ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
    }
}
