package org.yinzheng.signing.ofd;

import static org.yinzheng.signing.ofd.OfdPackage.broken;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import org.yinzheng.signing.DocumentBytes;

/// Reads a ZIP so that every reader must see the same files: the directory at its end, the headers before the files,
/// and the bytes between them have to agree. Caps are checked before anything is unpacked.
final class ZipReader {
    private static final int LOCAL = 0x04034b50;
    private static final int LOCAL_SIZE = 30;
    private static final int DESCRIPTOR = 0x08074b50;

    private static final int ENCRYPTED = 1;
    private static final int DESCRIPTOR_FOLLOWS = 1 << 3;

    private final ByteBuffer zip;
    private long strays;

    private ZipReader(ByteBuffer zip) {
        this.zip = zip.order(ByteOrder.LITTLE_ENDIAN);
    }

    /// @throws org.yinzheng.signing.InvalidInput `ofd-package`, `ofd-unreadable`, `ofd-encrypted`, `ofd-limits`: see
    /// [OfdPackage]
    static OfdPackage read(DocumentBytes document) {
        return new ZipReader(document.view()).read();
    }

    private OfdPackage read() {
        var directory = ZipDirectory.read(zip);
        var inOrder = new ArrayList<>(directory.entries());
        inOrder.sort(Comparator.comparingLong(ZipDirectory.Entry::offset));
        var parts = new ArrayList<Part>();
        int expected = 0;
        for (var entry : inOrder) {
            if (entry.offset() < expected) {
                throw broken("two files of the ZIP share bytes");
            }
            stray(expected, (int) entry.offset());
            int data = dataOffset(entry, directory.start());
            expected = endOf(entry, data, directory.start());
            if (!entry.name().endsWith("/")) {
                var packed = zip.slice(data, (int) entry.packed());
                parts.add(Part.packed(entry.name(), entry.method(), packed, (int) entry.size(), entry.checksum()));
            } else if (entry.size() != 0) {
                throw broken("a folder has content");
            }
        }
        stray(expected, directory.start());
        stray(directory.end(), zip.limit());
        return OfdPackage.of(parts, strays);
    }

    /// Bytes that belong to no file. A reader that looks for headers instead of using the directory must not find any.
    private void stray(int from, int to) {
        for (int at = from; at + 4 <= to; at++) {
            int mark = zip.get(at) == 'P' ? zip.getInt(at) : 0;
            if (mark == LOCAL || mark == ZipDirectory.CENTRAL || mark == ZipDirectory.END) {
                throw broken("a file is hidden between the files of the ZIP");
            }
        }
        strays += to - from;
    }

    /// Checks the header before the file against the directory's entry.
    private int dataOffset(ZipDirectory.Entry entry, int limit) {
        int at = (int) entry.offset();
        if (limit - at < LOCAL_SIZE || zip.getInt(at) != LOCAL) {
            throw broken("a file of the ZIP has no header");
        }
        var fields = new ZipFields(zip, at + LOCAL_SIZE, word(at + 26), word(at + 28), limit);
        long data = (long) at + LOCAL_SIZE + word(at + 26) + word(at + 28);
        if (data + entry.packed() > limit) {
            throw broken("a file of the ZIP is cut off");
        }
        int flags = word(at + 6);
        long packed = number(at + 18);
        long size = number(at + 22);
        var large = fields.zip64(size, packed);
        boolean later = (flags & DESCRIPTOR_FOLLOWS) != 0;
        boolean agrees = (flags & ENCRYPTED) == 0
                && word(at + 8) == entry.method()
                && fields.name(flags).equals(entry.name())
                && agrees(number(at + 14), entry.checksum(), later)
                && agrees(large.packed(), entry.packed(), later)
                && agrees(large.size(), entry.size(), later);
        if (!agrees) {
            throw broken("the ZIP's directory and the header of a file disagree");
        }
        return (int) data;
    }

    /// A writer that did not know a number yet left zero.
    private static boolean agrees(long before, long known, boolean later) {
        return before == known || (later && before == 0);
    }

    /// Where the next file begins: after the descriptor, with or without its mark, when there is one.
    private int endOf(ZipDirectory.Entry entry, int data, int limit) {
        int end = data + (int) entry.packed();
        if ((word((int) entry.offset() + 6) & DESCRIPTOR_FOLLOWS) == 0) {
            return end;
        }
        for (int size : new int[] {16, 12, 24, 20}) {
            boolean marked = size % 8 == 0;
            if (end + size <= limit
                    && (!marked || zip.getInt(end) == DESCRIPTOR)
                    && describes(entry, end + (marked ? 4 : 0), size > 16)) {
                return end + size;
            }
        }
        if (entry.packed() == 0 || number((int) entry.offset() + 18) != 0) {
            return end; // its header has the numbers, and they were right
        }
        throw broken("the ZIP's directory and the descriptor of a file disagree");
    }

    private boolean describes(ZipDirectory.Entry entry, int at, boolean large) {
        return number(at) == entry.checksum()
                && (large ? zip.getLong(at + 4) : number(at + 4)) == entry.packed()
                && (large ? zip.getLong(at + 12) : number(at + 8)) == entry.size();
    }

    private int word(int at) {
        return zip.getShort(at) & 0xffff;
    }

    private long number(int at) {
        return zip.getInt(at) & 0xffffffffL;
    }
}
