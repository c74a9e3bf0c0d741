package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.verdict.Reason;
import org.yinzheng.signing.verdict.Report;
import org.yinzheng.testdata.corpus.Corpus;
import org.yinzheng.testdata.corpus.CorpusFolder;
import org.yinzheng.testdata.corpus.CorpusRunner;
import org.yinzheng.testdata.corpus.Specimen;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Shows in the field that the verifier refuses every known attack and passes every known good document.
@Command(
        name = "selftest",
        header = "自检：伪造样本须被识破，合规样本须通过  see forgeries refused and good documents passed",
        description = {
            "样本与密钥在本机内存中临时生成，不访问任何服务，不改动任何数据。",
            "Specimens and keys are made in memory; nothing is asked, nothing is changed.",
            "退出码 exit: 0 全部符合预期 all as expected, 1 有不符 a difference."
        },
        mixinStandardHelpOptions = true)
final class SelftestCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(5);
    private static final ObjectMapper JSON = new ObjectMapper();

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "TEXT",
            description = "只用名称、类别或格式含此文字的样本，如 p05、OFD  only those with this in name, class or format")
    private String wanted = "";

    @Option(names = "--list", description = "列出样本，不验证  list the specimens, judge nothing")
    private boolean list;

    @Option(
            names = "--write",
            paramLabel = "DIR",
            description = "将样本写成文件，供其他软件验证  write them as files for other programs")
    private @Nullable Path folder;

    @Option(names = "--json", description = "每个样本一行 JSON  one JSON object a line")
    private boolean json;

    @Override
    public Integer call() throws IOException {
        var out = spec().commandLine().getOut();
        var corpus = Corpus.all();
        var specimens = corpus.specimens().stream().filter(this::isWanted).toList();
        if (specimens.isEmpty()) {
            throw new picocli.CommandLine.ParameterException(
                    spec().commandLine(), "没有名称、类别或格式含此文字的样本 no specimen has this in its name, class or format");
        }
        if (list) {
            for (var specimen : specimens) {
                out.println(json ? JSON.writeValueAsString(expected(specimen)) : line(specimen));
            }
            out.flush();
            return ExitCode.DONE;
        }
        if (folder != null) {
            try (var bar = bar(specimens.size())) {
                new CorpusFolder(folder).write(corpus, specimens, written -> bar.step());
            }
            spec().commandLine().getErr().println("样本已写入 written to " + folder);
            return ExitCode.DONE;
        }
        return judge(corpus, specimens, out);
    }

    private int judge(Corpus corpus, List<Specimen> specimens, PrintWriter out) throws JsonProcessingException {
        List<CorpusRunner.Result> results;
        try (var bar = bar(specimens.size())) {
            results = new CorpusRunner(corpus.authority().trust(), LIMIT).run(specimens, result -> bar.step());
        }
        for (var result : results) {
            if (json) {
                out.println(JSON.writeValueAsString(found(result)));
            } else if (!result.isAsExpected()) {
                out.println("✗ " + line(result.specimen()) + System.lineSeparator() + "    "
                        + result.difference().orElse(""));
            }
        }
        var wrong = results.stream().filter(result -> !result.isAsExpected()).count();
        if (!json) {
            out.println(summary(results));
            out.println(
                    wrong == 0
                            ? "全部符合预期 all as expected: " + results.size()
                            : "不符 differ: " + wrong + " / " + results.size());
        }
        out.flush();
        return wrong == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private boolean isWanted(Specimen specimen) {
        return specimen.name().contains(wanted)
                || specimen.attackClass().equalsIgnoreCase(wanted)
                || specimen.format().equalsIgnoreCase(wanted);
    }

    private static ProgressBar bar(int count) {
        return new ProgressBarBuilder()
                .setTaskName("自检 selftest")
                .setStyle(ProgressBarStyle.ASCII)
                .setInitialMax(count)
                .build();
    }

    private static String line(Specimen specimen) {
        return specimen.name() + "  [" + specimen.format() + " " + specimen.attackClass() + "]  " + specimen.made();
    }

    private static Table summary(List<CorpusRunner.Result> results) {
        var counts = new TreeMap<String, int[]>();
        for (var result : results) {
            var specimen = result.specimen();
            // P2 before P10
            var key = specimen.format() + "|" + "%4s".formatted(specimen.attackClass());
            var count = counts.computeIfAbsent(key, one -> new int[2]);
            count[0]++;
            count[1] += result.isAsExpected() ? 0 : 1;
        }
        var table = new Table("格式 format", "类别 class", "样本 specimens", "不符 differ");
        counts.forEach((key, count) -> {
            var words = key.split("\\|", 2);
            table.row(words[0], words[1].strip(), count[0], count[1]);
        });
        return table;
    }

    private static Object found(CorpusRunner.Result result) {
        var node = expected(result.specimen());
        node.put("asExpected", result.isAsExpected());
        node.put("milliseconds", result.took().toMillis());
        result.difference().ifPresent(why -> node.put("difference", why));
        result.report().ifPresent(report -> {
            var judged = node.putObject("found");
            judged.put("indication", report.indication().wireName());
            judged.put("integrity", report.integrity().name());
            judged.set("reasons", names(report));
        });
        return node;
    }

    private static com.fasterxml.jackson.databind.node.ObjectNode expected(Specimen specimen) {
        var node = JSON.createObjectNode()
                .put("name", specimen.name())
                .put("format", specimen.format())
                .put("class", specimen.attackClass())
                .put("made", specimen.made())
                .put("at", specimen.at().toString());
        var expected = node.putObject("expected");
        expected.put("indication", specimen.expected().indication().wireName());
        expected.put("integrity", specimen.expected().integrity().name());
        expected.set(
                "reasons",
                JSON.valueToTree(specimen.expected().reasons().stream()
                        .map(Reason::name)
                        .sorted()
                        .toList()));
        expected.put("exactly", specimen.expected().exactly());
        return node;
    }

    private static com.fasterxml.jackson.databind.JsonNode names(Report report) {
        return JSON.valueToTree(
                report.reasons().stream().map(Reason::name).sorted().toList());
    }

    private CommandSpec spec() {
        return Objects.requireNonNull(spec);
    }
}
