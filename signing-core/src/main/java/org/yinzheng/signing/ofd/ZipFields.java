package org.yinzheng.signing.ofd;

import static org.yinzheng.signing.ofd.OfdPackage.broken;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/// What follows a header of a ZIP, before a file or in the directory: the name and the extra fields.
final class ZipFields {
    private static final int UTF_8 = 1 << 11;
    private static final int UNICODE_PATH = 0x7075;
    private static final int ZIP64 = 1;
    private static final long MARKER = 0xffffffffL;

    private final ByteBuffer zip;
    private final int start;
    private final int nameLength;
    private int zip64 = -1;
    private int zip64End;

    /// @param packed as the ZIP64 field gives it where the header has no room
    /// @param size likewise
    /// @param offset likewise; the header before a file has none
    record Large(long size, long packed, long offset) {}

    ZipFields(ByteBuffer zip, int start, int nameLength, int extraLength, int limit) {
        this.zip = zip;
        this.start = start;
        this.nameLength = nameLength;
        int extra = start + nameLength;
        int end = extra + extraLength;
        if (end > limit) {
            throw broken("the ZIP's directory or a header is not whole");
        }
        for (int field = extra; end - field >= 4; ) {
            int kind = zip.getShort(field) & 0xffff;
            int next = field + 4 + (zip.getShort(field + 2) & 0xffff);
            if (kind == UNICODE_PATH) {
                // gives the file another name for those readers that know it
                throw broken("a file of the ZIP has two names");
            }
            if (kind == ZIP64) {
                if (zip64 >= 0 || next > end) {
                    throw broken("a file of the ZIP has two sizes");
                }
                zip64 = field + 4;
                zip64End = next;
            }
            field = next;
        }
    }

    Large zip64(long size, long packed) {
        return zip64(size, packed, 0);
    }

    /// The numbers of the header, and those of the ZIP64 field in place of each that is all ones.
    Large zip64(long size, long packed, long offset) {
        int at = zip64;
        var values = new long[] {size, packed, offset};
        for (int i = 0; i < values.length; i++) {
            if (values[i] == MARKER) {
                if (at < 0 || at + 8 > zip64End || zip.getLong(at) < 0) {
                    throw broken("a file of the ZIP has no size");
                }
                values[i] = zip.getLong(at);
                at += 8;
            }
        }
        return new Large(values[0], values[1], values[2]);
    }

    /// In GB18030 where it is not UTF-8: so do older systems here write it. Back slashes are those of one system, and
    /// mean what slashes mean.
    String name(int flags) {
        try {
            return plain(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(zip.slice(start, nameLength))
                    .toString());
        } catch (CharacterCodingException e) {
            if ((flags & UTF_8) != 0) {
                throw broken("a file name is not UTF-8");
            }
            return plain(Charset.forName("GB18030")
                    .decode(zip.slice(start, nameLength))
                    .toString());
        }
    }

    private static String plain(String name) {
        return name.replace('\\', '/');
    }
}
