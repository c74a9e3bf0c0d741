package org.yinzheng.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.yinzheng.signing.Failure;

/// The folder that holds everything one installation owns, and the lock that keeps a second process out of it.
/// The lock is the
/// operating system's: it goes with the process, also when that is killed.
final class DataDirectory implements AutoCloseable {
    private final Path root;
    private final FileChannel lock;

    private DataDirectory(Path root, FileChannel lock) {
        this.root = root;
        this.lock = lock;
    }

    /// Creates the folder (readable by its owner only) when it is not there, and takes the lock.
    ///
    /// @throws Failure.NotDone when another process works in this folder
    static DataDirectory open(Path root) throws IOException {
        if (!Files.isDirectory(root)) {
            Files.createDirectories(root.toAbsolutePath().getParent());
            Files.createDirectory(
                    root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
        var channel = FileChannel.open(
                root.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        try {
            if (channel.tryLock() != null) {
                return new DataDirectory(root.toRealPath(), channel);
            }
            channel.close();
            throw inUse(root, null);
        } catch (OverlappingFileLockException e) {
            channel.close();
            throw inUse(root, e);
        }
    }

    private static Failure.NotDone inUse(Path root, @org.jspecify.annotations.Nullable Throwable cause) {
        return new Failure.NotDone(
                "another yinzheng works in " + root + ": stop it, or give this one another --data folder", cause);
    }

    Path root() {
        return root;
    }

    Path keys() {
        return keys(root);
    }

    static Path keys(Path root) {
        return root.resolve("keys");
    }

    Path documents() {
        return documents(root);
    }

    static Path documents(Path root) {
        return root.resolve("documents");
    }

    Path catalogue() {
        return root.resolve("catalogue");
    }

    Path pki() {
        return root.resolve("pki");
    }

    /// What `verify` trusts when it is told nothing else.
    static Path trust(Path root) {
        return root.resolve("trust");
    }

    Path settings() {
        return settings(root);
    }

    static Path settings(Path root) {
        return root.resolve("yinzheng.yaml");
    }

    @Override
    public void close() {
        try {
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
