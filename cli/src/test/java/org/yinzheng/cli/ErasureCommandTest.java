package org.yinzheng.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A holder is erased by two people, while a service runs in the same folder; not before his time.
class ErasureCommandTest {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder = Path.of("");

    private Path data = Path.of("");
    private String credit = "";

    @Test
    void holderOfAnEndedLicence_isErasedByTwo_whoeverHoldsOneInForceIsNot() throws Exception {
        data = folder.resolve("data");
        credit = json(Terminal.run("issue", "--example", "营业执照").out())
                .path("holderId")
                .asText();
        var ended = issue("ended", "2019-12-31");
        try (var serve = ServeProcess.start(data)) {
            assertThat(standing(serve, ended)).isEqualTo("LICENCE_EXPIRED");
            var plan = typing("holder", "erase", "--json");
            assertThat(json(plan.out()).at("/licences/0/type").asText()).isEqualTo("营业执照");

            var proposed = typing("erasure", "propose", "--server", serve.url(), "--as", "system-admin", "--json");
            assertThat(proposed.exitCode()).as(proposed.err()).isEqualTo(ExitCode.DONE);
            var id = json(proposed.out()).path("id").asText();
            var alone = typing("erasure", "confirm", id, "--server", serve.url(), "--as", "system-admin");
            assertThat(alone.err()).contains("[role-missing]");
            assertThat(standing(serve, ended)).isEqualTo("LICENCE_EXPIRED");

            var confirmed = typing("erasure", "confirm", id, "--server", serve.url(), "--as", "security-admin");
            assertThat(confirmed.exitCode()).as(confirmed.err()).isEqualTo(ExitCode.DONE);
            assertThat(confirmed.err()).as("what would go").contains("营业执照", "全部内容");
            assertThat(confirmed.out()).contains("已执行", "已删除");
            for (var said : new Terminal[] {plan, proposed, alone, confirmed}) {
                assertThat(said.out() + said.err()).doesNotContain(credit);
            }
            assertThat(standing(serve, ended)).isEqualTo("LICENCE_ERASED");
            assertThat(typing("holder", "erase").out()).contains("没有此人的数据");
            assertThat(run("erasure", "list", "--server", serve.url(), "--as", "audit-admin")
                            .out())
                    .contains(id, "已执行", "security-admin");
            assertThat(serve.said()).doesNotContain(credit);
        }
        issue("again", "");
        var refused = typing("holder", "erase");
        assertThat(refused.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(refused.out()).contains("有效或尚未生效", "不予删除").doesNotContain(credit);
        var forbidden = typing("erasure", "propose");
        assertThat(forbidden.exitCode()).isEqualTo(ExitCode.FAILED);
        assertThat(forbidden.err())
                .contains("[erasure-forbidden]", "有效或尚未生效", "It may not be erased")
                .doesNotContain(credit);
        var verified = run("audit", "verify");
        assertThat(verified.exitCode()).as(verified.out()).isEqualTo(ExitCode.DONE);
    }

    /// @return its PDF
    private Path issue(String name, String until) throws Exception {
        var request =
                (ObjectNode) json(Terminal.run("issue", "--example", "营业执照").out());
        if (!until.isEmpty()) {
            request.put("validFrom", "2018-01-01").put("validUntil", until);
        }
        var file = Files.writeString(folder.resolve(name + ".json"), request.toString());
        var issued = run("issue", "--output", folder.resolve(name), file);
        assertThat(issued.exitCode()).as(issued.err()).isEqualTo(ExitCode.DONE);
        try (var files = Files.list(folder.resolve(name))) {
            return files.filter(made -> made.toString().endsWith(".pdf"))
                    .findFirst()
                    .orElseThrow();
        }
    }

    private String standing(ServeProcess serve, Path pdf) {
        return json(run("verify", "--json", "--server", serve.url(), pdf).out())
                .at("/answers/inForce/code")
                .asText();
    }

    private Terminal typing(Object... words) {
        var before = System.in;
        System.setIn(new ByteArrayInputStream((credit + "\n").getBytes(UTF_8)));
        try {
            return run(words);
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
