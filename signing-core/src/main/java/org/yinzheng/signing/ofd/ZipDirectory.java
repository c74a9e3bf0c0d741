package org.yinzheng.signing.ofd;

import static org.yinzheng.signing.ofd.OfdPackage.beyond;
import static org.yinzheng.signing.ofd.OfdPackage.broken;
import static org.yinzheng.signing.ofd.OfdPackage.unreadable;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.yinzheng.signing.InvalidInput;

/// The directory at the end of a ZIP, ZIP64 included.
///
/// @param start where it begins, which is where the files end
/// @param end of everything that belongs to the ZIP, a comment among it: no reader shows that
record ZipDirectory(List<Entry> entries, int start, int end) {
    static final int CENTRAL = 0x02014b50;
    static final int END = 0x06054b50;

    static final int MOST_FILES = 10_000;
    static final long LARGEST_FILE = 256L << 20;
    static final long LARGEST_TOTAL = 320L << 20;
    /// Only what is larger than a megabyte unpacked is held to the ratio: small text packs very well.
    static final long BOMB_SIZE = 1L << 20;

    static final int BOMB_RATIO = 200;

    private static final int CENTRAL_SIZE = 46;
    private static final int END_SIZE = 22;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final int LARGE_END = 0x06064b50;
    private static final int LARGE_END_SIZE = 56;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_SIZE = 20;
    private static final int ENCRYPTED = 1;

    record Entry(String name, int method, long checksum, long packed, long size, long offset) {}

    static ZipDirectory read(ByteBuffer zip) {
        return new Reader(zip).read();
    }

    private static final class Reader {
        private final ByteBuffer zip;

        Reader(ByteBuffer zip) {
            this.zip = zip;
        }

        ZipDirectory read() {
            int end = findEnd();
            int comment = word(end + 20);
            long count = word(end + 10);
            long size = number(end + 12);
            long start = number(end + 16);
            if (word(end + 4) != 0 || word(end + 6) != 0 || word(end + 8) != count) {
                throw broken("the ZIP is one of several volumes");
            }
            int directoryEnd = end;
            if (end >= LOCATOR_SIZE && zip.getInt(end - LOCATOR_SIZE) == LOCATOR) {
                int large = largeEnd(end - LOCATOR_SIZE);
                count = same(count, 0xffff, zip.getLong(large + 32));
                size = same(size, 0xffffffffL, zip.getLong(large + 40));
                start = same(start, 0xffffffffL, zip.getLong(large + 48));
                directoryEnd = large;
            }
            if (start < 0 || size < 0 || start + size != directoryEnd) {
                throw broken("the ZIP's directory does not lie where its end says");
            }
            if (count > MOST_FILES) {
                throw beyond("there are more than " + MOST_FILES + " files");
            }
            return new ZipDirectory(
                    entries((int) start, directoryEnd, (int) count), (int) start, end + END_SIZE + comment);
        }

        /// The last end record, as every reader looks for it.
        private int findEnd() {
            int lowest = Math.max(0, zip.limit() - END_SIZE - LONGEST_COMMENT);
            for (int at = zip.limit() - END_SIZE; at >= lowest; at--) {
                if (zip.getInt(at) == END && at + END_SIZE + word(at + 20) <= zip.limit()) {
                    return at;
                }
            }
            throw unreadable("it is no ZIP, or was cut off");
        }

        /// It lies right before its locator.
        private int largeEnd(int locator) {
            int at = locator - LARGE_END_SIZE;
            if (at < 0
                    || zip.getInt(at) != LARGE_END
                    || zip.getLong(locator + 8) != at
                    || zip.getLong(at + 4) != LARGE_END_SIZE - 12
                    || zip.getLong(at + 24) != zip.getLong(at + 32)) {
                throw broken("the ZIP64 end of the directory is not where it should be");
            }
            return at;
        }

        /// Two records say how many there are: readers use one or the other.
        private static long same(long small, long marker, long large) {
            if (small != large && small != marker) {
                throw broken("the two ends of the ZIP's directory disagree");
            }
            return large;
        }

        private List<Entry> entries(int start, int end, int count) {
            var entries = new ArrayList<Entry>();
            long total = 0;
            int at = start;
            for (int i = 0; i < count; i++) {
                if (end - at < CENTRAL_SIZE || zip.getInt(at) != CENTRAL) {
                    throw broken("the ZIP's directory is not whole");
                }
                int next = at + CENTRAL_SIZE + word(at + 28) + word(at + 30) + word(at + 32);
                if (next > end) {
                    throw broken("the ZIP's directory is not whole");
                }
                var entry = entry(at, end);
                total += entry.size();
                if (total > LARGEST_TOTAL) {
                    throw beyond("it unpacks to more than " + (LARGEST_TOTAL >> 20) + " MB");
                }
                if (entry.offset() >= start) {
                    throw broken("a file of the ZIP lies behind its directory");
                }
                entries.add(entry);
                at = next;
            }
            if (at != end) {
                throw broken("the ZIP's directory lists other files than it counts");
            }
            return entries;
        }

        private Entry entry(int at, int end) {
            int flags = word(at + 8);
            int method = word(at + 10);
            var fields = new ZipFields(zip, at + CENTRAL_SIZE, word(at + 28), word(at + 30), end);
            var large = fields.zip64(number(at + 24), number(at + 20), number(at + 42));
            if ((flags & ENCRYPTED) != 0) {
                throw new InvalidInput(OfdPackage.ENCRYPTED, "", "a file of the package is encrypted");
            }
            if (method != Part.STORED && method != Part.DEFLATED) {
                throw broken("a file is packed in a way that OFD does not know");
            }
            if (large.packed() > zip.limit()) {
                throw broken("a file of the ZIP is cut off");
            }
            if (large.size() > LARGEST_FILE
                    || (large.size() > BOMB_SIZE && large.size() / BOMB_RATIO > large.packed())) {
                throw beyond("a file unpacks to far more than it holds");
            }
            if (method == Part.STORED && large.packed() != large.size()) {
                throw broken("a file has two sizes");
            }
            return new Entry(fields.name(flags), method, number(at + 16), large.packed(), large.size(), large.offset());
        }

        private int word(int at) {
            return zip.getShort(at) & 0xffff;
        }

        private long number(int at) {
            return zip.getInt(at) & 0xffffffffL;
        }
    }
}
