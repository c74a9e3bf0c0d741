package org.yinzheng.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// The life of licences, through the API.
@Command(
        name = "licence",
        header = "证照的暂扣、恢复、吊销、异议、更正、加注件与履历  suspend, resume, revoke, dispute, correct and copy licences; their history",
        description = {
            "每次变更须写明理由代码和法律依据，并记入审计日志。只有颁发机构自己的人员可以办理。",
            "Every change names its reason and legal basis and goes into the audit log; only the issuing authority's own people."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = BulkCommand.class)
final class LicenceCommand extends LicenceDisputes {
    private static final String ID = "证照标识  the licence's identifier";

    /// Why.
    static final class Why {
        @Option(
                names = "--reason",
                required = true,
                paramLabel = "CODE",
                description = "理由代码  a stable code, such as inspection-failed")
        private String reason = "";

        @Option(
                names = "--legal-basis",
                required = true,
                paramLabel = "TEXT",
                description = "法律依据  the provision that it rests on")
        private String legalBasis = "";

        @Option(names = "--note", paramLabel = "TEXT", description = "说明，不含个人信息  a note, no personal data")
        private String note = "";

        String reason() {
            return reason;
        }

        String legalBasis() {
            return legalBasis;
        }

        String note() {
            return note;
        }
    }

    /// So that a change whose answer was lost can be asked for again.
    static final class Repeat {
        @Option(
                names = "--key",
                paramLabel = "KEY",
                description = "幂等键：结果不明时以同一键重试  idempotency key, to repeat a change whose answer was lost")
        private @Nullable String key;

        String orNew() {
            return key == null ? "cli-" + UUID.randomUUID() : key;
        }
    }

    @Command(name = "suspend", description = "暂扣  suspend")
    int suspend(
            @Mixin SealTarget target,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @ArgGroup(exclusive = false, multiplicity = "1") Why why,
            @ArgGroup(exclusive = false) @Nullable Repeat repeat)
            throws IOException {
        return change(target, id, "suspension", "已暂扣 suspended", why, repeat);
    }

    @Command(name = "resume", description = "恢复  resume")
    int resume(
            @Mixin SealTarget target,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @ArgGroup(exclusive = false, multiplicity = "1") Why why,
            @ArgGroup(exclusive = false) @Nullable Repeat repeat)
            throws IOException {
        return change(target, id, "resumption", "已恢复 resumed", why, repeat);
    }

    @Command(name = "revoke", description = "吊销，不可恢复  revoke, for good")
    int revoke(
            @Mixin SealTarget target,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @ArgGroup(exclusive = false, multiplicity = "1") Why why,
            @ArgGroup(exclusive = false) @Nullable Repeat repeat)
            throws IOException {
        return change(target, id, "revocation", "已吊销 revoked", why, repeat);
    }

    private static int change(
            SealTarget target, String id, String change, String done, Why why, @Nullable Repeat repeat)
            throws IOException {
        var grounds = SealTarget.JSON
                .createObjectNode()
                .put("reasonCode", why.reason())
                .put("legalBasis", why.legalBasis())
                .put("note", why.note());
        var key = (repeat == null ? new Repeat() : repeat).orNew();
        return target.call(DemoUsers.ISSUER, client -> {
            var licence = client.licences().change(id, change, key, grounds);
            if (target.json()) {
                target.line(licence);
            } else {
                target.out(done + ": " + licence.path("id").asText());
            }
            return ExitCode.DONE;
        });
    }

    @Command(
            name = "copy",
            description = {"加注件：仅供一项用途的副本（PDF）", "a copy for one use (加注件), as PDF"})
    int copy(
            @Mixin SealTarget target,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(
                            names = "--purpose",
                            required = true,
                            paramLabel = "TEXT",
                            description = "用途，如 公积金贷款  what it is for")
                    String purpose,
            @Option(names = "--recipient", required = true, paramLabel = "NAME", description = "接收单位  who gets it")
                    String recipient,
            @Option(
                            names = "--until",
                            required = true,
                            paramLabel = "DATE",
                            description = "使用截止日  the last day on which it may be used")
                    LocalDate lastDay,
            @Option(
                            names = "--output",
                            paramLabel = "DIR",
                            defaultValue = "",
                            description = "存放处，默认当前目录  where it goes")
                    Path output,
            @ArgGroup(exclusive = false) @Nullable Repeat repeat)
            throws IOException {
        var order = SealTarget.JSON
                .createObjectNode()
                .put("purpose", purpose)
                .put("recipient", recipient)
                .put("lastDay", lastDay.toString());
        var key = (repeat == null ? new Repeat() : repeat).orNew();
        return target.call(DemoUsers.ISSUER, client -> {
            var copy = client.licences().makeCopy(id, key, order);
            Files.createDirectories(output.toAbsolutePath());
            var file = output.resolve(copy.path("id").asText() + ".pdf");
            Files.write(file, client.licences().copy(copy.path("href").asText()).toByteArray());
            if (target.json()) {
                target.line(copy);
            } else {
                target.out("已制作 made: " + file);
            }
            return ExitCode.DONE;
        });
    }

    @Command(name = "history", description = "履历：每次变更与异议  every change and dispute")
    int history(@Mixin SealTarget target, @Parameters(paramLabel = "ID", description = ID) String id)
            throws IOException {
        return target.call(DemoUsers.ISSUER, client -> {
            var history = client.licences().history(id);
            if (target.json()) {
                target.line(history);
            } else {
                print(target, history);
            }
            return ExitCode.DONE;
        });
    }

    private static void print(SealTarget target, JsonNode history) {
        target.out(history.path("licenceId").asText() + "  "
                + history.path("standing").asText()
                + (history.path("disputed").asBoolean() ? "  异议中 disputed" : ""));
        if (history.has("supersedes")) {
            target.out("  替代 replaces " + history.path("supersedes").asText());
        }
        if (history.has("supersededBy")) {
            target.out("  新证 replaced by " + history.path("supersededBy").asText());
        }
        for (var line : history.path("transitions")) {
            target.out(String.join(
                    "  ",
                    line.path("at").asText(),
                    line.path("from").asText() + " → " + line.path("to").asText(),
                    line.path("reasonCode").asText(),
                    line.path("legalBasis").asText(),
                    line.path("actor").asText()));
        }
        for (var dispute : history.path("disputes")) {
            target.out(String.join(
                    "  ",
                    dispute.path("filedAt").asText(),
                    "异议 dispute " + dispute.path("id").asText(),
                    dispute.at("/text/zh").asText(),
                    "期限 due " + dispute.path("dueOn").asText()));
        }
    }
}
