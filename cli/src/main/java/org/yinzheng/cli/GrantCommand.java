package org.yinzheng.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import org.yinzheng.api.signin.DemoUser;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// Rights, through the API.
@Command(
        name = "grant",
        header = "授权：一人提出，另一人确认  rights: proposed by one, confirmed by another",
        description = {
            "由安全管理员办理；任何人不能给自己授权，也不能确认自己提出的。每一步都记入审计日志。",
            "By security administrators; nobody gives a right to themselves or confirms what they proposed. Every step is in the audit log.",
            "系统、安全、审计管理员须由不同的人担任。收回授权一人即可。",
            "System, security and audit administrators are different people. Taking a right away needs one person only."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class GrantCommand {
    private static final String ID = "授权编号  the grant's identifier";

    @Command(name = "propose", description = "提出  propose")
    int propose(
            @Mixin SealTarget target,
            @Parameters(paramLabel = "SUBJECT", description = "用户在登录系统中的标识  who, as the sign-in provider names them")
                    String subject,
            @Parameters(
                            paramLabel = "ROLE",
                            description = "issuer, clerk, operator, seal-custodian, seal-maker, *-admin")
                    String role)
            throws IOException {
        return target.call(DemoUsers.SECURITY_ADMIN, client -> {
            print(target, client.grants().propose(subject, role));
            return ExitCode.DONE;
        });
    }

    @Command(name = "confirm", description = "确认，须由另一位安全管理员  confirm, by another security administrator")
    int confirm(@Mixin SealTarget target, @Parameters(paramLabel = "ID", description = ID) String id)
            throws IOException {
        return step(target, DemoUsers.SECOND_SECURITY_ADMIN, id, "confirmation");
    }

    @Command(name = "refuse", description = "不同意  refuse")
    int refuse(@Mixin SealTarget target, @Parameters(paramLabel = "ID", description = ID) String id)
            throws IOException {
        return step(target, DemoUsers.SECOND_SECURITY_ADMIN, id, "refusal");
    }

    @Command(name = "end", description = "收回  take it away")
    int end(@Mixin SealTarget target, @Parameters(paramLabel = "ID", description = ID) String id) throws IOException {
        return step(target, DemoUsers.SECURITY_ADMIN, id, "end");
    }

    @Command(name = "list", description = "全部授权，最近的在前  all of them, newest first")
    int list(@Mixin SealTarget target) throws IOException {
        return target.call(DemoUsers.SECURITY_ADMIN, client -> {
            for (var grant : client.grants().all()) {
                print(target, grant);
            }
            return ExitCode.DONE;
        });
    }

    private static int step(SealTarget target, DemoUser usual, String id, String step) throws IOException {
        return target.call(usual, client -> {
            print(target, client.grants().take(id, step));
            return ExitCode.DONE;
        });
    }

    private static void print(SealTarget target, JsonNode grant) throws IOException {
        if (target.json()) {
            target.line(grant);
        } else {
            target.out(String.join(
                    "  ",
                    grant.path("id").asText(),
                    grant.path("state").asText(),
                    grant.path("subject").asText(),
                    grant.path("role").asText(),
                    "提出 proposed by " + grant.path("proposedBy").asText()));
        }
    }
}
