package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// How a command and its subcommands answer: to a person, or with `--json` to a program.
final class Output {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Option(names = "--json", description = "一行一个 JSON 对象  one JSON object a line", scope = ScopeType.INHERIT)
    private boolean json;

    boolean json() {
        return json;
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    void answer(JsonNode toPrograms, String toPeople) throws JsonProcessingException {
        if (json) {
            line(toPrograms);
        } else {
            out(toPeople);
        }
    }

    void line(JsonNode node) throws JsonProcessingException {
        out(JSON.writeValueAsString(node));
    }

    void out(String text) {
        Objects.requireNonNull(spec).commandLine().getOut().println(text);
    }

    void err(String text) {
        Objects.requireNonNull(spec).commandLine().getErr().println(text);
    }
}
