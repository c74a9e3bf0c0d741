package org.yinzheng.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.yinzheng.api.client.ApiClient;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.stamping.Place;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Stamps documents with a registered seal, through the API.
@Command(
        name = "stamp",
        description = "给 PDF、OFD、XML 文件加盖电子印章  stamp documents with an electronic seal",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "位置 Places (--at, 可重复 repeatable; 毫米 in millimetres, 从页面左上角起 from the page's top left):",
            "  page:1,150,240  page:last,150,240     印章中心 the seal's centre",
            "  keyword:盖章处  keyword:盖章处#2  keyword:盖章处#every",
            "  field:Signature1                      PDF 签名域 an empty signature field",
            "  anchor:seal                           模板留下的位置 a place that the template left",
            "  edge:right  edge:left,odd,0.4         骑缝章 across the pages' edges",
            "",
            "例 Example:",
            "  yinzheng stamp 批复.pdf --seal 11010500000001 --at keyword:盖章处 --purpose 建设项目批复"
        })
final class StampCommand implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "文件，一次最多 100 份  documents, at most 100")
    private List<Path> files = new ArrayList<>();

    @Option(names = "--seal", required = true, paramLabel = "ID", description = "印章编码  the seal's identifier")
    private String seal = "";

    @Option(
            names = "--purpose",
            required = true,
            paramLabel = "TEXT",
            description = "用印事由，记入用印记录  what for; goes into the log of uses")
    private String purpose = "";

    @Option(
            names = "--at",
            paramLabel = "PLACE",
            description = "盖章位置；无则不显示印章  where; without it the signature is not visible")
    private List<String> places = new ArrayList<>();

    @Option(
            names = "--level",
            paramLabel = "LEVEL",
            defaultValue = "B",
            description = "B、T（时间戳 timestamp）、LT、LTA（长期 long term），默认 default: B")
    private String level = "B";

    @Option(
            names = "--degrade",
            description =
                    "时间戳服务不可用时降级并说明；否则不盖章  when the timestamp authority is away take the level that can be reached and say so")
    private boolean degrade;

    @Option(
            names = "--signatures",
            paramLabel = "SUITE",
            defaultValue = "both",
            description = "PDF：rsa、sm2、both、ses（国标签章值 GB/T 38540 value），默认 default: both")
    private String signatures = "both";

    @Option(
            names = "--allow",
            paramLabel = "CHANGES",
            defaultValue = "unsaid",
            description = "盖章后允许的修改 later changes of a PDF: unsaid, none, forms, forms-and-annotations")
    private String allowedChanges = "unsaid";

    @Option(names = "--closes", description = "OFD：此后不能再盖章  no later stamp is possible")
    private boolean closes;

    @Option(
            names = "--accept",
            paramLabel = "KIND",
            description = "仍要盖章 stamp in spite of: active-content, embedded-file, hidden-layer, external-reference")
    private List<String> accepted = new ArrayList<>();

    @Option(
            names = "--output",
            paramLabel = "DIR",
            description = "存放处，默认与原文件同处  where the results go; default: beside the documents")
    private @Nullable Path output;

    @Option(
            names = "--key",
            paramLabel = "KEY",
            description = "幂等键，默认由内容得出  idempotency key; default: made of the documents and the options")
    private @Nullable String key;

    @Option(names = "--json", description = "每份文件一行 JSON  one JSON object a document")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        places.forEach(Place::parse); // before anything is sent
        var request = request();
        var own = key == null ? keyOf(request) : key;
        return server.call(data, DemoUsers.ISSUER, client -> {
            var answer = client.stamps().stamp(own, request, files);
            if (answer.path("state").asText().equals("awaiting-release")) {
                out().println("须由另一人放行后重新执行本命令 waits for a second person's release, then repeat this command: "
                        + answer.path("id").asText());
                return ExitCode.INDETERMINATE;
            }
            return keep(client, answer);
        });
    }

    private ObjectNode request() {
        var request = JSON.createObjectNode()
                .put("seal", seal)
                .put("purpose", purpose)
                .put("level", level)
                .put("shortfall", degrade ? "degrade" : "require")
                .put("signatures", signatures)
                .put("allowedChanges", allowedChanges)
                .put("closes", closes);
        places.forEach(request.putArray("at")::add);
        accepted.forEach(request.putArray("accept")::add);
        return request;
    }

    /// The same documents and options ask for the same stamps: repeating a command that broke off stamps nothing twice.
    private String keyOf(ObjectNode request) throws IOException {
        var all = new StringBuilder(request.toString());
        for (var file : files) {
            try (var content = Files.newInputStream(file)) {
                all.append('\n').append(Digest.sha256(content).hex());
            }
        }
        return "cli:" + Digest.sha256(all.toString().getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private int keep(ApiClient client, JsonNode answer) throws IOException {
        var refused = 0;
        for (int i = 0; i < files.size(); i++) {
            var outcome = answer.path("outcomes").path(i);
            if (outcome.path("outcome").asText().equals("refused")) {
                refused++;
                err().println(files.get(i) + ": [" + outcome.path("code").asText() + "] "
                        + outcome.path("rule").asText());
            } else {
                var target = target(files.get(i), outcome.path("format").asText());
                Files.deleteIfExists(target);
                client.stamps().fetch(outcome.path("href").asText(), target);
                tell(target, outcome);
            }
        }
        return refused == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private Path target(Path file, String format) throws IOException {
        var name = String.valueOf(file.getFileName()).replaceFirst("\\.[A-Za-z0-9]{1,5}$", "");
        var folder = output == null ? file.toAbsolutePath().getParent() : output;
        if (folder != null) {
            Files.createDirectories(folder);
        }
        return Objects.requireNonNull(folder).resolve(name + ".stamped." + format);
    }

    private void tell(Path target, JsonNode outcome) {
        if (json) {
            out().println(((ObjectNode) outcome).put("file", target.toString()));
            return;
        }
        out().println("已盖章 stamped  " + target + "  " + outcome.path("level").asText()
                + placed(outcome.path("placed")));
        for (var warning : outcome.path("warnings")) {
            err().println("  注意 note: " + warning.path("kind").asText() + " "
                    + warning.path("detail").asText());
        }
        if (!outcome.path("level").asText().equalsIgnoreCase(level)) {
            err().println("  注意 note: 未达到所要求的级别 the level asked for was not reached: " + level);
        }
        if (!outcome.path("checked").asBoolean()) {
            err().println("  注意 note: 文件过大，未自检 too large for our own check; use yinzheng verify");
        }
    }

    private static String placed(JsonNode placed) {
        var pages = new ArrayList<String>();
        placed.forEach(spot -> pages.add(spot.path("page").asText()));
        return pages.isEmpty()
                ? "  （不可见 invisible）"
                : "  页 page " + String.join(",", pages.stream().distinct().toList());
    }

    private PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    private PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }
}
