package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.conversion.BatchReport;
import org.yinzheng.registry.licence.Actor;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Converts a stock of paper licences, and says of each row what became of it.
@Command(
        name = "convert",
        header = "批量转换存量纸质证照  convert a stock of paper licences",
        description = {
            "输入：索引（CSV 或 XLSX，首行为中文表头）与扫描件文件夹。输出：converted/、accepted.csv、rejected.csv。",
            "In: an index (CSV or XLSX, Chinese header row) and a folder of scans. Out: converted/, accepted.csv, rejected.csv.",
            "可随时中断；再次运行会接着做，不会重复制证。",
            "Interrupt it when you like: the next run goes on and makes nothing twice."
        },
        mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--index", required = true, paramLabel = "FILE", description = "索引 CSV 或 XLSX  the index")
    private Path index = Path.of("");

    @Option(names = "--scans", required = true, paramLabel = "DIR", description = "扫描件文件夹  the folder of scans")
    private Path scans = Path.of("");

    @Option(names = "--output", required = true, paramLabel = "DIR", description = "结果文件夹  where the results go")
    private Path output = Path.of("");

    @Option(names = "--json", description = "结果为一行 JSON  the result as one JSON object")
    private boolean json;

    @Override
    public Integer call() throws JsonProcessingException {
        var commandLine = Objects.requireNonNull(spec).commandLine();
        var err = commandLine.getErr();
        BatchReport report;
        try (var installation = Installation.open(data.folder(), Clock.systemUTC(), err::println);
                var bar = new ProgressBarBuilder()
                        .setTaskName("转换 convert")
                        .setStyle(ProgressBarStyle.ASCII)
                        .setUnit(" 行 rows", 1)
                        .showSpeed()
                        .setInitialMax(-1)
                        .build()) {
            var operator = new Actor(System.getProperty("user.name"), "operator");
            report = installation
                    .conversion()
                    .run(index, scans, output, operator, (done, total, accepted, rejected) -> {
                        bar.maxHint(total);
                        bar.stepTo(done);
                        bar.setExtraMessage(" 接收 accepted " + accepted + " 退回 rejected " + rejected);
                    });
        }
        commandLine.getOut().println(json ? json(report) : table(report).toString());
        report.stopped()
                .ifPresent(why -> err.println("提前停止 stopped early: " + why + "。再次运行会接着做 run it again to go on."));
        if (!report.complete()) {
            return ExitCode.UNAVAILABLE;
        }
        return report.rejected() == 0 ? ExitCode.DONE : ExitCode.FAILED;
    }

    private static Table table(BatchReport report) {
        return new Table("批次 batch " + report.batch(), report.rows() + " 行 rows")
                .row("接收 accepted", report.accepted())
                .row("此前已转换 converted before", report.alreadyConverted())
                .row("退回 rejected", report.rejected())
                .row("未处理 left", report.left())
                .row("接收清单 accepted list", report.acceptedFile())
                .row("退回清单 rejected list", report.rejectedFile());
    }

    private static String json(BatchReport report) throws JsonProcessingException {
        var mapper = new ObjectMapper();
        return mapper.writeValueAsString(mapper.createObjectNode()
                .put("batch", report.batch())
                .put("rows", report.rows())
                .put("accepted", report.accepted())
                .put("alreadyConverted", report.alreadyConverted())
                .put("rejected", report.rejected())
                .put("left", report.left())
                .put("acceptedFile", report.acceptedFile().toString())
                .put("rejectedFile", report.rejectedFile().toString()));
    }
}
