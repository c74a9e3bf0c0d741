package org.yinzheng.registry.postgres;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.Failure;

/// PostgreSQL's programs, unpacked from the class path (zonky's binaries) into a cache folder once for each version.
final class PostgresBinaries {
    private PostgresBinaries() {}

    /// @return the folder that holds `bin/`, `lib/` and `share/`
    static Path unpack(Path cache) {
        var system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        var machine = System.getProperty("os.arch", "");
        var resource = "/postgres-" + system + "-" + (machine.equals("amd64") ? "x86_64" : machine) + ".txz";
        try (var archive = PostgresBinaries.class.getResourceAsStream(resource)) {
            if (archive == null) {
                throw new Failure.NotDone(
                        "no embedded PostgreSQL for this system (" + resource
                                + "): name a PostgreSQL 15 or later by its JDBC URL",
                        null);
            }
            return unpack(archive.readAllBytes(), cache);
        } catch (IOException e) {
            throw new Failure.NotDone("PostgreSQL could not be unpacked into " + cache, e);
        }
    }

    private static Path unpack(byte[] archive, Path cache) throws IOException {
        var target = cache.resolve(Digest.sha256(archive).hex().substring(0, 16));
        Files.createDirectories(cache);
        try (var channel =
                        FileChannel.open(cache.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!lock.isValid() || !Files.isDirectory(target)) {
                var partial = target.resolveSibling(target.getFileName() + ".partial");
                delete(partial);
                extract(archive, partial);
                // a crash before this line leaves a partial folder that the next start deletes
                Files.move(partial, target, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return target;
    }

    private static void extract(byte[] archive, Path folder) throws IOException {
        try (InputStream bytes = new java.io.ByteArrayInputStream(archive);
                var tar = new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(bytes)))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                var path = folder.resolve(entry.getName()).normalize();
                if (!path.startsWith(folder)) {
                    throw new IOException("an entry outside the archive");
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(path);
                    continue;
                }
                Files.createDirectories(path.getParent() == null ? folder : path.getParent());
                if (entry.isSymbolicLink()) {
                    Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
                } else {
                    Files.copy(tar, path);
                    var executable = (entry.getMode() & 0100) != 0;
                    Files.setPosixFilePermissions(
                            path, PosixFilePermissions.fromString(executable ? "rwxr-xr-x" : "rw-r--r--"));
                }
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> paths = Files.walk(folder)) {
                for (var path : paths.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
    }
}
