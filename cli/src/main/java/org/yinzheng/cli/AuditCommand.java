package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Clock;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
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
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/// Reads the audit log of a data folder and computes it again.
@Command(
        name = "audit",
        header = "审计日志  the tamper-evident audit log",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class AuditCommand {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--json", description = "一行一个 JSON 对象  one JSON object a line", scope = ScopeType.INHERIT)
    private boolean json;

    @Command(
            name = "verify",
            header = "重算日志并核对各表；指出被改动之处  compute the log again, compare the tables; say what was changed",
            mixinStandardHelpOptions = true)
    int verify() throws JsonProcessingException {
        try (var installation = open()) {
            var log = installation.auditLog().verify();
            out(json ? JSON.writeValueAsString(described(log)) : told(log));
            var deviations = new AtomicLong();
            var rows = installation.registryAudit().verify(deviation -> {
                deviations.incrementAndGet();
                out(json ? described(deviation).toString() : told(deviation));
            });
            if (json) {
                out(JSON.writeValueAsString(
                        JSON.createObjectNode().put("rows", rows).put("deviations", deviations.get())));
            } else {
                out(
                        deviations.get() == 0
                                ? "✔ 各表未被改动 tables as the service left them: 行 rows " + rows
                                : "✘ 被改动 changed: " + deviations + ", 行 rows " + rows);
            }
            return log instanceof AuditVerdict.Intact && deviations.get() == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static ObjectNode described(AuditVerdict log) {
        return switch (log) {
            case AuditVerdict.Intact intact ->
                JSON.createObjectNode()
                        .put("intact", true)
                        .put("size", intact.size())
                        .put("erased", intact.erased())
                        .put("waiting", intact.waiting())
                        .put("checkpoints", intact.checkpoints());
            case AuditVerdict.Deviates deviates ->
                JSON.createObjectNode()
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
        return JSON.createObjectNode()
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
                if (json) {
                    out(JSON.writeValueAsString(AuditJson.of(logged)));
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
            if (!json) {
                out(table.toString());
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
            shown.put("verifierKey", log.verifierKey());
            out(json ? JSON.writeValueAsString(shown) : shown.toPrettyString());
            return ExitCode.DONE;
        }
    }

    private static Optional<Long> size(AuditLog log) {
        return log.checkpoint()
                .map(note -> Long.parseLong(note.lines().skip(1).findFirst().orElseThrow()));
    }

    private Installation open() {
        return Installation.open(data.folder(), Clock.systemUTC(), _ -> {});
    }

    private void out(String text) {
        Objects.requireNonNull(spec).commandLine().getOut().println(text);
    }
}
