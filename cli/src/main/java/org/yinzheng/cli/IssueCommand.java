package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.yinzheng.api.client.ApiClient;
import org.yinzheng.registry.catalogue.LicenceType;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Issues licences from request files. Requests are files, never arguments: a command line is seen by every user
/// of a machine,
/// and a request holds somebody's number. All go through the HTTP API, of `--server` or of a service started for
/// this run.
@Command(
        name = "issue",
        header = "制发证照  issue licences",
        description = {
            "FILE 的内容即 openapi.yaml 的 IssueRequest；同一文件重复运行不会重复制证。",
            "Each FILE holds an IssueRequest of openapi.yaml. The same file run twice makes one licence.",
            "先运行 start with: yinzheng issue --example 营业执照 > request.json"
        },
        mixinStandardHelpOptions = true)
final class IssueCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Parameters(arity = "0..*", paramLabel = "FILE", description = "请求文件  request files (JSON)")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--example", paramLabel = "TYPE", description = "打印一份示例请求  print an example request and stop")
    private @Nullable String example;

    @Mixin
    private ServerOption server = new ServerOption();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "版式文件存放处，默认当前目录  where the PDF and OFD go; default: here")
    private Path output = Path.of("");

    @Option(names = "--json", description = "每份证照一行 JSON  one JSON object a licence")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        if (example != null) {
            var type = CatalogueCommand.catalogue(data.folder()).type(example);
            out(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(exampleOf(type)));
            return ExitCode.DONE;
        }
        if (files.isEmpty()) {
            throw new ParameterException(commandSpec().commandLine(), "FILE 缺失 is missing");
        }
        return server.call(data, DemoUsers.ISSUER, this::issueAll);
    }

    private int issueAll(ApiClient client) throws IOException {
        var refused = 0;
        for (var file : files) {
            try {
                issue(client, file);
            } catch (InvalidInput | JsonProcessingException e) {
                refused++;
                var why = e instanceof InvalidInput invalid
                        ? "[" + invalid.code() + "] " + invalid.getMessage()
                        : "不是 JSON  is not JSON";
                commandSpec().commandLine().getErr().println(file + ": " + why);
            }
        }
        return refused == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private void issue(ApiClient client, Path file) throws IOException {
        var content = Files.readAllBytes(file);
        var answer = client.licences().issue("cli:" + Digest.sha256(content).hex(), JSON.readTree(content));
        var id = answer.licence().path("id").asText();
        Files.createDirectories(output.toAbsolutePath());
        for (var rendition : answer.licence().path("renditions").properties()) {
            var extension = rendition.getKey();
            Files.write(
                    output.resolve(id + "." + extension),
                    client.licences().rendition(id, extension).toByteArray());
        }
        if (json) {
            out(JSON.writeValueAsString(answer.licence()));
        } else {
            out((answer.alreadyIssued() ? "已制发过 already issued  " : "已制发 issued  ") + id);
        }
    }

    private static ObjectNode exampleOf(LicenceType type) {
        var request = JSON.createObjectNode()
                .put("type", type.nameZh())
                .put("holderName", DemoUsers.exampleName(type.holderKinds().getFirst()))
                .put("holderId", DemoUsers.exampleNumber(type.holderKinds().getFirst()));
        var fields = request.putObject("data");
        for (var property : type.schema().path("properties").properties()) {
            fields.set(property.getKey(), exampleOf(property.getValue()));
        }
        type.combines().ifPresent(field -> {
            fields.remove(field);
            request.putArray("parts").add("证照标识一").add("证照标识二");
        });
        return request.put("validFrom", LocalDate.now(Clock.systemUTC()).toString());
    }

    /// The schema's own example, or at least the field's title.
    private static JsonNode exampleOf(JsonNode schema) {
        var example = schema.path("examples").path(0);
        return example.isMissingNode() ? schema.path("title") : example;
    }

    private void out(String text) {
        commandSpec().commandLine().getOut().println(text);
    }

    private CommandSpec commandSpec() {
        return Objects.requireNonNull(spec);
    }
}
