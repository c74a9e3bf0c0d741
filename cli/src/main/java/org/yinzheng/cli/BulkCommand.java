package org.yinzheng.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.bulk.BulkChanges;
import org.yinzheng.registry.bulk.BulkOrder;
import org.yinzheng.registry.bulk.BulkProgress;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.life.Transition;
import org.yinzheng.signing.InvalidInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Changes every licence of a type, in the registry itself.
@Command(
        name = "bulk",
        header = "批量变更：某类证照全部暂扣、恢复或吊销  change every licence of a type",
        description = {
            "先写台账再逐份变更；中断（包括 kill -9）后用 --continue 接着办，每份证照只变更一次。",
            "Writes a ledger first: a run that was interrupted, kill -9 included, goes on with --continue, and each licence is changed once."
        },
        mixinStandardHelpOptions = true)
final class BulkCommand implements Callable<Integer> {
    private static final int AT_ONCE = 200;

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private DataOption data = new DataOption();

    @Option(names = "--change", paramLabel = "CHANGE", description = "suspend 暂扣, resume 恢复, revoke 吊销")
    private @Nullable String change;

    @Option(names = "--type", paramLabel = "TYPE", description = "证照类型名称或代码  the type's name or code")
    private @Nullable String type;

    @Option(
            names = "--authority",
            paramLabel = "CODE",
            description = "只限该机构颁发的（统一社会信用代码）  only those of this authority (credit code)")
    private @Nullable String authority;

    @Option(names = "--reason", paramLabel = "CODE", description = "理由代码  a stable code, such as type-abolished")
    private String reason = "";

    @Option(names = "--legal-basis", paramLabel = "TEXT", description = "法律依据  the provision that it rests on")
    private String legalBasis = "";

    @Option(names = "--note", paramLabel = "TEXT", description = "说明，不含个人信息  a note, no personal data")
    private String note = "";

    @Option(names = "--operator", paramLabel = "NAME", description = "经办人，记入审计日志  who does it, for the audit log")
    private String operator = System.getProperty("user.name", "operator");

    @Option(names = "--dry-run", description = "只统计，不变更  count and change nothing")
    private boolean dryRun;

    @Option(names = "--continue", paramLabel = "ID", description = "接着办一次中断的批量变更  go on with one that was interrupted")
    private @Nullable UUID unfinished;

    @Option(names = "--json", description = "一行一个 JSON 对象  one JSON object a line")
    private boolean json;

    @Override
    public Integer call() {
        try (var installation = Installation.open(data.folder(), Clock.systemUTC(), text -> {})) {
            var changes = installation.bulkChanges();
            if (unfinished != null) {
                run(changes, unfinished);
                return ExitCode.DONE;
            }
            var order = order(installation);
            if (dryRun) {
                out(changes.count(order));
                return ExitCode.DONE;
            }
            var started = changes.start(order);
            err("批量变更 bulk change " + started.id() + ": " + started.total() + " 份 licences");
            run(changes, started.id());
            return ExitCode.DONE;
        }
    }

    private BulkOrder order(Installation installation) {
        var asked = required(change, "--change").toUpperCase(Locale.ROOT);
        Transition transition;
        try {
            transition = Transition.valueOf(asked);
        } catch (IllegalArgumentException e) {
            throw new InvalidInput("not-a-choice", "--change", "suspend, resume or revoke");
        }
        return new BulkOrder(
                transition,
                installation.catalogue().type(required(type, "--type")).code(),
                Optional.ofNullable(authority).map(code -> CreditCode.of("--authority", code)),
                new Grounds(reason, legalBasis, note),
                new Actor(operator, "operator"));
    }

    private static String required(@Nullable String value, String option) {
        if (value == null) {
            throw new InvalidInput("required", option, "is required, unless --continue goes on with an earlier one");
        }
        return value;
    }

    private void run(BulkChanges changes, UUID id) {
        BulkProgress progress;
        do {
            progress = changes.proceed(id, AT_ONCE);
            err(progress.changed() + progress.refused() + "/" + progress.total());
        } while (progress.left() > 0);
        out(progress);
    }

    private void out(long count) {
        line(
                json
                        ? new ObjectMapper()
                                .createObjectNode()
                                .put("total", count)
                                .toString()
                        : "将变更 would change " + count + " 份 licences");
    }

    private void out(BulkProgress done) {
        line(
                json
                        ? new ObjectMapper()
                                .createObjectNode()
                                .put("id", done.id().toString())
                                .put("total", done.total())
                                .put("changed", done.changed())
                                .put("refused", done.refused())
                                .toString()
                        : "已变更 changed " + done.changed() + ", 状态已不允许 not allowed any more " + done.refused());
    }

    private void line(String text) {
        Objects.requireNonNull(spec).commandLine().getOut().println(text);
    }

    private void err(String text) {
        Objects.requireNonNull(spec).commandLine().getErr().println(text);
    }
}
