package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.identity.HolderId;
import org.yinzheng.registry.identity.HolderKind;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.postgres.PostgresErasures;
import org.yinzheng.signing.InvalidInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What is done for one holder as a whole.
@Command(
        name = "holder",
        header = "持证主体：依法删除个人信息  holders: erasure of personal data",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class HolderCommand {
    private static final int LONGEST = 64;

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private Output output = new Output();

    @Command(
            name = "erase",
            header = "删除一人的登记数据，不可恢复  erase a holder's data, for good",
            description = {
                "证件号码从标准输入读取，不写在命令行上。不加 --execute 时只列出将删除什么、有何障碍。",
                "The number is read from standard input, never from the command line. Without --execute it only shows what"
                        + " would go, and what forbids it.",
                "仍有效、暂扣、有异议、正在签发或保存期未满的证照存在时不予删除。",
                "Refused while a licence of the holder is in force, suspended, disputed, being issued, or to be kept."
            },
            mixinStandardHelpOptions = true)
    int erase(
            @Option(names = "--enterprise", description = "号码为统一社会信用代码  the number is a credit code")
                    boolean enterprise,
            @Option(names = "--execute", description = "执行删除  do it") boolean execute,
            @Option(
                            names = "--by",
                            paramLabel = "NAME",
                            description = "经办人，记入审计日志；执行时必填  who does it, for the audit log; needed with --execute")
                    @Nullable
                    String by)
            throws IOException {
        if (execute && (by == null || by.isBlank())) {
            throw new InvalidInput("actor", "--by", "--execute needs the name of who does it");
        }
        var holder = HolderId.of(enterprise ? HolderKind.CREDIT_CODE : HolderKind.CITIZEN_ID, "holderId", number());
        try (var desk = RegistryDesk.open(data.folder(), Clock.systemUTC())) {
            var erasures = desk.erasures();
            var erasure = execute
                    ? erasures.erase(holder, new Actor(Objects.requireNonNull(by), "operator"))
                    : erasures.plan(holder);
            if (output.json()) {
                print(erasure);
            } else {
                show(erasure);
            }
            return erasure.allowed() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    @SuppressWarnings("SystemConsoleNull") // whether it is null or no terminal differs between JDKs
    private String number() throws IOException {
        var console = System.console();
        if (console != null && console.isTerminal()) {
            output.err("证件号码 the holder's number:");
        }
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        var read = new char[LONGEST];
        int length = Math.max(in.read(read), 0);
        return new String(read, 0, length).strip();
    }

    private void show(PostgresErasures.Erasure erasure) {
        if (erasure.licences().isEmpty()) {
            output.out("登记库中没有此人的数据。 The registry has no data of this holder.");
            return;
        }
        var table = new Table("证照 licence", "类型 type", "删除 what goes", "障碍 what forbids it");
        for (var licence : erasure.licences()) {
            table.row(
                    licence.id(),
                    licence.typeName(),
                    licence.first() ? "全部内容 everything" : "此人的姓名和号码 name and number",
                    licence.obstacles().stream()
                            .map(obstacle -> obstacle.chinese() + " " + obstacle.english())
                            .collect(Collectors.joining("; ")));
        }
        output.out(table.toString());
        if (!erasure.allowed()) {
            output.out("✘ 不予删除，未作任何改动。 Refused; nothing was changed.");
            return;
        }
        var what = "文件 documents " + erasure.documents() + "，日志条目 entries of the log " + erasure.entries();
        output.out(
                erasure.done()
                        ? "✔ 已删除 erased: " + what + "。此前的备份在轮换并销毁旧数据密钥后才无法读出  backups still have it until the"
                                + " data key is rotated and the old one retired: yinzheng keys rotate"
                        : "可以删除 may be erased: " + what + "。加 --execute 执行 add --execute to do it");
    }

    private void print(PostgresErasures.Erasure erasure) throws JsonProcessingException {
        var node = Output.object()
                .put("done", erasure.done())
                .put("allowed", erasure.allowed())
                .put("documents", erasure.documents())
                .put("entries", erasure.entries());
        var licences = node.putArray("licences");
        for (var licence : erasure.licences()) {
            var item = licences.addObject()
                    .put("id", licence.id().value())
                    .put("type", licence.typeName())
                    .put("firstHolder", licence.first());
            licence.obstacles().forEach(obstacle -> item.withArray("obstacles").add(obstacle.name()));
        }
        output.line(node);
    }
}
