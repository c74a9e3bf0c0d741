package org.yinzheng.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yinzheng.api.client.ApiClient;
import org.yinzheng.api.http.Lookup;
import org.yinzheng.api.http.ReportJson;
import org.yinzheng.signing.DocumentBytes;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verification.DocumentVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Judges documents, one answer each; a bad file never stops the run.
@Command(
        name = "verify",
        header = "验证 PDF、OFD 文件的签名与印章  verify the signatures and seals of PDF and OFD files",
        description = {
            "每个文件给出：结论、完整性、原因、各签名的检查项。",
            "Prints for each file: indication, integrity, reasons, and the checks made on each signature.",
            "退出码 exit: 0 全部通过 all passed, 1 有失败 a failure, 2 无法判定 indeterminate, none failed."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    /// Larger files are refused before they are read.
    private static final long LARGEST = 200L << 20;

    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "文件或文件夹  files, or folders of files")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--json", description = "每个文件一行 JSON  one JSON object a line")
    private boolean json;

    @Option(
            names = "--trust",
            paramLabel = "DIR",
            description = "本次使用的信任列表：CA 证书，子文件夹 seal-makers/ 与 crls/  trust anchors for this run (PEM, DER)")
    private @Nullable Path trustFolder;

    @Option(names = "--at", paramLabel = "INSTANT", description = "验证时间，如 2026-11-21T08:00:00Z  validation time")
    private @Nullable Instant at;

    @Option(names = "--offline", description = "不访问任何服务  fetch nothing")
    private boolean offline;

    @Option(names = "--server", paramLabel = "URL", description = "向此服务查询在案状态  ask this server for the standing")
    private @Nullable URI server;

    @Option(names = "--details", description = "显示每一项检查  show every check")
    private boolean details;

    @picocli.CommandLine.Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException {
        var out = spec().commandLine().getOut();
        var verifier = new DocumentVerifier(trust());
        var counts = new EnumMap<Indication, Integer>(Indication.class);
        try (var client = client()) {
            for (var file : files()) {
                var report = judge(verifier, file);
                counts.merge(report.indication(), 1, Integer::sum);
                var answer = ReportJson.of(file.toString(), report, lookup(client, report));
                if (json) {
                    out.println(JSON.writeValueAsString(answer));
                } else {
                    new VerdictText(spec().commandLine().getColorScheme(), details).print(out, answer);
                }
                out.flush();
            }
        }
        if (!json) {
            summary(out, counts);
        }
        return exitCode(counts);
    }

    private Report judge(DocumentVerifier verifier, Path file) {
        try {
            if (Files.size(file) > LARGEST) {
                return new Report.Malformed("UNKNOWN", "larger than " + (LARGEST >> 20) + " MB");
            }
            var bytes = DocumentBytes.owning(Files.readAllBytes(file));
            return verifier.verify(bytes, at == null ? Instant.now() : at);
        } catch (IOException e) {
            return new Report.Malformed(
                    "UNKNOWN", "cannot be read: " + e.getClass().getSimpleName());
        }
    }

    private Trust trust() {
        if (trustFolder != null) {
            return Trust.load(trustFolder);
        }
        var own = DataDirectory.trust(data.folder());
        return Files.isDirectory(own) ? Trust.load(own) : new Trust(Set.of(), Set.of(), List.of());
    }

    private @Nullable ApiClient client() {
        return server == null || offline ? null : new ApiClient(server, Optional.empty());
    }

    private static Lookup lookup(@Nullable ApiClient client, Report report) {
        if (client == null
                || !(report instanceof Report.Judged judged)
                || judged.licenceId().isEmpty()) {
            return new Lookup.NotAsked();
        }
        var id = judged.licenceId().get();
        return client.standing(id).<Lookup>map(Lookup.Known::new).orElseGet(() -> new Lookup.Unknown(id));
    }

    private List<Path> files() throws IOException {
        var files = new ArrayList<Path>();
        for (var path : paths) {
            if (Files.isDirectory(path)) {
                try (Stream<Path> inside = Files.walk(path)) {
                    inside.filter(Files::isRegularFile).sorted().forEach(files::add);
                }
            } else {
                files.add(path);
            }
        }
        return files;
    }

    private static void summary(PrintWriter out, Map<Indication, Integer> counts) {
        var parts = new ArrayList<String>();
        counts.forEach((indication, count) -> parts.add(indication.wireName() + " " + count));
        out.println(String.join("   ", parts));
        out.flush();
    }

    private static int exitCode(Map<Indication, Integer> counts) {
        if (counts.containsKey(Indication.TOTAL_FAILED) || counts.containsKey(Indication.MALFORMED)) {
            return ExitCode.FAILED;
        }
        return counts.containsKey(Indication.INDETERMINATE) || counts.containsKey(Indication.NO_SIGNATURE)
                ? ExitCode.INDETERMINATE
                : ExitCode.DONE;
    }

    private CommandSpec spec() {
        return java.util.Objects.requireNonNull(spec);
    }
}
