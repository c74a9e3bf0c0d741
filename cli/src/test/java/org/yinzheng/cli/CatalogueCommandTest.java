package org.yinzheng.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yinzheng.testdata.SampleCatalogue;

class CatalogueCommandTest {
    @TempDir
    private Path folder;

    @BeforeEach
    void newDataFolder() throws IOException {
        SampleCatalogue.write(folder.resolve("catalogue"));
    }

    @Test
    void list_namesEveryType() {
        var listed = Terminal.run("catalogue", "list", "--data", folder);
        assertThat(listed.exitCode()).as(listed.err()).isEqualTo(ExitCode.DONE);
        assertThat(listed.out()).contains("居民身份证", "不动产权证书", "无条件共享", "有条件共享", "4 年至月末");
        assertThat(Terminal.run("catalogue", "show", "结婚证", "--data", folder).out())
                .contains("可多人共有", "区县级", "登记日期");
    }

    @Test
    void preview_drawsPdfOfdAndPng() throws IOException {
        for (var ending : new String[] {"pdf", "ofd", "png"}) {
            var file = folder.resolve("card." + ending);
            var drawn = Terminal.run("catalogue", "preview", "居民身份证", "--out", file, "--data", folder);
            assertThat(drawn.exitCode()).as(drawn.err()).isEqualTo(ExitCode.DONE);
            assertThat(Files.size(file)).isGreaterThan(1_000);
        }
        assertThat(Files.readString(folder.resolve("card.pdf"), StandardCharsets.ISO_8859_1))
                .startsWith("%PDF-1.7");
        var picture = ImageIO.read(folder.resolve("card.png").toFile());
        assertThat(picture.getHeight()).isGreaterThan(picture.getWidth());

        var wrong = Terminal.run("catalogue", "preview", "居民身份证", "--out", "card.docx", "--data", folder);
        assertThat(wrong.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(wrong.err()).contains(".ofd");
    }

    @Test
    void lint_ofTheDemonstrationsPacks_findsNothing_andAPlantedFaultEndsWithOne() throws IOException {
        var clean = Terminal.run("catalogue", "lint", "--data", folder);
        assertThat(clean.exitCode()).as(clean.out()).isEqualTo(ExitCode.DONE);
        assertThat(clean.out()).isEmpty();

        var pack = folder.resolve("catalogue/planning-permit.yaml");
        Files.writeString(pack, Files.readString(pack).replace("{KZ_JSWZ}", "{KZ_JSWX}"));
        var found = Terminal.run("catalogue", "lint", folder.resolve("catalogue"));
        assertThat(found.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(found.out()).contains("planning-permit.yaml", "unknown-field", "KZ_JSWX", "→");

        var json = new ObjectMapper()
                .readTree(Terminal.run("catalogue", "lint", pack, "--json").out());
        assertThat(json.path("file").asText()).isEqualTo("planning-permit.yaml");
        assertThat(json.path("rule").asText()).isEqualTo("unknown-field");
        assertThat(json.path("next").path("zh").asText()).isNotEmpty();
    }
}
