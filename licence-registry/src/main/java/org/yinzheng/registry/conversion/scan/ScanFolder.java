package org.yinzheng.registry.conversion.scan;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;
import org.yinzheng.signing.InvalidInput;

/// The folder of scans: the only place that names in an index can lead to.
public final class ScanFolder {
    static final int MOST_BYTES = 32 << 20;

    private final Path root;

    /// @throws InvalidInput `scans-missing` when there is no such folder
    public ScanFolder(Path folder) {
        try {
            this.root = folder.toRealPath();
        } catch (IOException e) {
            var invalid = new InvalidInput("scans-missing", "", "the folder of scans is not there");
            invalid.initCause(e);
            throw invalid;
        }
        if (!Files.isDirectory(root)) {
            throw new InvalidInput("scans-missing", "", "the folder of scans is no folder");
        }
    }

    /// @param name as the index has it, relative to the folder
    /// @throws Failure.NotDone when a file that is there cannot be read
    public Scan look(String name) {
        if (name.indexOf('\0') >= 0) {
            return new Scan.Refused(ScanFault.MISSING);
        }
        Path file;
        try {
            var named = root.resolve(name).normalize();
            if (!named.startsWith(root)) {
                return new Scan.Refused(ScanFault.OUTSIDE_THE_FOLDER);
            }
            // follows links, so that what is judged is what is read
            file = named.toRealPath();
        } catch (InvalidPathException e) {
            // not the row's fault: without this no row with a Chinese file name would have a scan
            throw new Failure.NotDone("file names cannot be written in this locale: start Java under C.UTF-8", e);
        } catch (IOException e) {
            // nothing of that name, a link to itself, a file where a folder should be
            return new Scan.Refused(ScanFault.MISSING);
        }
        if (!file.startsWith(root)) {
            return new Scan.Refused(ScanFault.OUTSIDE_THE_FOLDER);
        }
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return new Scan.Refused(ScanFault.MISSING);
        }
        byte[] bytes;
        try (var in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            if (Files.size(file) > MOST_BYTES) {
                return new Scan.Refused(ScanFault.TOO_LARGE);
            }
            bytes = in.readNBytes(MOST_BYTES + 1);
        } catch (AccessDeniedException e) {
            return new Scan.Refused(ScanFault.UNREADABLE);
        } catch (IOException e) {
            throw new Failure.NotDone("a scan cannot be read: check the folder's permissions and its disk", e);
        }
        if (bytes.length > MOST_BYTES) {
            return new Scan.Refused(ScanFault.TOO_LARGE);
        }
        var fault = Picture.fault(bytes);
        return fault.<Scan>map(Scan.Refused::new)
                .orElseGet(() -> new Scan.Usable(DocumentBytes.owning(bytes).sha256()));
    }
}
