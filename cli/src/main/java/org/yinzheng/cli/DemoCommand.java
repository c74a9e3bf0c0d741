package org.yinzheng.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Shows the main job end to end on invented people.
@Command(
        name = "demo",
        header = "演示：制证、转换、验证、识别伪造  issue, convert, verify, catch a forgery",
        description = {
            "在数据目录中启动服务，经 HTTP API 制证，转换 40 份纸质证照扫描件，验证全部文件，结果放在 demo-output。",
            "Starts the service in the data folder, issues through its HTTP API, converts 40 scans of paper licences,",
            "verifies everything and leaves the files in demo-output. Run again, it makes nothing twice."
        },
        mixinStandardHelpOptions = true)
final class DemoCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--output", paramLabel = "DIR", description = "结果文件夹，默认 demo-output  default: demo-output")
    private Path output = Path.of("demo-output");

    @Override
    public Integer call() throws IOException {
        var commandLine = Objects.requireNonNull(spec).commandLine();
        var err = commandLine.getErr();
        var folder = DemoOutput.renew(output);
        Demonstration.Outcome outcome;
        try (var local = LocalService.start(data.folder(), Clock.systemUTC(), err::println)) {
            outcome = new Demonstration(local, folder, Clock.systemUTC(), err::println).run();
        }
        var out = commandLine.getOut();
        out.println();
        out.println(outcome.table());
        out.println();
        out.println(
                "文件在 files in " + output + "/ : paper, issued, stamped, converted, forged, accepted.csv, rejected.csv");
        out.println("接着试 try next:");
        out.println("  ./yinzheng verify " + output + "/issued");
        out.println("  ./yinzheng serve          然后打开 then open http://127.0.0.1:8080/");
        out.flush();
        return outcome.asExpected() ? ExitCode.DONE : ExitCode.FAILED;
    }
}
