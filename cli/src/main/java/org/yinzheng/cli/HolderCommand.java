package org.yinzheng.cli;

import java.io.IOException;
import java.time.Clock;
import org.yinzheng.api.http.ErasureJson;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// What is asked about one holder as a whole, on the machine.
@Command(
        name = "holder",
        header = "持证主体：删除其登记数据前的试算  holders: what an erasure of their data would take",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class HolderCommand {
    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private Output output = new Output();

    @Command(
            name = "erase",
            header = "列出将删除什么、有何障碍，不作改动  what would go and what forbids it; changes nothing",
            description = {
                "证件号码从标准输入读取，不写在命令行上。可与服务同时运行。",
                "The number is read from standard input, never from the command line. It may run beside the service.",
                "执行删除须两人经服务办理：yinzheng erasure propose，再 yinzheng erasure confirm。",
                "The erasure itself needs two persons, and goes through the service: yinzheng erasure propose, then"
                        + " yinzheng erasure confirm.",
                "仍有效、暂扣、有异议、正在签发或保存期未满的证照存在时不予删除。",
                "Refused while a licence of the holder is in force, suspended, disputed, being issued, or to be kept."
            },
            mixinStandardHelpOptions = true)
    int erase() throws IOException {
        var holder = HolderNumber.read();
        try (var desk = RegistryDesk.open(data.folder(), Clock.systemUTC())) {
            var plan = ErasureJson.of(desk.erasures().plan(holder));
            output.answer(plan, ErasureText.plan(plan));
            return plan.path("allowed").asBoolean() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }
}
