package org.yinzheng.registry.document;

import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.Failure;

/// Documents in a directory: `ab/cd/abcd…`. A name appears when its bytes are on the disk, and never before.
public final class DirectoryStore implements DocumentStore {
    private final Path root;
    private final Path arriving;
    /// Folders whose own names are known to be on the disk; there are 65,792 of them at most.
    private final Set<Path> settled = ConcurrentHashMap.newKeySet();

    /// Deletes what a killed process left half written.
    public DirectoryStore(Path root) {
        this.root = root;
        this.arriving = root.resolve("arriving");
        try {
            Files.createDirectories(arriving);
            try (Stream<Path> left = Files.list(arriving)) {
                for (var file : left.toList()) {
                    deleteIfOld(file);
                }
            }
        } catch (IOException e) {
            throw new Failure.NotDone("the document store's directory cannot be used: " + root, e);
        }
    }

    @Override
    public Digest put(DocumentBytes document) {
        return put(document.sha256(), document::stream);
    }

    @Override
    public Digest put(Path document) {
        try (var in = Files.newInputStream(document)) {
            return put(Digest.sha256(in), () -> Files.newInputStream(document));
        } catch (IOException e) {
            throw new Failure.NotDone("the document could not be read", e);
        }
    }

    private Digest put(Digest digest, Source document) {
        var target = path(digest);
        var temporary = arriving.resolve(UUID.randomUUID().toString());
        try {
            if (Files.exists(target)) {
                settle(target); // another may have moved it there just now
                return digest;
            }
            // a crash before the rename leaves a file in `arriving` only; after it, the whole document
            try (var in = document.open()) {
                write(temporary, in);
            }
            Files.createDirectories(folder(target));
            Files.move(temporary, target, StandardCopyOption.ATOMIC_MOVE);
            settle(target);
            return digest;
        } catch (IOException e) {
            var failure = new Failure.NotDone("the document could not be stored (is the disk full?)", e);
            try {
                Files.deleteIfExists(temporary);
            } catch (IOException left) {
                failure.addSuppressed(left);
            }
            throw failure;
        }
    }

    @Override
    public void fetch(Digest digest, Path into) {
        try {
            Files.copy(path(digest), into);
            try (var copy = Files.newInputStream(into)) {
                if (!Digest.sha256(copy).equals(digest)) {
                    Files.delete(into);
                    throw changed(digest);
                }
            }
        } catch (NoSuchFileException e) {
            throw missing(digest, e);
        } catch (IOException e) {
            throw unreadable(digest, e);
        }
    }

    @Override
    public DocumentBytes get(Digest digest) {
        try {
            var document = DocumentBytes.owning(Files.readAllBytes(path(digest)));
            if (!document.sha256().equals(digest)) {
                throw changed(digest);
            }
            return document;
        } catch (NoSuchFileException e) {
            throw missing(digest, e);
        } catch (IOException e) {
            throw unreadable(digest, e);
        }
    }

    @Override
    public void delete(Digest digest) {
        var file = path(digest);
        try {
            if (Files.deleteIfExists(file)) {
                flush(folder(file));
            }
        } catch (IOException e) {
            throw new Failure.NotDone("a document could not be deleted: " + digest, e);
        }
    }

    @FunctionalInterface
    private interface Source {
        InputStream open() throws IOException;
    }

    private static Failure changed(Digest digest) {
        return new Failure.NotDone("a stored document has changed: " + digest, null);
    }

    private static Failure missing(Digest digest, IOException e) {
        return new Failure.NotDone("a registered document is missing from the store: " + digest, e);
    }

    private static Failure unreadable(Digest digest, IOException e) {
        return new Failure.NotDone("a stored document could not be read: " + digest, e);
    }

    private Path path(Digest digest) {
        var hex = digest.hex();
        return root.resolve(hex.substring(0, 2)).resolve(hex.substring(2, 4)).resolve(hex);
    }

    private static void write(Path file, InputStream document) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            document.transferTo(Channels.newOutputStream(channel));
            channel.force(true);
        }
    }

    /// Makes a document's name survive a loss of power, and those of the folders above it, which others may have made
    /// and not flushed yet. Afterwards, not before: the file system writes all of them down at the first flush.
    private void settle(Path target) throws IOException {
        var folder = folder(target);
        flush(folder);
        if (!settled.contains(folder)) {
            var above = folder(folder);
            flush(above);
            if (!settled.contains(above)) {
                flush(root);
                settled.add(above);
            }
            settled.add(folder);
        }
    }

    private static Path folder(Path file) {
        var parent = file.getParent();
        if (parent == null) {
            throw new IllegalStateException("a document lies in a folder");
        }
        return parent;
    }

    /// Makes the names in a folder survive a loss of power.
    private static void flush(Path folder) throws IOException {
        try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// Another process may be writing into the same store.
    private static void deleteIfOld(Path file) throws IOException {
        var age = System.currentTimeMillis() - Files.getLastModifiedTime(file).toMillis();
        if (age > 3_600_000) {
            Files.deleteIfExists(file);
        }
    }
}
