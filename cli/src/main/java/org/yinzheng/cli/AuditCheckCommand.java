package org.yinzheng.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.yinzheng.api.http.AuditJson;
import org.yinzheng.registry.audit.LogKey;
import org.yinzheng.registry.audit.LogProof;
import org.yinzheng.registry.witness.WitnessKey;
import org.yinzheng.signing.InvalidInput;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;

/// What anybody can find out about a proof of the log, with nothing but the keys that they trust.
@Command(
        name = "check",
        header = "离线核对日志证明  check a proof of the log, offline",
        description = "无需数据目录与网络。  Needs neither a data folder nor a network.",
        mixinStandardHelpOptions = true)
final class AuditCheckCommand implements Callable<Integer> {
    @ParentCommand
    private AuditCommand audit = new AuditCommand();

    @Parameters(paramLabel = "FILE", description = "证明文件  the .tlog-proof file")
    private Path file = Path.of("");

    @Option(names = "--log-key", paramLabel = "KEY", required = true, description = "日志公钥  the log's key")
    private String logKey = "";

    @Option(
            names = "--witness-key",
            paramLabel = "KEY",
            description = "必须已见证的公钥，可重复  keys of witnesses that must have seen it")
    private List<String> witnessKeys = new ArrayList<>();

    @Override
    public Integer call() throws IOException {
        if (Files.size(file) > LogProof.LONGEST) {
            throw new InvalidInput("log-proof", "FILE", "too long to be a proof of the audit log");
        }
        var proof = LogProof.parse(Files.readString(file));
        var checkpoint = proof.check(LogKey.parse(logKey));
        var seen = new ArrayList<String>();
        for (var text : witnessKeys) {
            var witness = WitnessKey.parse(text);
            var at = witness.saw(proof.note())
                    .orElseThrow(() -> new InvalidInput(
                            "cosignature", "--witness-key", witness.name() + " did not sign this checkpoint"));
            seen.add(witness.name() + " " + AuditCommand.TIME.format(at));
        }
        var entry = proof.entry();
        var output = audit.output();
        if (output.json()) {
            var shown = AuditJson.of(entry).put("index", proof.index()).put("treeSize", checkpoint.size());
            seen.forEach(shown.putArray("seenBy")::add);
            output.line(shown);
        } else {
            output.out("✔ 在日志中 in the log: " + checkpoint.origin() + " " + proof.index() + "/" + checkpoint.size()
                    + "\n  " + AuditCommand.TIME.format(entry.at()) + "  " + entry.action() + "  " + entry.subject());
            seen.forEach(one -> output.out("  见证 seen by " + one));
        }
        return ExitCode.DONE;
    }
}
