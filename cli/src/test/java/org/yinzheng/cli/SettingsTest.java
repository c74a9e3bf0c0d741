package org.yinzheng.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.signing.InvalidInput;

class SettingsTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void noFile_theDemonstrationsIsWritten() {
        var settings = Settings.load(folder.resolve("yinzheng.yaml"));

        assertThat(settings.signIn().demonstration()).isTrue();
        assertThat(settings.authorities()).hasSize(2);
        assertThat(folder.resolve("yinzheng.yaml")).exists();
    }

    @Test
    void unknownKey_isRefusedByItsPath() throws IOException {
        var file = folder.resolve("yinzheng.yaml");
        Settings.load(file);
        Files.writeString(file, Files.readString(file).replace("port: 8080", "prot: 8080"));

        assertThatThrownBy(() -> Settings.load(file))
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("server.prot");
    }

    @Test
    void trust_isTheFolderThatTheFileNames() throws IOException {
        var file = folder.resolve("yinzheng.yaml");
        assertThat(Settings.load(file).trust()).isEmpty();
        Files.writeString(file, Files.readString(file).replace("# trust: /etc", "trust: /etc"));

        assertThat(Settings.load(file).trust()).contains(Path.of("/etc/yinzheng/trust"));
    }

    @Test
    void unknownTokenKey_isRefused() throws IOException {
        var file = folder.resolve("yinzheng.yaml");
        Settings.load(file);
        Files.writeString(file, Files.readString(file).replace("library: softhsm", "libary: softhsm"));

        assertThatThrownBy(() -> Settings.load(file).tokenProfile())
                .isInstanceOf(InvalidInput.class)
                .hasMessageContaining("libary");
    }

    @Test
    void timestampAuthority_isNobodysElse_untilTheFileNamesOne() throws IOException {
        var file = folder.resolve("yinzheng.yaml");
        assertThat(Settings.load(file).timestamps()).isEmpty();
        Files.writeString(
                file,
                Files.readString(file)
                        .replace(
                                "# timestamps:\n#   url: https://tsa.example.gov/tsa\n#   anchor: /etc/yinzheng/tsa-root.pem\n",
                                "timestamps:\n  url: https://tsa.example.gov/tsa\n  anchor: /etc/yinzheng/tsa-root.pem\n"));

        assertThat(Settings.load(file).timestamps())
                .contains(new Settings.TimestampSettings(
                        URI.create("https://tsa.example.gov/tsa"), Path.of("/etc/yinzheng/tsa-root.pem")));
    }
}
