package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.time.Clock;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.yinzheng.registry.atrest.KeptDataKeys;
import org.yinzheng.registry.postgres.PostgresDataKeys;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/// The registry's data keys, while it is in use.
@Command(
        name = "keys",
        header = "登记库的数据密钥：查看、轮换、销毁  the registry's data keys: look, rotate, retire",
        description = {
            "服务运行时即可办理，无需停机。轮换后，旧备份仍可用旧密钥打开；销毁旧密钥后不再可能。",
            "Beside a running service. After a rotation old backups still open with the old key; once it is retired nothing"
                    + " opens them."
        },
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand {
    private static final long SECOND = 1_000_000_000;

    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private Output output = new Output();

    @Command(
            name = "status",
            header = "有哪些密钥，各有多少值  which keys there are, and how many values stand under each",
            mixinStandardHelpOptions = true)
    int status() throws JsonProcessingException {
        try (var desk = open()) {
            var table = new Table("编号 number", "状态 state", "建立 made", "值 values", "所在表 where");
            for (var key : desk.dataKeys().status()) {
                var made = key.madeAt().map(Object::toString).orElse("-");
                if (output.json()) {
                    var node = Output.object()
                            .put("number", key.number())
                            .put("state", key.state().name())
                            .put("madeAt", made);
                    key.values().forEach(node.putObject("values")::put);
                    output.line(node);
                }
                table.row(key.number(), text(key.state()), made, key.total(), places(key.values()));
            }
            if (!output.json()) {
                output.out(table.toString());
            }
            return ExitCode.DONE;
        }
    }

    @Command(
            name = "rotate",
            header = "建立下一把密钥，并把旧密钥下的值转过去  make the next key, and move what is under the old one",
            description = {
                "可随时中断，再次运行即从中断处继续。先建立，待每个运行中的节点都能打开，才开始使用。",
                "May be interrupted anywhere; run it again and it goes on. Nobody seals under the new key before every running"
                        + " node opens it."
            },
            mixinStandardHelpOptions = true)
    int rotate() throws JsonProcessingException {
        try (var desk = open()) {
            var shown = new long[] {System.nanoTime() - SECOND};
            var rotated = desk.dataKeys().rotate((done, total) -> {
                if (System.nanoTime() - shown[0] >= SECOND || done == total) {
                    shown[0] = System.nanoTime();
                    output.err(String.format(Locale.ROOT, "已转换 moved %,d / %,d", done, total));
                }
            });
            if (output.json()) {
                output.line(Output.object().put("number", rotated.number()).put("left", rotated.left()));
            } else if (rotated.left() == 0) {
                output.out("✔ 现用密钥 sealing under key " + rotated.number()
                        + "；旧密钥下已无任何值 nothing is left under older keys. 下一步 next: yinzheng keys retire "
                        + (rotated.number() - 1));
            } else {
                output.out("✘ 现用密钥 sealing under key " + rotated.number() + "；尚有 " + rotated.left()
                        + " 个值在旧密钥下，请再次运行；若仍有，请运行 yinzheng audit verify  values are left under older keys:"
                        + " rotate again; if some stay, run yinzheng audit verify");
            }
            return rotated.left() == 0 ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    @Command(
            name = "retire",
            header = "销毁不再使用的旧密钥，不可恢复  destroy an old key that nothing stands under, for good",
            description = {
                "此前的数据库备份将永远无法打开：请先做一次新的备份。另存的密钥文件副本须自行销毁。",
                "Backups of the database from before the rotation open no more, ever: make a new one first. Copies of the key's"
                        + " file elsewhere are yours to destroy."
            },
            mixinStandardHelpOptions = true)
    int retire(@Parameters(paramLabel = "NUMBER", description = "密钥编号  the key's number") int number)
            throws JsonProcessingException {
        try (var desk = open()) {
            var left = desk.dataKeys().retire(number);
            if (output.json()) {
                var node = Output.object().put("number", number).put("retired", left.isEmpty());
                left.forEach(node.putObject("values")::put);
                output.line(node);
            } else if (left.isEmpty()) {
                output.out("✔ 密钥 " + number + " 已销毁 retired: " + KeptDataKeys.label(number));
            } else {
                output.out("✘ 密钥 " + number + " 下尚有值，未销毁 values stand under it, it stays: " + places(left));
            }
            return left.isEmpty() ? ExitCode.DONE : ExitCode.FAILED;
        }
    }

    private static String text(PostgresDataKeys.State state) {
        return switch (state) {
            case MADE -> "已建立，未启用 made, not used yet";
            case SEALING -> "现用 sealing";
            case OPENING -> "旧，仅用于打开 old, opens only";
            case RETIRED -> "已销毁 retired";
        };
    }

    private static String places(Map<String, Long> values) {
        return values.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }

    private RegistryDesk open() {
        return RegistryDesk.open(data.folder(), Clock.systemUTC());
    }
}
