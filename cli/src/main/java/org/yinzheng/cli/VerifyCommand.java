package org.yinzheng.cli;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
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
import org.yinzheng.registry.copy.CopyDesk;
import org.yinzheng.registry.copy.CopyId;
import org.yinzheng.signing.certificate.Trust;
import org.yinzheng.signing.policy.AlgorithmPolicy;
import org.yinzheng.signing.verdict.Indication;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.signing.verification.DocumentVerifier;
import org.yinzheng.signing.verification.Twins;
import org.yinzheng.signing.verification.WatchedVerifier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Judges documents, one answer each; a bad file never stops the run.
@Command(
        name = "verify",
        header = "验证 PDF、OFD、XML、JWS、CMS 的签名与印章  verify signatures and seals of PDF, OFD, XML, JWS and CMS",
        description = {
            "每个文件给出：结论、完整性、原因、各签名的检查项。",
            "Prints for each file: indication, integrity, reasons, and the checks made on each signature.",
            "同一证照的几份文件会互相比对。Files of one licence are compared: a field that differs is named.",
            "证据包（.zip）按其中的材料重新核验。An evidence bundle (.zip) is judged again by what is in it.",
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
            description = {
                "本次使用的信任列表：CA 证书，子文件夹 seal-makers/ 与 crls/  trust anchors for this run (PEM, DER)",
                "子文件夹 logs/：日志与见证的公钥（.vkey）  logs/: keys of logs and witnesses, as `audit keys` tells them"
            })
    private @Nullable Path trustFolder;

    @Option(
            names = "--policy",
            paramLabel = "FILE",
            description = "算法策略文件，代替内置策略  algorithms and their end dates, instead of the built-in policy")
    private @Nullable Path policy;

    @Option(names = "--detached", description = "两个文件：签名与其原文件  two files: a detached signature and what it is over")
    private boolean detached;

    @Option(
            names = "--bundle",
            paramLabel = "OUT.zip",
            description = {
                "把文件、证书、吊销信息、时间戳、报告写成证据包  write document, chain, revocation data, timestamps and report",
                "给出 --server 时，另含回执、日志证明与时间戳  with --server also a receipt, the proof of the log, and a"
                        + " timestamp over all of it"
            })
    private @Nullable Path bundle;

    @Option(names = "--at", paramLabel = "INSTANT", description = "验证时间，如 2026-11-21T08:00:00Z  validation time")
    private @Nullable Instant at;

    @Option(names = "--offline", description = "不访问任何服务  fetch nothing")
    private boolean offline;

    @Option(names = "--server", paramLabel = "URL", description = "向此服务查询在案状态  ask this server for the standing")
    private @Nullable URI server;

    @Option(
            names = "--purpose",
            paramLabel = "TEXT",
            description = "办理事项；加注件须与之一致  what it is presented for; a copy has to be for this")
    private @Nullable String purpose;

    @Option(names = "--details", description = "显示每一项检查  show every check")
    private boolean details;

    @picocli.CommandLine.Mixin
    private DataOption data = new DataOption();

    @Override
    public Integer call() throws IOException {
        var out = spec().commandLine().getOut();
        var trust = trust();
        var summary = new Summary();
        if (detached) {
            requireFiles(2, "--detached");
            var answer = new DetachedFiles(trust, time()).judge(paths.getFirst(), paths.getLast());
            summary.add(answer.report().indication(), Optional.empty());
            print(out, json(answer.file(), answer.report(), new Lookup.NotAsked()));
            return summary.exitCode();
        }
        if (bundle != null) {
            requireFiles(1, "--bundle");
        }
        judge(trust, out, summary);
        if (!json) {
            summary.print(out);
        }
        return summary.exitCode();
    }

    private void judge(Trust trust, PrintWriter out, Summary summary) throws IOException {
        var bundles = new Bundles(
                trust,
                OperatorTrust.logs(Optional.ofNullable(trustFolder), data.folder()),
                OperatorTrust.lists(data.folder()));
        var twins = new TwinsAnswer();
        var answers = new ArrayList<ObjectNode>();
        var verifier = new WatchedVerifier(new DocumentVerifier(trust)::verify);
        try (var client = client()) {
            new ParallelVerdicts(verifier, bundles, this::time).judge(files().iterator(), (file, report) -> {
                var answer = json(file, report, lookup(client, report));
                var compared = twins.compare(file.toString(), report);
                compared.ifPresent(found -> answer.set("twins", TwinsAnswer.json(found)));
                summary.add(report.indication(), compared);
                print(out, answer);
                answers.addAll(bundle == null ? List.of() : List.of(answer));
            });
        }
        if (bundle != null) {
            var from = offline ? null : server;
            if (!bundles.write(bundle, paths.getFirst(), answers.getFirst(), time(), from) && from != null) {
                spec().commandLine()
                        .getErr()
                        .println("证据包中没有日志证明：该文件的签发尚未（或不）在日志中  no proof of the log in the bundle: its log"
                                + " has no issue of this very file, or not yet");
            }
        }
    }

    private Instant time() {
        return at == null ? Instant.now() : at;
    }

    private ObjectNode json(Path file, Report report, Lookup lookup) {
        var today = LocalDate.ofInstant(time(), CopyDesk.ZONE);
        return ReportJson.of(file.toString(), report, lookup, Optional.ofNullable(purpose), today);
    }

    private void requireFiles(int count, String option) {
        if (paths.size() != count || !paths.stream().allMatch(Files::isRegularFile)) {
            throw new ParameterException(
                    spec().commandLine(),
                    count == 1
                            ? option + " 需要一个文件  takes one file"
                            : option + " 需要两个文件：签名与原文件  takes two files: the signature and the original");
        }
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
        var trust = OperatorTrust.of(Optional.ofNullable(trustFolder), data.folder(), offline);
        return policy == null ? trust : trust.withPolicy(AlgorithmPolicy.load(policy));
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
        var copy = CopyId.parse(id);
        if (copy.isPresent()) {
            return client.standings()
                    .ofCopy(copy.get())
                    .<Lookup>map(found -> new Lookup.Copy(found.copy(), found.licence(), false, found.expired()))
                    .orElseGet(() -> new Lookup.Unknown(id));
        }
        return client.standings().of(id).<Lookup>map(Lookup.Known::new).orElseGet(() -> new Lookup.Unknown(id));
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
