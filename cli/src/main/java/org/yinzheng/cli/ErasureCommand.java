package org.yinzheng.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.yinzheng.api.signin.DemoUser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Erasure of a person's data, through the API.
@Command(
        name = "erasure",
        header = "删除个人信息：一人提出，另一人确认  erasure of a person's data: proposed by one, confirmed by another",
        description = {
            "由系统管理员提出、安全管理员确认并执行，不可恢复；两人各自输入证件号码，须一致。七日内未确认即过期。",
            "Proposed by a system administrator, confirmed by a security administrator, which executes it, for good. Each of"
                    + " them enters the number; it has to be the same. Lapses after seven days without a confirmation.",
            "证件号码从标准输入读取，不写在命令行上，也不保存。每一步都记入审计日志。",
            "The number is read from standard input, never from the command line, and is kept nowhere. Every step is in the audit log."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class ErasureCommand {
    private static final String ID = "申请编号  the order's identifier";

    @Command(name = "propose", description = "提出：显示将删除什么  propose; shows what would go")
    int propose(@Mixin SealTarget target) throws IOException {
        var holder = HolderNumber.read();
        return target.call(DemoUsers.SYSTEM_ADMIN, client -> {
            var order = client.erasures().propose(holder.value());
            print(target, order);
            target.err("下一步由安全管理员办理  next, by a security administrator: yinzheng erasure confirm "
                    + order.path("id").asText());
            return ExitCode.DONE;
        });
    }

    @Command(
            name = "confirm",
            description =
                    "确认并执行，不可恢复，须由另一人办理：先显示将删除什么  confirm, by another person, and erase for good; shows first what would go")
    int confirm(@Mixin SealTarget target, @Parameters(paramLabel = "ID", description = ID) String id)
            throws IOException {
        return target.call(DemoUsers.SECURITY_ADMIN, client -> {
            target.err(ErasureText.order(client.erasures().get(id)));
            print(target, client.erasures().confirm(id, HolderNumber.read().value()));
            target.err("此前的备份在轮换并销毁旧数据密钥后才无法读出  backups still have it until the data key is rotated and the"
                    + " old one retired: yinzheng keys rotate");
            return ExitCode.DONE;
        });
    }

    @Command(name = "withdraw", description = "撤回，或不同意  withdraw, or refuse")
    int withdraw(@Mixin SealTarget target, @Parameters(paramLabel = "ID", description = ID) String id)
            throws IOException {
        return printed(
                target, DemoUsers.SYSTEM_ADMIN, client -> client.erasures().withdraw(id));
    }

    @Command(name = "show", description = "一份申请，待确认的附将删除什么  one order; while it is open, what would go")
    int show(@Mixin SealTarget target, @Parameters(paramLabel = "ID", description = ID) String id) throws IOException {
        return printed(
                target, DemoUsers.SECURITY_ADMIN, client -> client.erasures().get(id));
    }

    @Command(name = "list", description = "全部申请，最近的在前  all orders, newest first")
    int list(@Mixin SealTarget target) throws IOException {
        return target.call(DemoUsers.SECURITY_ADMIN, client -> {
            for (var order : client.erasures().all()) {
                if (target.json()) {
                    target.line(order);
                } else {
                    target.out(ErasureText.line(order));
                }
            }
            return ExitCode.DONE;
        });
    }

    private static int printed(SealTarget target, DemoUser usual, ServerOption.Work<JsonNode> step) throws IOException {
        return target.call(usual, client -> {
            print(target, step.with(client));
            return ExitCode.DONE;
        });
    }

    private static void print(SealTarget target, JsonNode order) throws IOException {
        if (target.json()) {
            target.line(order);
        } else {
            target.out(ErasureText.order(order));
        }
    }
}
