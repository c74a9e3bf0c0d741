package org.yinzheng.signing.ofd;

import static org.yinzheng.signing.ofd.OfdPackage.broken;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/// Reads a ZIP so that every reader must see the same files: the directory at its end, the headers before
/// the files, and the bytes between them have to agree, and nothing may lie before, between or after. Caps are
/// checked before anything is unpacked.
final class ZipReader {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int END_SIZE = 22;
    private static final int CENTRAL_SIZE = 46;
    private static final int LOCAL_SIZE = 30;

    private static final int ENCRYPTED = 1;
    private static final int DESCRIPTOR_FOLLOWS = 1 << 3;
    private static final int UTF_8 = 1 << 11;
    private static final int UNICODE_PATH = 0x7075;

    static final int MOST_FILES = 4_000;
    static final long LARGEST_FILE = 32L << 20;
    static final long LARGEST_TOTAL = 64L << 20;
    /// Only what is larger than a megabyte unpacked is held to the ratio: small text packs very well.
    static final long BOMB_SIZE = 1L << 20;

    static final int BOMB_RATIO = 200;

    private final ByteBuffer zip;

    private ZipReader(byte[] bytes) {
        this.zip = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private record Entry(String name, int flags, int method, long checksum, int packed, int size, int offset) {}

    /// @throws org.yinzheng.signing.InvalidInput `ofd-package`
    static OfdPackage read(byte[] bytes) {
        return new ZipReader(bytes).read();
    }

    private OfdPackage read() {
        int end = zip.limit() - END_SIZE;
        if (end < 0 || zip.getInt(end) != END) {
            throw broken("it is no ZIP, was cut off, or something follows it");
        }
        int count = word(end + 10);
        long directory = number(end + 16);
        if (zip.getInt(end + 4) != 0
                || word(end + 8) != count
                || directory + number(end + 12) != end
                || word(end + 20) != 0) {
            throw broken("the ZIP's directory does not lie where its end says");
        }
        if (count > MOST_FILES) {
            throw broken("there are more than " + MOST_FILES + " files");
        }
        var entries = entries((int) directory, end, count);
        var parts = new ArrayList<Part>();
        int expected = 0;
        for (var entry :
                entries.stream().sorted(Comparator.comparingInt(Entry::offset)).toList()) {
            if (entry.offset() != expected) {
                throw broken("something lies between the files of the ZIP");
            }
            int data = dataOffset(entry, (int) directory);
            expected = endOf(entry, data, (int) directory);
            if (!entry.name().endsWith("/")) {
                var packed = Arrays.copyOfRange(zip.array(), data, data + entry.packed());
                parts.add(Part.packed(entry.name(), entry.method(), packed, entry.size(), entry.checksum()));
            } else if (entry.size() != 0) {
                throw broken("a folder has content");
            }
        }
        if (expected != directory) {
            throw broken("something lies between the files of the ZIP and its directory");
        }
        return OfdPackage.of(parts);
    }

    private List<Entry> entries(int directory, int end, int count) {
        var entries = new ArrayList<Entry>();
        long total = 0;
        int at = directory;
        for (int i = 0; i < count; i++) {
            if (end - at < CENTRAL_SIZE || zip.getInt(at) != CENTRAL) {
                throw broken("the ZIP's directory is not whole");
            }
            int nameLength = word(at + 28);
            int extraLength = word(at + 30);
            int next = at + CENTRAL_SIZE + nameLength + extraLength + word(at + 32);
            if (next > end) {
                throw broken("the ZIP's directory is not whole");
            }
            int flags = word(at + 8);
            int method = word(at + 10);
            long packed = number(at + 20);
            long size = number(at + 24);
            if ((flags & ENCRYPTED) != 0 || (method != Part.STORED && method != Part.DEFLATED)) {
                throw broken("a file is encrypted or packed in an unknown way");
            }
            total += size;
            if (size > LARGEST_FILE || total > LARGEST_TOTAL || packed > zip.limit()) {
                throw broken("it unpacks to more than is allowed");
            }
            if (size > BOMB_SIZE && size / BOMB_RATIO > packed) {
                throw broken("it unpacks to far more than it holds");
            }
            if (method == Part.STORED && packed != size) {
                throw broken("a file has two sizes");
            }
            refuseSecondName(at + CENTRAL_SIZE + nameLength, extraLength);
            entries.add(new Entry(
                    name(at + CENTRAL_SIZE, nameLength, flags),
                    flags,
                    method,
                    number(at + 16),
                    (int) packed,
                    (int) size,
                    offset(number(at + 42), directory)));
            at = next;
        }
        if (at != end) {
            throw broken("the ZIP's directory lists other files than it counts");
        }
        return entries;
    }

    /// Checks the header before the file against the directory's entry.
    private int dataOffset(Entry entry, int limit) {
        int at = entry.offset();
        if (limit - at < LOCAL_SIZE || zip.getInt(at) != LOCAL) {
            throw broken("a file of the ZIP has no header");
        }
        int nameLength = word(at + 26);
        int extraLength = word(at + 28);
        long data = (long) at + LOCAL_SIZE + nameLength + extraLength;
        if (data + entry.packed() > limit) {
            throw broken("a file of the ZIP is cut off");
        }
        refuseSecondName(at + LOCAL_SIZE + nameLength, extraLength);
        boolean later = (word(at + 6) & DESCRIPTOR_FOLLOWS) != 0;
        boolean agrees = word(at + 6) == entry.flags()
                && word(at + 8) == entry.method()
                && name(at + LOCAL_SIZE, nameLength, entry.flags()).equals(entry.name())
                && (later
                        || (number(at + 14) == entry.checksum()
                                && number(at + 18) == entry.packed()
                                && number(at + 22) == entry.size()));
        if (!agrees) {
            throw broken("the ZIP's directory and the header of a file disagree");
        }
        return (int) data;
    }

    /// Where the next file begins: after the descriptor, with or without its mark, when there is one.
    private int endOf(Entry entry, int data, int limit) {
        int end = data + entry.packed();
        if ((entry.flags() & DESCRIPTOR_FOLLOWS) == 0) {
            return end;
        }
        for (int size : new int[] {16, 12}) {
            int values = end + size - 12;
            if (end + size <= limit
                    && (size == 12 || zip.getInt(end) == 0x08074b50)
                    && number(values) == entry.checksum()
                    && number(values + 4) == entry.packed()
                    && number(values + 8) == entry.size()) {
                return end + size;
            }
        }
        throw broken("the ZIP's directory and the descriptor of a file disagree");
    }

    /// An Info-ZIP Unicode path gives the file another name for those readers that know it.
    private void refuseSecondName(int at, int length) {
        int end = at + length;
        for (int field = at; end - field >= 4; field += 4 + word(field + 2)) {
            if (word(field) == UNICODE_PATH) {
                throw broken("a file of the ZIP has two names");
            }
        }
    }

    private String name(int at, int length, int flags) {
        var bytes = zip.slice(at, length);
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
        } catch (CharacterCodingException e) {
            if ((flags & UTF_8) != 0) {
                throw broken("a file name is not UTF-8");
            }
            return Charset.forName("GB18030").decode(zip.slice(at, length)).toString();
        }
    }

    private static int offset(long offset, int directory) {
        if (offset >= directory) {
            throw broken("a file of the ZIP lies behind its directory");
        }
        return (int) offset;
    }

    private int word(int at) {
        return zip.getShort(at) & 0xffff;
    }

    private long number(int at) {
        return zip.getInt(at) & 0xffffffffL;
    }
}
