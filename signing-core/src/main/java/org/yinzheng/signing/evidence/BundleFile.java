package org.yinzheng.signing.evidence;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;

/// The ZIP around a bundle. Read under caps, and twice: by its directory and by the headers before the files. A ZIP
/// that
/// says two things is refused, for somebody else would unpack another document than the one that we judge.
final class BundleFile {
    static final long LARGEST_FILE = 200L << 20;
    static final long LARGEST_TOTAL = 256L << 20;
    static final int MOST_FILES = 1_000;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9.-]*(/[A-Za-z0-9][A-Za-z0-9.-]*)?");

    private BundleFile() {}

    static void write(OutputStream out, Map<String, DocumentBytes> files, Instant at) throws IOException {
        var zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        for (var file : files.entrySet()) {
            var entry = new ZipEntry(file.getKey());
            entry.setLastModifiedTime(java.nio.file.attribute.FileTime.from(at));
            zip.putNextEntry(entry);
            zip.write(file.getValue().toByteArray());
            zip.closeEntry();
        }
        zip.finish();
        zip.flush();
    }

    /// @throws org.yinzheng.signing.InvalidInput `bundle-form`
    /// @throws Failure.NotDone when the file cannot be read
    static Map<String, DocumentBytes> read(Path file) {
        try {
            if (Files.size(file) > LARGEST_TOTAL) {
                throw EvidenceBundle.malformed("larger than " + (LARGEST_TOTAL >> 20) + " MB");
            }
            var contents = contents(file);
            requireSame(file, contents);
            return contents;
        } catch (ZipException | IllegalArgumentException e) { // the latter for names that are no UTF-8
            throw EvidenceBundle.malformed("no ZIP, or a broken one");
        } catch (IOException e) {
            throw e instanceof java.io.EOFException
                    ? EvidenceBundle.malformed("cut off")
                    : new Failure.NotDone("the bundle cannot be read", e);
        }
    }

    private static Map<String, DocumentBytes> contents(Path file) throws IOException {
        var contents = new LinkedHashMap<String, DocumentBytes>();
        long total = 0;
        try (var zip =
                new ZipInputStream(new BufferedInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8)) {
            for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (contents.size() >= MOST_FILES
                        || !NAME.matcher(entry.getName()).matches()) {
                    throw EvidenceBundle.malformed("too many files, or a name that does not belong here");
                }
                var bytes = zip.readNBytes((int) Math.min(LARGEST_FILE, LARGEST_TOTAL - total) + 1);
                total += bytes.length;
                if (bytes.length > LARGEST_FILE || total > LARGEST_TOTAL) {
                    throw EvidenceBundle.malformed("it unpacks to more than is allowed");
                }
                if (contents.put(entry.getName(), DocumentBytes.owning(bytes)) != null) {
                    throw EvidenceBundle.malformed("two files of one name");
                }
            }
        }
        return contents;
    }

    private static void requireSame(Path file, Map<String, DocumentBytes> contents) throws IOException {
        try (var zip = new ZipFile(file.toFile(), StandardCharsets.UTF_8)) {
            var names = zip.stream().map(ZipEntry::getName).toList();
            if (!names.equals(java.util.List.copyOf(contents.keySet()))) {
                throw EvidenceBundle.malformed("its directory and its files disagree");
            }
            for (var content : contents.entrySet()) {
                var entry = zip.getEntry(content.getKey());
                var checksum = new CRC32();
                var bytes = content.getValue().toByteArray();
                checksum.update(bytes);
                if (entry.getSize() != bytes.length || entry.getCrc() != checksum.getValue()) {
                    throw EvidenceBundle.malformed("its directory and its files disagree");
                }
            }
        }
    }
}
