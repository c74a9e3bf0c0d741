package org.yinzheng.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelftestCommandTest {
    @TempDir
    private static Path folder = Path.of("");

    @Test
    void specimensOfOneClass_areJudgedAndSummedUp() {
        var run = Terminal.run("selftest", "P4");
        assertThat(run.exitCode()).as(run.out()).isEqualTo(ExitCode.DONE);
        assertThat(run.out()).contains("P4").contains("all as expected");
    }

    @Test
    void jsonAndList_areALineForEachSpecimen() throws IOException {
        var listed =
                Terminal.run("selftest", "P4", "--list", "--json").out().lines().toList();
        var judged = Terminal.run("selftest", "P4", "--json").out().lines().toList();
        assertThat(judged).hasSameSizeAs(listed).hasSizeGreaterThan(3);
        var one = new ObjectMapper().readTree(judged.getFirst());
        assertThat(one.path("asExpected").asBoolean()).as("%s", one).isTrue();
        assertThat(one.path("expected").path("indication").asText()).isEqualTo("TOTAL-FAILED");
    }

    @Test
    void writtenSpecimens_areJudgedTheSameFromTheirFiles() throws IOException {
        var written = folder.resolve("specimens");
        assertThat(Terminal.run("selftest", "p04-value-of-another-signature", "--write", written)
                        .exitCode())
                .isEqualTo(ExitCode.DONE);
        assertThat(Files.readString(written.resolve("README.md"))).contains("p04-value-of-another-signature.pdf");
        var verified = Terminal.run(
                "verify",
                "--json",
                "--trust",
                written.resolve("trust"),
                "--at",
                "2026-11-21T09:00:00Z",
                written.resolve("pdf/p4/p04-value-of-another-signature.pdf"));
        assertThat(new ObjectMapper().readTree(verified.out()).path("reasons").toString())
                .contains("HASH_FAILURE");
    }

    @Test
    void textThatNoSpecimenHas_isWrongUsage() {
        assertThat(Terminal.run("selftest", "nothing-of-the-kind").exitCode()).isEqualTo(ExitCode.USAGE);
    }
}
