package org.yinzheng.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealCommandTest {
    private static final String CONFIGURED = "33990000000001";

    @TempDir
    private static Path folder = Path.of("");

    @Test
    void lifeOfASeal_fromApplicationToSuspension() throws IOException {
        var application = Files.writeString(
                folder.resolve("seal.json"),
                Terminal.run("seal", "apply", "--example").out());
        var applied = run("apply", application, "--json");
        assertThat(applied.exitCode()).as(applied.err()).isEqualTo(ExitCode.DONE);
        var id = new ObjectMapper().readTree(applied.out()).path("id").asText();

        assertThat(run("make", id).err()).contains("seal-state");
        assertThat(run("approve", id, "--as", "seal-custodian").err()).contains("role-missing");
        assertThat(run("approve", id).out()).contains("批准").contains(id);
        assertThat(run("csr", id, "sm2").out()).startsWith("-----BEGIN CERTIFICATE REQUEST-----");
        assertThat(run("certificate", id, "--demonstration").exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run("make", id).exitCode()).isEqualTo(ExitCode.DONE);
        assertThat(run("accept", id, "--as", "seal-custodian").err()).contains("same-person");
        assertThat(run("accept", id).out()).contains("在用");
        var refused = run("suspend", id, "--reason", "盘点");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.err()).contains("--yes").contains("stamped with this seal: 0");
        assertThat(run("suspend", id, "--reason", "盘点", "--yes").out()).contains("已停用");
        assertThat(run("show", id).out()).contains("盘点").contains("seal-custodian-2");
        assertThat(run("list").out()).contains(id).contains(CONFIGURED);
    }

    @Test
    void configuredSealThatIsSuspended_issuesNothing() throws IOException {
        var data = folder.resolve("suspended");
        var request = Files.writeString(
                folder.resolve("request.json"),
                Terminal.run("issue", "--example", "营业执照").out());
        assertThat(Terminal.run("seal", "suspend", CONFIGURED, "--reason", "盘点", "--yes", "--data", data)
                        .exitCode())
                .isEqualTo(ExitCode.DONE);

        var issued = Terminal.run("issue", "--data", data, "--output", folder.resolve("out"), request);

        assertThat(issued.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(issued.err()).contains("seal-not-in-use");
    }

    private static Terminal run(Object... words) {
        var all = new java.util.ArrayList<Object>(List.of("seal"));
        all.addAll(List.of(words));
        all.addAll(List.of("--data", folder.resolve("data")));
        return Terminal.run(all.toArray());
    }
}
