package org.yinzheng.hsm.token;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.EnumSet;
import java.util.UUID;

/// Files that only their owner may read, whole or absent whatever happens.
public final class DurableFile {
    private DurableFile() {}

    /// Writes beside `file`, syncs, renames, syncs the directory. If we crash here, the old content (or none)
    /// is there, and perhaps a `.new` file that the next write takes over.
    public static void write(Path file, byte[] content) throws IOException {
        var beside = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(beside);
        writeSynced(beside, content);
        Files.move(beside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        sync(file.resolveSibling("").toAbsolutePath());
    }

    /// The same, but never in place of a file that is there.
    ///
    /// @throws java.nio.file.FileAlreadyExistsException when there is one
    public static void writeNew(Path file, byte[] content) throws IOException {
        var beside = file.resolveSibling(file.getFileName() + "." + UUID.randomUUID() + ".new");
        try {
            writeSynced(beside, content);
            Files.createLink(file, beside);
        } finally {
            Files.deleteIfExists(beside);
        }
        sync(file.resolveSibling("").toAbsolutePath());
    }

    /// Gone for good when this returns; also when there was none.
    public static void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        sync(file.resolveSibling("").toAbsolutePath());
    }

    private static void writeSynced(Path beside, byte[] content) throws IOException {
        var mode = PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
        var options = EnumSet.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (var channel = FileChannel.open(beside, options, mode)) {
            var buffer = ByteBuffer.wrap(content);
            while (buffer.hasRemaining()) {
                channel.write(buffer);
            }
            channel.force(true);
        }
    }

    private static void sync(Path directory) throws IOException {
        try (var channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    /// A directory (and its parents) that only its owner may enter.
    public static void directory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            Files.createDirectories(
                    directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        }
    }
}
