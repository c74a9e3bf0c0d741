package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.yinzheng.api.http.AuditJson;
import org.yinzheng.registry.audit.AuditLog;
import org.yinzheng.registry.audit.AuditQuery;
import org.yinzheng.registry.audit.AuditVerdict;
import org.yinzheng.registry.audit.RowDeviation;
import org.yinzheng.signing.InvalidInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Reads the audit log of a data folder and computes it again.
@Command(
        name = "audit",
        header = "审计日志  the tamper-evident audit log",
        mixinStandardHelpOptions = true,
        subcommands = AuditCheckCommand.class,
        synopsisSubcommandLabel = "COMMAND")
final class AuditCommand {
    static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private Output output = new Output();

    Output output() {
        return output;
    }

    @Command(
            name = "verify",
            header = "重算日志并核对各表；指出被改动之处  compute the log again, compare the tables; say what was changed",
            mixinStandardHelpOptions = true)
    int verify() throws JsonProcessingException {
        try (var installation = open()) {
            var log = installation.auditLog().verify();
            output.answer(described(log), told(log));
            var deviations = new AtomicLong();
            var rows = installation.registryAudit().verify(deviation -> {
                deviations.incrementAndGet();
                output.out(output.json() ? described(deviation).toString() : told(deviation));
            });
            output.answer(
                    Output.object().put("rows", rows).put("deviations", deviations.get()),
                    deviations.get() == 0
                            ? "✔ 各表未被改动 tables as the service left them: 行 rows " + rows
                            : "✘ 被改动 changed: " + deviations + ", 行 rows " + rows);
            return log instanceof AuditVerdict.Intact && deviations.get() == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static ObjectNode described(AuditVerdict log) {
        return switch (log) {
            case AuditVerdict.Intact intact ->
                Output.object()
                        .put("intact", true)
                        .put("size", intact.size())
                        .put("erased", intact.erased())
                        .put("waiting", intact.waiting())
                        .put("checkpoints", intact.checkpoints());
            case AuditVerdict.Deviates deviates ->
                Output.object()
                        .put("intact", false)
                        .put("index", deviates.index())
                        .put("reason", deviates.kind().name())
                        .put("found", deviates.what());
        };
    }

    private static String told(AuditVerdict log) {
        return switch (log) {
            case AuditVerdict.Intact intact ->
                "✔ 日志完整 log intact: 条目 entries " + intact.size() + ", 待入树 waiting " + intact.waiting() + ", 已擦除 erased "
                        + intact.erased() + ", 检查点 checkpoints " + intact.checkpoints();
            case AuditVerdict.Deviates deviates ->
                "✘ 日志第 " + deviates.index() + " 条 log entry " + deviates.index() + ": "
                        + deviates.kind().chinese() + "  " + deviates.what();
        };
    }

    private static ObjectNode described(RowDeviation deviation) {
        return Output.object()
                .put("table", deviation.table())
                .put("row", deviation.row())
                .put("reason", deviation.kind().name());
    }

    private static String told(RowDeviation deviation) {
        return "✘ " + deviation.table() + " " + deviation.row() + ": "
                + deviation.kind().chinese() + "  " + deviation.kind().english();
    }

    @Command(name = "list", header = "列出条目，最新在前  list entries, the newest first", mixinStandardHelpOptions = true)
    int list(
            @Option(
                            names = "--subject",
                            paramLabel = "ID",
                            description = "证照标识、印章编码等  a licence's or seal's identifier")
                    @Nullable
                    String subject,
            @Option(names = "--actor", paramLabel = "USER", description = "操作人  who did it") @Nullable String actor,
            @Option(names = "--action", paramLabel = "ACTION", description = "操作，如 licence.revoke  what was done")
                    @Nullable
                    String action,
            @Option(names = "--limit", paramLabel = "N", defaultValue = "50", description = "最多 at most; 50") int limit)
            throws JsonProcessingException {
        try (var installation = open()) {
            var page = installation
                    .auditLog()
                    .entries(new AuditQuery(
                            Optional.ofNullable(subject),
                            Optional.ofNullable(actor),
                            Optional.ofNullable(action),
                            Optional.empty(),
                            Optional.empty(),
                            limit,
                            Optional.empty()));
            var table = new Table("序号 index", "时间 time", "操作人 actor", "操作 action", "对象 subject", "事由 reason");
            for (var logged : page.entries()) {
                if (output.json()) {
                    output.line(AuditJson.of(logged));
                }
                var index = logged.index().isPresent()
                        ? Long.toString(logged.index().getAsLong())
                        : "…";
                logged.entry()
                        .ifPresentOrElse(
                                entry -> table.row(
                                        index,
                                        TIME.format(entry.at()),
                                        entry.actor().subject() + " ("
                                                + entry.actor().role() + ")",
                                        entry.action(),
                                        entry.subject(),
                                        entry.reason()),
                                () -> table.row(index, "已擦除 erased", "", "", "", ""));
            }
            if (!output.json()) {
                output.out(table.toString());
            }
            return ExitCode.DONE;
        }
    }

    @Command(name = "show", header = "显示一个条目及其证明  show an entry and its proof", mixinStandardHelpOptions = true)
    int show(@Parameters(paramLabel = "INDEX", description = "序号  the entry's index") long index)
            throws JsonProcessingException {
        try (var installation = open()) {
            var log = installation.auditLog();
            log.advance();
            var logged = log.entry(index)
                    .orElseThrow(() -> new InvalidInput("audit-index", "", "there is no entry of this index"));
            var shown = AuditJson.of(logged);
            var proof = shown.putArray("inclusionProof");
            size(log).ifPresent(size -> {
                shown.put("treeSize", size);
                log.inclusion(index, size).forEach(hash -> proof.add(hash.hex()));
            });
            log.checkpoint().ifPresent(note -> shown.put("checkpoint", note));
            shown.put("verifierKey", log.key().text());
            output.answer(shown, shown.toPrettyString());
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "keys",
            header = "日志与见证的公钥，供其他城市使用  the log's and the witness's key, for other cities",
            description = {
                "与邻市交换后写入各自的设置：对方的见证写入 audit.witnesses，对方的日志写入 audit.watchedLogs。",
                "Exchange them with a neighbour, and name them in the settings: its witness in audit.witnesses, its log in"
                        + " audit.watchedLogs."
            },
            mixinStandardHelpOptions = true)
    int keys() throws JsonProcessingException {
        try (var installation = open()) {
            var log = installation.auditLog().key().text();
            var witness = installation.witness().key().text();
            output.answer(
                    Output.object().put("log", log).put("witness", witness),
                    "日志 log\n  " + log + "\n见证 witness\n  " + witness);
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "prove",
            header = "导出证照签发记录的证明  a proof that the issue of a licence is in the log",
            description = "C2SP tlog-proof；任何人可用 `yinzheng audit check` 离线核对。  Anybody can check it offline.",
            mixinStandardHelpOptions = true)
    int prove(
            @Parameters(paramLabel = "LICENCE", description = "证照标识  the licence's identifier") String licence,
            @Option(names = "--out", paramLabel = "FILE", description = "写入文件而非输出  write it to a file") @Nullable
                    Path file)
            throws IOException {
        try (var installation = open()) {
            var log = installation.auditLog();
            log.advance();
            var proof = log.proof(licence, "licence.issue")
                    .orElseThrow(() -> new InvalidInput(
                            "audit-proof", "LICENCE", "the log has no issue of this licence, or it was erased"))
                    .text();
            if (file == null) {
                output.out(proof);
            } else {
                Files.writeString(file, proof);
            }
            return ExitCode.DONE;
        }
    }

    private static Optional<Long> size(AuditLog log) {
        return log.checkpoint().map(note -> log.key().open(note).size());
    }

    private Installation open() {
        return Installation.open(data.folder(), Clock.systemUTC(), _ -> {});
    }
}
