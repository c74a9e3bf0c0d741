package org.yinzheng.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.yinzheng.signing.Digest;
import org.yinzheng.signing.InvalidInput;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// 异议与更正: the subcommands of `licence` that say what is wrong on one, and put it right.
abstract class LicenceDisputes {
    private static final String ID = "证照标识  the licence's identifier";
    private static final String DISPUTE = "异议编号  the dispute's identifier";

    @Command(name = "dispute", description = "提出异议  say that a licence is wrong")
    int dispute(
            @Mixin SealTarget target,
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(
                            names = "--field",
                            required = true,
                            paramLabel = "NAME[=VALUE]",
                            description = "有误的字段，可写明应为何值；可重复  what is wrong, and what it should say; repeatable")
                    List<String> fields,
            @Option(names = "--why", required = true, paramLabel = "TEXT", description = "理由  why") String why,
            @ArgGroup(exclusive = false) LicenceCommand.@Nullable Repeat repeat)
            throws IOException {
        var claim = SealTarget.JSON.createObjectNode().put("reason", why);
        var points = claim.putArray("fields");
        for (var field : fields) {
            int equals = field.indexOf('=');
            var point = points.addObject().put("field", equals < 0 ? field : field.substring(0, equals));
            if (equals >= 0) {
                point.put("shouldBe", field.substring(equals + 1));
            }
        }
        var key = (repeat == null ? new LicenceCommand.Repeat() : repeat).orNew();
        return target.call(
                DemoUsers.ISSUER, client -> print(target, client.disputes().open(id, key, claim)));
    }

    @Command(name = "disputes", description = "本机构待处理的异议，最急的在前  the open disputes of the authority, most urgent first")
    int disputes(
            @Mixin SealTarget target,
            @Option(names = "--overdue", description = "只看已逾期的  only those that are overdue") boolean overdue)
            throws IOException {
        return target.call(DemoUsers.ISSUER, client -> {
            for (var dispute : client.disputes().all(overdue)) {
                print(target, dispute);
            }
            return ExitCode.DONE;
        });
    }

    @Command(name = "withdraw", description = "撤回自己提出的异议  take back a dispute of one's own")
    int withdraw(@Mixin SealTarget target, @Parameters(paramLabel = "DISPUTE", description = DISPUTE) String dispute)
            throws IOException {
        return target.call(
                DemoUsers.ISSUER,
                client -> print(
                        target, client.disputes().decide(dispute, "withdrawal", SealTarget.JSON.createObjectNode())));
    }

    @Command(name = "reject", description = "异议不成立  decide that the licence is right")
    int reject(
            @Mixin SealTarget target,
            @Parameters(paramLabel = "DISPUTE", description = DISPUTE) String dispute,
            @Option(
                            names = "--why",
                            required = true,
                            paramLabel = "TEXT",
                            description = "告知提出人的理由  for whoever filed it")
                    String why)
            throws IOException {
        var reason = SealTarget.JSON.createObjectNode().put("reason", why);
        return target.call(
                DemoUsers.ISSUER, client -> print(target, client.disputes().decide(dispute, "rejection", reason)));
    }

    @Command(
            name = "correct",
            description = {
                "更正：以新证替代旧证，异议随之了结  issue a licence in place of this one; a dispute is decided by it",
                "FILE 的内容即 openapi.yaml 的 CorrectionRequest  FILE holds a CorrectionRequest of openapi.yaml"
            })
    int correct(
            @Mixin SealTarget target,
            @Parameters(index = "0", paramLabel = "ID", description = ID) String id,
            @Parameters(index = "1", paramLabel = "FILE", description = "更正内容 (JSON)  the correction") Path file)
            throws IOException {
        var content = Files.readAllBytes(file);
        JsonNode correction;
        try {
            correction = SealTarget.JSON.readTree(content);
        } catch (JsonProcessingException e) {
            var fault = new InvalidInput("not-json", "FILE", file + " is not JSON");
            fault.initCause(e);
            throw fault;
        }
        var key = "cli:" + Digest.sha256(content).hex();
        return target.call(DemoUsers.ISSUER, client -> {
            var licence = client.licences().correct(id, key, correction);
            if (target.json()) {
                target.line(licence);
            } else {
                target.out("已更正 corrected: " + id + " → " + licence.path("id").asText());
            }
            return ExitCode.DONE;
        });
    }

    private static int print(SealTarget target, JsonNode dispute) throws IOException {
        if (target.json()) {
            target.line(dispute);
        } else {
            target.out(String.join(
                    "  ",
                    dispute.path("id").asText(),
                    dispute.at("/text/zh").asText() + " "
                            + dispute.at("/text/en").asText(),
                    dispute.path("licenceId").asText(),
                    "期限 due " + dispute.path("dueOn").asText()
                            + (dispute.path("overdue").asBoolean() ? " 已逾期 overdue" : "")));
        }
        return ExitCode.DONE;
    }
}
