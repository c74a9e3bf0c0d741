package org.yinzheng.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.Failure;

class DataDirectoryTest {
    @TempDir
    private Path parent = Path.of("");

    @Test
    void newFolder_isItsOwnersOnly() throws IOException {
        try (var directory = DataDirectory.open(parent.resolve("data"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.root())))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void folderInUse_isRefused_untilItIsFree() throws IOException {
        var folder = parent.resolve("data");
        var first = DataDirectory.open(folder);
        assertThatThrownBy(() -> DataDirectory.open(folder))
                .isInstanceOf(Failure.NotDone.class)
                .hasMessageContaining("--data");
        first.close();

        DataDirectory.open(folder).close();
    }
}
