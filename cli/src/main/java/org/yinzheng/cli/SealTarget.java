package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.yinzheng.api.signin.DemoUser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/// What every `seal` command shares: which server, as whom, and how to print.
@Command(mixinStandardHelpOptions = true)
final class SealTarget {
    static final ObjectMapper JSON = new ObjectMapper();

    @Spec(Target.MIXEE)
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private ServerOption server = new ServerOption();

    @Option(names = "--json", description = "一行一个 JSON 对象  one JSON object a line")
    private boolean json;

    <T> T call(DemoUser usual, ServerOption.Work<T> work) throws IOException {
        return server.call(data, usual, work);
    }

    boolean json() {
        return json;
    }

    void line(JsonNode node) throws JsonProcessingException {
        out(JSON.writeValueAsString(node));
    }

    void out(String text) {
        commandSpec().commandLine().getOut().println(text);
    }

    void err(String text) {
        commandSpec().commandLine().getErr().println(text);
    }

    private CommandSpec commandSpec() {
        return Objects.requireNonNull(spec);
    }
}
