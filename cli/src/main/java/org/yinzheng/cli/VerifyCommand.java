package org.yinzheng.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
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
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.yinzheng.api.answer.Lookup;
import org.yinzheng.api.answer.ReportJson;
import org.yinzheng.api.client.ApiClient;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verification.DocumentVerifier;
import org.yinzheng.signing.verification.Twins;
import org.yinzheng.signing.verification.WatchedVerifier;
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
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "1..*", paramLabel = "FILE", description = "文件或文件夹  files, or folders of files")
    private List<Path> paths = new ArrayList<>();

    @Option(names = "--json", description = "每个文件一行 JSON  one JSON object a line")
    private boolean json;

    @Option(
            names = "--trust",
            paramLabel = "DIR",
            description = "本次信任的证书：CA 证书，子文件夹 seal-makers/、crls/、ocsps/  trust anchors for this run (PEM, DER)")
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
        var verifier = new WatchedVerifier(new DocumentVerifier(trust())::verify);
        var summary = new Summary();
        var twins = new TwinsAnswer();
        try (var client = client()) {
            new ParallelVerdicts(verifier, () -> at == null ? Instant.now() : at)
                    .judge(files().iterator(), (file, report) -> {
                        var answer = ReportJson.of(file.toString(), report, lookup(client, report));
                        var compared = twins.compare(file.toString(), report);
                        compared.ifPresent(found -> answer.set("twins", TwinsAnswer.json(found)));
                        summary.add(report.indication(), compared);
                        print(out, answer);
                    });
        }
        if (!json) {
            summary.print(out);
        }
        return summary.exitCode();
    }

    private void print(PrintWriter out, ObjectNode answer) {
        if (json) {
            out.println(answer);
        } else {
            new VerdictText(spec().commandLine().getColorScheme(), details).print(out, answer);
        }
        out.flush();
    }

    private Trust trust() {
        return OperatorTrust.of(Optional.ofNullable(trustFolder), data.folder(), offline);
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

    /// A folder stands for the files in it, by name; what cannot be entered is a file that cannot be read.
    private Stream<Path> files() {
        return paths.stream().flatMap(VerifyCommand::files);
    }

    private static Stream<Path> files(Path path) {
        if (!Files.isDirectory(path)) {
            return Stream.of(path);
        }
        try (Stream<Path> inside = Files.list(path)) {
            return inside
                    .sorted()
                    .filter(one -> !Files.isSymbolicLink(one) || !Files.isDirectory(one))
                    .toList()
                    .stream()
                    .flatMap(VerifyCommand::files);
        } catch (IOException e) {
            return Stream.of(path);
        }
    }

    /// How a run ends.
    private static final class Summary {
        private final Map<Indication, Integer> counts = new EnumMap<>(Indication.class);
        private int different;

        void add(Indication indication, Optional<Twins> twins) {
            counts.merge(indication, 1, Integer::sum);
            if (twins.filter(found -> !found.agree()).isPresent()) {
                different++;
            }
        }

        void print(PrintWriter out) {
            var parts = new ArrayList<String>();
            counts.forEach((indication, count) -> parts.add(indication.wireName() + " " + count));
            if (different > 0) {
                parts.add("内容不一致 TWINS-DIFFER " + different);
            }
            out.println(String.join("   ", parts));
            out.flush();
        }

        int exitCode() {
            if (different > 0
                    || counts.containsKey(Indication.TOTAL_FAILED)
                    || counts.containsKey(Indication.MALFORMED)) {
                return ExitCode.FAILED;
            }
            return counts.containsKey(Indication.INDETERMINATE) || counts.containsKey(Indication.NO_SIGNATURE)
                    ? ExitCode.INDETERMINATE
                    : ExitCode.DONE;
        }
    }

    private CommandSpec spec() {
        return java.util.Objects.requireNonNull(spec);
    }
}
