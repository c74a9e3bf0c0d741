package org.yinzheng.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys that are rotated while a service runs in the same folder.
class KeysCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder = Path.of("");

    private Path data = Path.of("");
    private Path licence = Path.of("");

    @Test
    void keyRotatedAndRetired_besideTheService() throws Exception {
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
        }
        var verified = run("audit", "verify");
        assertThat(verified.exitCode()).as(verified.out()).isEqualTo(ExitCode.DONE);
    }

    private void issue() throws Exception {
        data = folder.resolve("data");
        var example = Terminal.run("issue", "--example", "营业执照").out();
        var request = Files.writeString(folder.resolve("request.json"), example);
        var issued = run("issue", "--output", folder.resolve("out"), request);
        assertThat(issued.exitCode()).as(issued.err()).isEqualTo(ExitCode.DONE);
        try (var files = Files.list(folder.resolve("out"))) {
            licence = files.filter(file -> file.toString().endsWith(".pdf"))
                    .findFirst()
                    .orElseThrow();
        }
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
