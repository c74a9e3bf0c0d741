package org.yinzheng.api.client;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What was fetched, in files. If we crash here there is the old file or the new one, whole. A cache that cannot be
/// read
/// or written is as good as none.
final class RevocationCache {
    private static final Logger LOG = LoggerFactory.getLogger(RevocationCache.class);

    private final Path folder;

    RevocationCache(Path folder) {
        this.folder = folder;
    }

    Optional<byte[]> get(String name) {
        var file = folder.resolve(name);
        try {
            return Files.exists(file) ? Optional.of(Files.readAllBytes(file)) : Optional.empty();
        } catch (IOException e) {
            LOG.warn("cached revocation data cannot be read: {}", e.getClass().getSimpleName());
            return Optional.empty();
        }
    }

    void put(String name, byte[] content) {
        try {
            Files.createDirectories(folder);
            var temporary = Files.createTempFile(folder, "fetched", ".new");
            Files.write(temporary, content);
            Files.move(
                    temporary,
                    folder.resolve(name),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            LOG.warn("revocation data cannot be kept: {}", e.getClass().getSimpleName());
        }
    }
}
