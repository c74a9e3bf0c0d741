package org.yinzheng.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys that are rotated, and a holder who is not erased before his time, while a service runs in the same folder.
class KeysCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder = Path.of("");

    private Path data = Path.of("");
    private Path licence = Path.of("");
    private String credit = "";
    private String id = "";

    @Test
    void keyRotatedAndRetired_besideTheService_holderKeptForHisTime() throws Exception {
        issue();
        try (var serve = ServeProcess.start(data)) {
            assertThat(keys()).extracting(key -> key.path("number").asInt()).containsExactly(1);
            assertThat(run("keys", "rotate").exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(keys())
                    .extracting(
                            key -> key.path("number") + " " + key.path("state").asText())
                    .containsExactly("1 OPENING", "2 SEALING");
            assertThat(run("keys", "retire", 1).exitCode()).isEqualTo(ExitCode.DONE);
            assertThat(keys()).extracting(key -> key.path("number").asInt()).containsExactly(2);
            assertThat(run("keys", "retire", 2).exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(standing(serve.url())).isEqualTo("LICENCE_IN_FORCE");

            var refused = erase();
            assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(refused.out()).contains(id, "不予删除").doesNotContain(credit);

            var revoked = run(
                    "licence",
                    "revoke",
                    id,
                    "--server",
                    serve.url(),
                    "--as",
                    "issuing-officer",
                    "--reason",
                    "closed",
                    "--legal-basis",
                    "第六十一条");
            assertThat(revoked.exitCode()).as(revoked.err()).isEqualTo(ExitCode.DONE);
            var executed = erase("--execute", "--by", "档案员");
            assertThat(executed.exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(executed.out()).contains("终止后的保存期未满", "不予删除");
            assertThat(erase("--execute").exitCode()).isEqualTo(ExitCode.FAILED);
            assertThat(standing(serve.url())).isEqualTo("LICENCE_REVOKED");
        }
        var verified = run("audit", "verify");
        assertThat(verified.exitCode()).as(verified.out()).isEqualTo(ExitCode.DONE);
    }

    private void issue() throws Exception {
        data = folder.resolve("data");
        var example = Terminal.run("issue", "--example", "营业执照").out();
        credit = JSON.readTree(example).path("holderId").asText();
        assertThat(credit).hasSize(18);
        var request = Files.writeString(folder.resolve("request.json"), example);
        var issued = run("issue", "--output", folder.resolve("out"), request);
        assertThat(issued.exitCode()).as(issued.err()).isEqualTo(ExitCode.DONE);
        try (var files = Files.list(folder.resolve("out"))) {
            licence = files.filter(file -> file.toString().endsWith(".pdf"))
                    .findFirst()
                    .orElseThrow();
        }
        id = JSON.readTree(run("verify", "--json", licence).out())
                .path("licenceId")
                .asText();
    }

    private List<JsonNode> keys() {
        var said = run("keys", "--json", "status");
        assertThat(said.exitCode()).as(said.err()).isEqualTo(ExitCode.DONE);
        return said.out().lines().map(KeysCommandTest::json).toList();
    }

    private String standing(URI server) {
        return json(run("verify", "--json", "--server", server, licence).out())
                .at("/answers/inForce/code")
                .asText();
    }

    private Terminal erase(String... more) {
        var before = System.in;
        System.setIn(new ByteArrayInputStream((credit + "\n").getBytes(UTF_8)));
        try {
            return run(Stream.concat(Stream.of("holder", "erase", "--enterprise"), Stream.of(more))
                    .toArray());
        } finally {
            System.setIn(before);
        }
    }

    private Terminal run(Object... words) {
        return Terminal.run(
                Stream.concat(Stream.of(words), Stream.of("--data", data)).toArray());
    }

    private static JsonNode json(String line) {
        try {
            return JSON.readTree(line);
        } catch (JsonProcessingException e) {
            throw new AssertionError(line, e);
        }
    }
}
