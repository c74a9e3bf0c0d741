package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.util.EnumSet;
import org.yinzheng.hsm.custody.TokenCustodian;
import org.yinzheng.hsm.token.Token;
import org.yinzheng.hsm.token.TokenProfile;
import org.yinzheng.hsm.token.TokenStatus;
import org.yinzheng.signing.key.Custody;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/// Shows and prepares the token that holds the keys.
@Command(
        name = "token",
        header = "密码设备与密钥  the token and its keys",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class TokenCommand {
    @Mixin
    private DataOption data = new DataOption();

    @Mixin
    private Output output = new Output();

    @Command(
            name = "status",
            header = "槽位、驱动库、所需机制  slot, library, the mechanisms that matter",
            mixinStandardHelpOptions = true)
    int status() throws IOException {
        try (var directory = DataDirectory.open(data.folder());
                var token = Token.open(profile(directory), directory.root())) {
            var status = token.status();
            print(status);
            return status.ready() ? ExitCode.DONE : ExitCode.UNAVAILABLE;
        }
    }

    @Command(
            name = "init",
            header = "建立密码设备与 PIN；已有的保持不变  make the token and its PIN; what is there stays",
            mixinStandardHelpOptions = true)
    int init() throws IOException {
        try (var directory = DataDirectory.open(data.folder());
                var token = Token.init(profile(directory), directory.root())) {
            print(token.status());
            return ExitCode.DONE;
        }
    }

    @Command(name = "keys", header = "每个密钥及其保管等级  every key and its custody class", mixinStandardHelpOptions = true)
    int keys() throws IOException {
        try (var directory = DataDirectory.open(data.folder());
                var token = Token.open(profile(directory), directory.root())) {
            var table = new Table("密钥 key", "算法 kind", "保管等级 custody");
            var classes = EnumSet.noneOf(Custody.class);
            for (var key : new TokenCustodian(token, directory.keys()).keys()) {
                if (output.json()) {
                    output.line(Output.object()
                            .put("label", key.label())
                            .put("kind", key.kind().name())
                            .put("custody", key.custody().name())
                            .put("zh", key.custody().chinese())
                            .put("en", key.custody().english()));
                }
                table.row(key.label(), key.kind(), key.custody());
                classes.add(key.custody());
            }
            if (!output.json()) {
                output.out(table.toString());
                classes.forEach(custody ->
                        output.out("\n" + custody + "\n  " + custody.chinese() + "\n  " + custody.english()));
            }
            return ExitCode.DONE;
        }
    }

    private static TokenProfile profile(DataDirectory directory) {
        return Settings.load(directory.settings()).tokenProfile();
    }

    private void print(TokenStatus status) throws JsonProcessingException {
        if (output.json()) {
            var node = Output.object()
                    .put("ready", status.ready())
                    .put("library", status.library())
                    .put("libraryVersion", status.libraryVersion())
                    .put("label", status.label())
                    .put("serial", status.serial())
                    .put("message", status.message());
            status.slot().ifPresent(slot -> node.put("slot", slot));
            var mechanisms = node.putObject("mechanisms");
            status.mechanisms().forEach(mechanisms::put);
            output.line(node);
            return;
        }
        var table = new Table("密码设备 token", status.ready() ? "就绪 ready" : "不可用 not ready")
                .row("驱动库 library", status.library() + "  " + status.libraryVersion())
                .row("标签 label", status.label())
                .row("序列号 serial", status.serial())
                .row("槽位 slot", status.slot().map(String::valueOf).orElse("-"));
        status.mechanisms().forEach((name, there) -> table.row("机制 mechanism", (there ? "✔ " : "✘ ") + name));
        output.out(table.toString());
        if (!status.ready()) {
            output.err(status.message());
        }
    }
}
