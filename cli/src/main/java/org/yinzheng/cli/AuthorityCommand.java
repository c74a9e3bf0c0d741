package org.yinzheng.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.time.Clock;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.yinzheng.registry.identity.Authority;
import org.yinzheng.registry.identity.CreditCode;
import org.yinzheng.registry.licence.Actor;
import org.yinzheng.registry.life.Grounds;
import org.yinzheng.registry.merger.Merger;
import org.yinzheng.registry.merger.MergerResult;
import org.yinzheng.registry.merger.Mergers;
import org.yinzheng.signing.InvalidInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The bodies that issue here, in the registry itself.
@Command(
        name = "authority",
        header = "颁发机构：合并  the bodies that issue: mergers",
        description = {
            "一个机构并入另一个后，其全部证照由后者承接：暂扣、吊销、更正、异议都由后者办理。证照上的颁发机构不变。",
            "A body that is merged into another passes all of its licences on: from then on the other suspends, revokes and corrects"
                    + " them and decides disputes. What the licences say stays."
        },
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true)
final class AuthorityCommand {
    @Spec
    private @Nullable CommandSpec spec;

    @Command(name = "merge", description = "并入另一机构，一次办结  merge a body into another, at once")
    int merge(
            @Mixin DataOption data,
            @Option(
                            names = "--from",
                            required = true,
                            paramLabel = "CODE",
                            description = "被并入的机构（统一社会信用代码）  the body that is merged")
                    String from,
            @Option(
                            names = "--into",
                            required = true,
                            paramLabel = "CODE",
                            description = "承接的机构  the body that takes over")
                    String into,
            @Option(
                            names = "--legal-basis",
                            required = true,
                            paramLabel = "TEXT",
                            description = "法律依据  the provision that it rests on")
                    String legalBasis,
            @Option(names = "--note", paramLabel = "TEXT", defaultValue = "", description = "说明  a note") String note,
            @Option(
                            names = "--operator",
                            paramLabel = "NAME",
                            description = "经办人，记入审计日志  who does it, for the audit log")
                    @Nullable
                    String operator,
            @Option(names = "--dry-run", description = "只统计，不变更  count and change nothing") boolean dryRun) {
        return in(data, (installation, mergers) -> {
            var gone = authority(installation, "--from", from);
            var successor = authority(installation, "--into", into);
            var extent = mergers.extent(gone.code());
            if (dryRun) {
                out("将承接 would pass on: " + extent.licences() + " 份证照 licences, " + extent.openDisputes()
                        + " 件未决异议 open disputes");
                return ExitCode.DONE;
            }
            var actor =
                    new Actor(operator == null ? System.getProperty("user.name", "operator") : operator, "operator");
            return switch (mergers.merge(gone, successor, new Grounds("body-merged", legalBasis, note), actor)) {
                case MergerResult.Done done -> {
                    out("已并入 merged: " + extent.licences() + " 份证照 licences, " + extent.openDisputes()
                            + " 件未决异议 open disputes");
                    yield ExitCode.DONE;
                }
                case MergerResult.MergedBefore before -> {
                    out("此前已并入 merged before, into: " + before.merger().into().name());
                    yield before.merger().into().code().equals(successor.code()) ? ExitCode.DONE : ExitCode.FAILED;
                }
                case MergerResult.IntoMerged other ->
                    throw new InvalidInput(
                            "merger",
                            "--into",
                            "was itself merged; its successor is "
                                    + other.merger().current().code());
            };
        });
    }

    @Command(name = "mergers", description = "历次合并  the mergers, oldest first")
    int mergers(
            @Mixin DataOption data,
            @Option(names = "--json", description = "一行一个 JSON 对象  one JSON object a line") boolean json) {
        return in(data, (installation, mergers) -> {
            mergers.all().forEach(merger -> out(json ? json(merger) : text(merger)));
            return ExitCode.DONE;
        });
    }

    private static int in(DataOption data, BiFunction<Installation, Mergers, Integer> work) {
        try (var installation = Installation.open(data.folder(), Clock.systemUTC(), text -> {})) {
            return work.apply(installation, installation.mergers());
        }
    }

    private static Authority authority(Installation installation, String option, String code) {
        var wanted = CreditCode.of(option, code);
        return installation.settings().authorities().stream()
                .filter(office -> office.creditCode().equals(wanted.value()))
                .findFirst()
                .map(office -> new Authority(wanted, office.name()))
                .orElseThrow(() -> new InvalidInput("no-authority", option, "yinzheng.yaml names no such authority"));
    }

    private static String text(Merger merger) {
        return merger.at() + "  " + merger.from().name() + " → " + merger.into().name()
                + (merger.current().equals(merger.into())
                        ? ""
                        : "（现 now " + merger.current().name() + "）")
                + "  " + merger.grounds().legalBasis();
    }

    private static String json(Merger merger) {
        return new ObjectMapper()
                .createObjectNode()
                .put("from", merger.from().code().value())
                .put("into", merger.into().code().value())
                .put("current", merger.current().code().value())
                .put("legalBasis", merger.grounds().legalBasis())
                .put("at", merger.at().toString())
                .toString();
    }

    private void out(String text) {
        Objects.requireNonNull(spec).commandLine().getOut().println(text);
    }
}
